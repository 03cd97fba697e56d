package io.passgate.bench.load;

import io.passgate.app.os.Scheduling;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Gives the stores the little weight that the gateway's issuing threads have. */
public final class Priority {
    private static final String NICE = Integer.toString(Scheduling.BACKGROUND);

    /** An ordinary user may change ten groups a second. */
    private static final long BETWEEN_GROUPS_NS = 110_000_000;

    private Priority() {}

    /** Lowers all processes that PostgreSQL has by now, and Redis. */
    public static void lowerStores(TestStores stores) throws IOException {
        List<ProcessHandle> servers = Stream.of(stores.postgresql.process(), stores.redis.process())
                .map(running -> running.orElseThrow(() -> new IllegalStateException("a store is not running")))
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .toList();
        for (ProcessHandle server : servers) {
            try {
                lower(Long.toString(server.pid()));
            } catch (IOException failed) {
                if (server.isAlive()) {
                    throw failed;
                }
            }
        }
    }

    private static void lower(String id) throws IOException {
        run("renice", "-n", NICE, "-p", id);
        lowerSession(id);
    }

    /**
     * Each process of PostgreSQL has a session of its own. Where the kernel groups processes by session, nice values
     * count within a group, and the group has one besides, which is not inherited (sched(7), autogroup).
     */
    private static void lowerSession(String id) throws IOException {
        Path group = Path.of("/proc", id, "autogroup");
        Path own = Path.of("/proc/self/autogroup");
        if (Files.exists(group) && !name(group).equals(name(own))) {
            Files.writeString(group, NICE);
            LockSupport.parkNanos(BETWEEN_GROUPS_NS);
        }
    }

    private static String name(Path group) throws IOException {
        return Files.readString(group).split(" ", 2)[0];
    }

    private static void run(String... command) throws IOException {
        try {
            if (new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

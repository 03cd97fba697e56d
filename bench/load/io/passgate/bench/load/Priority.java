package io.passgate.bench.load;

import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Lowers what shares the machine with verification and is not needed for it, as the issuing side's threads are lowered. */
final class Priority {
    private static final String NICE = "10";

    /** An ordinary user may change ten groups a second. */
    private static final long BETWEEN_GROUPS_NS = 110_000_000;

    private Priority() {}

    /** The PostgreSQL and the Redis that this process has started, with all that PostgreSQL has started by now. */
    static void lowerStores(TestStores stores) throws IOException {
        ProcessHandle server =
                stores.postgresql.process().orElseThrow(() -> new IOException("PostgreSQL is not running"));
        List<String> ids = Stream.of(
                        Stream.of(server),
                        server.descendants(),
                        ProcessHandle.current().descendants())
                .flatMap(processes -> processes)
                .map(process -> Long.toString(process.pid()))
                .distinct()
                .toList();
        lower(ids);
        for (String id : ids) {
            lowerSession(id);
        }
    }

    /**
     * Each process of PostgreSQL has a session of its own. Where the kernel groups processes by session, nice values count
     * within a group, and the group has one besides, which is not inherited (sched(7), autogroup).
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

    /** The thread that asks for passes. */
    static void lowerThisThread() throws IOException {
        Path task = Files.readSymbolicLink(Path.of("/proc/thread-self"));
        lower(List.of(task.getFileName().toString()));
    }

    private static void lower(List<String> ids) throws IOException {
        List<String> command = new ArrayList<>(List.of("renice", "-n", NICE, "-p"));
        command.addAll(ids);
        try {
            if (new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    != 0) {
                throw new IOException("renice failed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.passgate.app.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux says of a thread of this process in its files, proc(5). */
record SchedulerFiles(String name, int niceness, BitSet cores, Optional<Duration> slice) {
    private static final String CORES = "Cpus_allowed_list:";
    private static final String SLICE = "se.slice";
    private static final int NICENESS_AFTER_NAME = 16;

    static SchedulerFiles ofThisThread() throws IOException {
        return of(Path.of("/proc/thread-self"));
    }

    /** Of all threads whose name begins so; Linux keeps 15 characters of it. */
    static List<SchedulerFiles> of(String name) throws IOException {
        List<SchedulerFiles> all = new ArrayList<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            for (Path thread : threads.toList()) {
                try {
                    SchedulerFiles read = of(thread);
                    if (read.name.startsWith(name)) {
                        all.add(read);
                    }
                } catch (IOException failed) {
                    boolean isAlive = Files.exists(thread);
                    if (isAlive) {
                        throw failed;
                    }
                }
            }
        }
        return all;
    }

    private static SchedulerFiles of(Path thread) throws IOException {
        String stat = Files.readString(thread.resolve("stat"));
        int nameEnds = stat.lastIndexOf(')');
        String list = Files.readAllLines(thread.resolve("status")).stream()
                .filter(line -> line.startsWith(CORES))
                .findFirst()
                .orElseThrow();
        return new SchedulerFiles(
                stat.substring(stat.indexOf('(') + 1, nameEnds),
                Integer.parseInt(stat.substring(nameEnds + 2).split(" ", -1)[NICENESS_AFTER_NAME]),
                cores(list.substring(CORES.length()).strip()),
                slice(thread.resolve("sched")));
    }

    /** Only a kernel that can be debugged has this file. */
    private static Optional<Duration> slice(Path sched) throws IOException {
        return Files.exists(sched)
                ? Files.readAllLines(sched).stream()
                        .filter(line -> line.startsWith(SLICE))
                        .map(line -> Duration.ofNanos(Long.parseLong(
                                line.substring(line.indexOf(':') + 1).strip())))
                        .findFirst()
                : Optional.empty();
    }

    /** Of a list as 0,2-3. */
    static BitSet cores(String list) {
        BitSet cores = new BitSet();
        for (String part : list.split(",", -1)) {
            if (!part.isEmpty()) {
                String[] ends = part.split("-", 2);
                cores.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
            }
        }
        return cores;
    }
}

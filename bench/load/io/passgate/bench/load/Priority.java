package io.passgate.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lowers what shares the machine with verification and is not needed for it, as the issuing side's threads are lowered. */
final class Priority {
    private static final String NICE = "10";

    private Priority() {}

    /** The PostgreSQL and the Redis that this process has started; what they start inherits it. */
    static void lowerStores() throws IOException {
        lower(ProcessHandle.current()
                .descendants()
                .map(process -> Long.toString(process.pid()))
                .toList());
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

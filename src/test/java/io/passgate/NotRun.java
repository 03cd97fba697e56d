package io.passgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says at the end of a build what this machine could not run: the build shows the files of {@code target/not-run}. */
public final class NotRun {
    private static final Path FOLDER = Path.of("target/not-run");

    private NotRun() {}

    /** Has the build say {@code WHAT: not run}, once however often it is told. Any thread. */
    public static void tell(String what) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(what.replace(' ', '-')), what + ": not run\n");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}

package io.passgate.cli.option;

import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;

/** What was asked cannot be done as it was said: a wrong option, configuration or file. */
public final class UsageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Says what was wrong.
     *
     * @param message one line for who asked
     */
    public UsageException(String message) {
        super(message);
    }

    /**
     * Makes sure that what is to be read as a file is no folder.
     *
     * @param file which may be missing
     * @throws UsageException if it is a folder
     */
    public static void checkFile(Path file) throws UsageException {
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a folder");
        }
    }
}

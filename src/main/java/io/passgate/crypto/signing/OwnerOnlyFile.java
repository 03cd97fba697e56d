package io.passgate.crypto.signing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A file with secrets: for its owner only, and replaced at once or not at all. */
public final class OwnerOnlyFile {
    private static final String FILE_MODE = "rw-------";
    private static final String FOLDER_MODE = "rwx------";

    private OwnerOnlyFile() {}

    /**
     * Replaces a file, or writes it where there is none.
     *
     * @param file in a folder that is there
     * @param content all that it is to hold
     * @throws IOException if it cannot be written; the file is as before
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path draft = Files.createTempFile(file.getParent(), ".secret", ".draft", file());
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    var _ = channel.write(left);
                }
                channel.force(true);
            }
            var _ = Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            var _ = Files.deleteIfExists(draft);
        }
    }

    /** {@return what a new file is made with: mode 0600, where modes are known} */
    static FileAttribute<?>[] file() {
        return mode(FILE_MODE);
    }

    /** {@return what a new folder is made with: mode 0700, where modes are known} */
    public static FileAttribute<?>[] folder() {
        return mode(FOLDER_MODE);
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}

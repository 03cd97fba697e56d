package io.passgate.app.setup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** A file with a secret, readable by its owner only (0600), in a folder that is made for its owner only (0700). */
final class SecretFile {
    private static final int RANDOM_BYTES = 32;
    private static final String FILE_MODE = "rw-------";
    private static final String FOLDER_MODE = "rwx------";

    private SecretFile() {}

    /** Writes 32 random bytes in Base64, as a pepper, an audit key or a password takes them. */
    static void writeRandom(Path file, RandomGenerator random) throws IOException {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        write(file, Base64.getEncoder().encodeToString(bytes));
    }

    /** Writes a text with a line's end, at once or not at all. */
    static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file");
        }
        var _ = Files.createDirectories(folder, mode(FOLDER_MODE));
        Path draft = Files.createTempFile(folder, ".secret", ".draft", mode(FILE_MODE));
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
                while (left.hasRemaining()) {
                    var _ = channel.write(left);
                }
                channel.force(true);
            }
            var _ = Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            var _ = Files.deleteIfExists(draft);
        }
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}

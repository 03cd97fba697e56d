package io.passgate.app.setup;

import io.passgate.crypto.signing.OwnerOnlyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** A file with a secret, readable by its owner only (0600), in a folder that is made for its owner only (0700). */
final class SecretFile {
    private static final int RANDOM_BYTES = 32;

    private SecretFile() {}

    /** Writes 32 random bytes in Base64, as a pepper, an audit key or a password takes them. */
    static void writeRandom(Path file, RandomGenerator random) throws IOException {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        write(file, Base64.getEncoder().encodeToString(bytes));
    }

    /** Writes a text with a line's end, at once or not at all. */
    static void write(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath().normalize();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file");
        }
        var _ = Files.createDirectories(folder, OwnerOnlyFile.folder());
        OwnerOnlyFile.replace(target, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}

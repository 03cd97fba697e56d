package io.passgate.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** The files that a configuration names. An error says the key and the file, never what is in it. */
final class NamedFile {
    /** Many times what any secret takes. */
    private static final int MAX_BYTES = 1 << 16;

    private NamedFile() {}

    /** What is empty is not set. */
    static Optional<String> text(String configured) {
        return configured.isEmpty() ? Optional.empty() : Optional.of(configured);
    }

    /** The file's place, unless none is named. */
    static Optional<Path> path(String configured, Path relativeTo) {
        return text(configured).map(relativeTo::resolve);
    }

    /** A password without the line's end; empty where no file is named. */
    static String password(String key, String configured, Path relativeTo) {
        return path(configured, relativeTo).map(file -> password(key, file)).orElse("");
    }

    /** The password in a file, which is not empty. */
    static String password(String key, Path file) {
        String password = content(key, file);
        if (password.isEmpty()) {
            throw new IllegalArgumentException(key + ": " + file + " holds no password");
        }
        return password;
    }

    /** A key made of the file's bytes, which stand there in Base64. */
    static <T> T key(String key, Path file, Function<byte[], T> make) {
        String content = content(key, file);
        try {
            return make.apply(Base64.getDecoder().decode(content));
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    key + ": " + file + " does not hold at least 32 bytes in Base64", unusable);
        }
    }

    private static String content(String key, Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(key + ": " + file + " is a folder");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new IllegalArgumentException(key + ": " + file + " is longer than " + MAX_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()
                    .strip();
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(key + ": there is no file " + file, missing);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(key + ": " + file + " cannot be read", unreadable);
        }
    }
}

package io.passgate.policy.file;

import java.nio.file.Path;

/** A policy file that cannot be used: its message names the file, the key and what is wrong there. */
public final class InvalidPolicyFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidPolicyFile(Path file, String key, String wrong) {
        super(key.isEmpty() ? file + ": " + wrong : file + ": " + key + ": " + wrong);
    }

    InvalidPolicyFile(Path file, String wrong, Exception cause) {
        super(file + ": " + wrong, cause);
    }
}

package io.passgate.http.server;

import java.io.Serial;
import java.nio.file.Path;

/** Files that TLS cannot go by. The message begins with which of them it is, and repeats nothing of what it holds. */
public final class UnusableTls extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** Which file it is, as the configuration calls it. */
    enum Part {
        CERTIFICATE("certificate"),
        KEY("key"),
        CLIENT_CA("clientCa");

        private final String key;

        Part(String key) {
            this.key = key;
        }
    }

    UnusableTls(Part part, Path file, String why) {
        super(part.key + ": " + file + " " + why);
    }
}

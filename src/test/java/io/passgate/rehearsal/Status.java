package io.passgate.rehearsal;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** The status that a GET is answered with. */
final class Status {
    private static final int PATIENCE_MS = 2_000;

    private Status() {}

    /** 0 where there is no answer. */
    static int of(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS);
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException noAnswer) {
            return 0;
        }
    }
}

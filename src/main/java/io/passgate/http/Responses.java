package io.passgate.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The end of every exchange. */
final class Responses {
    private static final Logger LOG = System.getLogger(Responses.class.getName());

    private Responses() {}

    /** Whether nothing has been sent and somebody still listens. */
    static boolean isOpen(HttpServerResponse response) {
        return !response.ended() && !response.closed();
    }

    /** Sends the body; a client that has gone away meanwhile is not an error of ours. */
    static void end(HttpServerResponse response, Buffer body) {
        response.end(body).onFailure(gone -> LOG.log(Level.DEBUG, "an answer found nobody: {0}", gone.toString()));
    }

    static void end(HttpServerResponse response) {
        end(response, Buffer.buffer());
    }
}

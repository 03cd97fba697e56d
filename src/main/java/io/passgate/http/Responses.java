package io.passgate.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The end of every exchange. */
final class Responses {
    static final String JSON_TYPE = "application/json";

    /** As a header's value that is checked and encoded once. */
    static final CharSequence JSON = HttpHeaders.createOptimized(JSON_TYPE);

    private static final int USUAL_BYTES = 512;

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

    /** Asks for the body (RFC 9110 section 10.1.1). */
    static void proceed(HttpServerResponse response) {
        response.writeContinue().onFailure(gone -> LOG.log(Level.DEBUG, "a client left before its body"));
    }

    /** Sends an object as JSON. */
    static void json(RoutingContext context, int status, JsonObject body) {
        if (isOpen(context.response())) {
            end(context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON), buffer(body));
        }
    }

    /** By our own writer: the one of JsonObject keeps its buffers, with what was written last. */
    private static Buffer buffer(JsonObject body) {
        JsonBytes json = new JsonBytes(USUAL_BYTES);
        json.append(body);
        return json.toBuffer();
    }

    static void end(HttpServerResponse response) {
        end(response, Buffer.buffer());
    }
}

package io.passgate.http.response;

import io.passgate.http.connection.Http2Gate;
import io.passgate.http.json.JsonBytes;
import io.passgate.logging.RedactedStackTrace;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The end of every exchange. */
public final class Responses {
    /** The media type of JSON (RFC 8259). */
    public static final String JSON_TYPE = "application/json";

    /** {@link #JSON_TYPE} as a header's value that is checked and encoded once. */
    public static final CharSequence JSON = HttpHeaders.createOptimized(JSON_TYPE);

    private static final int USUAL_BYTES = 512;

    private static final Logger LOG = System.getLogger(Responses.class.getName());

    private Responses() {}

    /**
     * {@return whether the answer has not ended and somebody still listens}
     *
     * @param response of the request
     */
    public static boolean isOpen(HttpServerResponse response) {
        return !response.ended() && !response.closed();
    }

    /**
     * Sends the body; a client that has gone away meanwhile is not an error of ours. Its length is said here, since
     * Vert.x does not say it in the answer to HEAD, which has no more than that.
     *
     * @param context of the request; status and headers have been set
     * @param body may be empty; not to be changed afterwards
     */
    public static void end(RoutingContext context, Buffer body) {
        HttpServerResponse response = context.response();
        HttpConnection connection = context.request().connection();
        int bytes = body.length();
        if (bytes > 0) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes));
        }
        Http2Gate.answers(connection, bytes);
        response.end(body).onComplete(done -> {
            Http2Gate.answered(connection, bytes);
            if (done.failed()) {
                LOG.log(
                        Level.DEBUG,
                        "request {0}: its answer found nobody: {1}",
                        RequestIds.of(response),
                        RedactedStackTrace.of(done.cause()));
            }
        });
    }

    /**
     * Asks for the body (RFC 9110 section 10.1.1).
     *
     * @param response of a request that expects {@code 100-continue}
     */
    public static void proceed(HttpServerResponse response) {
        response.writeContinue()
                .onFailure(gone ->
                        LOG.log(Level.DEBUG, "request {0}: a client left before its body", RequestIds.of(response)));
    }

    /**
     * Ends a request's connection, once what was answered on it is out.
     *
     * @param request the connection's last
     */
    public static void close(HttpServerRequest request) {
        request.connection()
                .close()
                .onFailure(gone -> LOG.log(
                        Level.DEBUG, "request {0}: its connection was gone", RequestIds.of(request.response())));
    }

    /**
     * Sends an object as JSON; nothing where the request has been answered or its client has left.
     *
     * @param context of the request
     * @param status the HTTP status
     * @param body of texts, whole numbers, truth values, and objects and arrays of them
     */
    public static void json(RoutingContext context, int status, JsonObject body) {
        if (isOpen(context.response())) {
            context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON);
            end(context, buffer(body));
        }
    }

    /** By our own writer: the one of JsonObject keeps its buffers, with what was written last. */
    private static Buffer buffer(JsonObject body) {
        JsonBytes json = new JsonBytes(USUAL_BYTES);
        json.append(body);
        return json.toBuffer();
    }

    /**
     * Sends a status and nothing else.
     *
     * @param context of the request
     * @param status the HTTP status
     */
    public static void end(RoutingContext context, int status) {
        context.response().setStatusCode(status);
        end(context, Buffer.buffer());
    }
}

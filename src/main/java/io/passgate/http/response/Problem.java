package io.passgate.http.response;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * One problem to answer with (RFC 9457).
 *
 * @param type its kind, which has the status
 * @param detail what is wrong with this request, never a part of its body; empty where the kind says all
 */
public record Problem(ProblemType type, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    /**
     * {@return a problem of which its kind says all}
     *
     * @param type its kind
     */
    public static Problem of(ProblemType type) {
        return new Problem(type, "");
    }

    /**
     * Ends the exchange with this problem, unless it has been answered already.
     *
     * @param context of the request; its event loop
     */
    public void send(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (!Responses.isOpen(response)) {
            return;
        }
        JsonObject body = body(RequestIds.of(response));
        if (type == ProblemType.UNAUTHENTICATED) {
            response.putHeader("www-authenticate", "Bearer");
        }
        response.setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, ResponseHeaders.NO_STORE);
        Responses.end(context, body.toBuffer());
    }

    /** This problem of a request. */
    JsonObject body(String requestId) {
        JsonObject body = new JsonObject()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status());
        if (!detail.isEmpty()) {
            body.put("detail", detail);
        }
        return body.put("requestId", requestId);
    }
}

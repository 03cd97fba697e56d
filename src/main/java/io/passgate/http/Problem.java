package io.passgate.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * One problem to answer with (RFC 9457).
 *
 * @param detail what is wrong with this request; never a part of its body
 */
record Problem(ProblemType type, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemType type) {
        return new Problem(type, "");
    }

    /** Ends the exchange with this problem, unless it has been answered already. */
    void send(RoutingContext context) {
        var response = context.response();
        if (!Responses.isOpen(response)) {
            return;
        }
        JsonObject body = new JsonObject()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status());
        if (!detail.isEmpty()) {
            body.put("detail", detail);
        }
        if (type == ProblemType.UNAUTHENTICATED) {
            response.putHeader("www-authenticate", "Bearer");
        }
        Responses.end(response.setStatusCode(type.status()).putHeader("content-type", MEDIA_TYPE), body.toBuffer());
    }
}

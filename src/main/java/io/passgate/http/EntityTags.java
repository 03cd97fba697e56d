package io.passgate.http;

import io.vertx.core.http.HttpServerRequest;

/** The comparison behind a conditional request (RFC 9110 section 13.1.2). */
final class EntityTags {
    private EntityTags() {}

    /** Whether {@code If-None-Match} names this tag, weakly compared, or any. */
    static boolean match(HttpServerRequest request, String etag) {
        String header = request.getHeader("if-none-match");
        if (header == null) {
            return false;
        }
        for (String candidate : header.split(",", -1)) {
            String tag = candidate.strip();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }
}

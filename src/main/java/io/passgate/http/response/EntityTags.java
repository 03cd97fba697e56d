package io.passgate.http.response;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** The comparison behind a conditional request (RFC 9110 section 13.1.2), in one walk over what the client sent. */
public final class EntityTags {
    private EntityTags() {}

    /**
     * {@return whether {@code If-None-Match} names this tag, weakly compared, or any}
     *
     * @param request the conditional request; without the header nothing matches
     * @param etag with its quotes
     */
    public static boolean match(HttpServerRequest request, String etag) {
        List<String> lines = request.headers().getAll(HttpHeaders.IF_NONE_MATCH);
        return lines != null && lines.stream().anyMatch(line -> match(line, etag));
    }

    /**
     * {@return whether a line names this tag, weakly compared, or any}
     *
     * @param line the value of {@code If-None-Match}
     * @param etag with its quotes, between which a list may have commas
     */
    public static boolean match(String line, String etag) {
        if (line.strip().equals("*")) {
            return true;
        }
        int at = line.indexOf('"');
        while (at >= 0) {
            int end = line.indexOf('"', at + 1);
            if (end < 0) {
                return false;
            }
            if (end + 1 - at == etag.length() && line.startsWith(etag, at)) {
                return true;
            }
            at = line.indexOf('"', end + 1);
        }
        return false;
    }
}

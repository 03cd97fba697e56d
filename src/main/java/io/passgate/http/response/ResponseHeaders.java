package io.passgate.http.response;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * What every answer says besides its own, whatever becomes of its request. Nothing is to be stored; a route whose
 * answer may be stored says so itself.
 */
public final class ResponseHeaders {
    static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /** For a picture that a browser opens by itself: it loads nothing and runs nothing. */
    public static final String PICTURE_POLICY = "default-src 'none'; sandbox";

    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("x-content-type-options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence TRANSPORT_SECURITY = HttpHeaders.createOptimized("strict-transport-security");

    /** A year. */
    private static final CharSequence ALWAYS_TLS = HttpHeaders.createOptimized("max-age=31536000");

    private ResponseHeaders() {}

    static void begin(HttpServerRequest request, String requestId) {
        HttpServerResponse response = request.response();
        response.putHeader(RequestIds.HEADER, requestId)
                .putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        if (request.isSSL()) {
            response.putHeader(TRANSPORT_SECURITY, ALWAYS_TLS);
        }
    }

    /** The same of an answer that is made by hand, as lines. */
    static String ofRefusal(String requestId, boolean isTls) {
        String common = RequestIds.HEADER + ": " + requestId + "\r\n" + CONTENT_TYPE_OPTIONS + ": " + NOSNIFF + "\r\n"
                + HttpHeaders.CACHE_CONTROL + ": " + NO_STORE + "\r\n";
        return isTls ? common + TRANSPORT_SECURITY + ": " + ALWAYS_TLS + "\r\n" : common;
    }
}

package io.passgate.http.response;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets scripts of pages of configured origins ask, and read what they are answered, problems too (the Fetch standard,
 * section 3.3, "CORS protocol"). No credentials of the browser are taken: a script sends its token as any client does.
 *
 * <p>Not by Vert.x's {@code CorsHandler}. That one refuses every request of another origin with 403, which is also what
 * a page of the gateway itself sends with each POST; it says one list of methods for all routes; and it answers a
 * preflight of a path that is none.
 */
public final class CrossOrigin implements Handler<RoutingContext> {
    private static final CharSequence REQUESTED_METHOD = HttpHeaders.createOptimized("access-control-request-method");
    private static final CharSequence ALLOW_ORIGIN = HttpHeaders.createOptimized("access-control-allow-origin");
    private static final CharSequence ALLOW_METHODS = HttpHeaders.createOptimized("access-control-allow-methods");
    private static final CharSequence ALLOW_HEADERS = HttpHeaders.createOptimized("access-control-allow-headers");
    private static final CharSequence EXPOSE_HEADERS = HttpHeaders.createOptimized("access-control-expose-headers");
    private static final CharSequence MAX_AGE = HttpHeaders.createOptimized("access-control-max-age");

    private static final CharSequence TAKEN = HttpHeaders.createOptimized(
            "authorization, content-type, idempotency-key, dpop, accept-language, x-request-id, traceparent");
    private static final CharSequence READABLE =
            HttpHeaders.createOptimized("retry-after, " + RequestIds.HEADER + ", etag, token-expires");

    /** Ten minutes: a browser asks no more often, and an origin that was taken out is soon out. */
    private static final CharSequence KEPT_SECONDS = HttpHeaders.createOptimized("600");

    private static final int NO_CONTENT = 204;

    private final Map<String, CharSequence> origins = new HashMap<>();
    private final RouteNames routes;

    /**
     * What one event loop's router begins with.
     *
     * @param origins as browsers write them, such as {@code https://door.example}; compared as they are
     * @param routes tell which methods a path takes
     */
    public CrossOrigin(List<String> origins, RouteNames routes) {
        this.routes = routes;
        origins.forEach(origin -> this.origins.put(origin, HttpHeaders.createOptimized(origin)));
    }

    /** Before anything may be answered, says whether the page may read it. */
    @Override
    public void handle(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        allowed(context.request())
                .ifPresent(origin -> headers.set(ALLOW_ORIGIN, origin).set(EXPOSE_HEADERS, READABLE));
        context.next();
    }

    /**
     * Answers a preflight of an allowed origin to a path that is there; any other request goes on.
     *
     * @param context of a request that {@link #handle} has seen
     */
    public void preflight(RoutingContext context) {
        HttpServerRequest request = context.request();
        MultiMap headers = context.response().headers();
        if (!request.method().equals(HttpMethod.OPTIONS)
                || !request.headers().contains(REQUESTED_METHOD)
                || !headers.contains(ALLOW_ORIGIN)) {
            context.next();
            return;
        }
        String methods = routes.allowed(context);
        if (methods.isEmpty()) {
            context.next();
            return;
        }
        headers.set(ALLOW_METHODS, methods).set(ALLOW_HEADERS, TAKEN).set(MAX_AGE, KEPT_SECONDS);
        Responses.end(context, NO_CONTENT);
    }

    private Optional<CharSequence> allowed(HttpServerRequest request) {
        List<String> lines = request.headers().getAll(HttpHeaders.ORIGIN);
        return lines == null || lines.size() != 1
                ? Optional.empty()
                : Optional.ofNullable(origins.get(lines.getFirst()));
    }

    /**
     * {@return the lines of headers for an answer that is made without a look at its request} A page may read it if its
     * origin is the only one that is configured; which of several asks is not known there.
     *
     * @param origins that are configured
     */
    public static String ofRefusal(List<String> origins) {
        return origins.size() == 1
                ? HttpHeaders.VARY + ": " + HttpHeaders.ORIGIN + "\r\n" + ALLOW_ORIGIN + ": " + origins.getFirst()
                        + "\r\n" + EXPOSE_HEADERS + ": " + READABLE + "\r\n"
                : "";
    }
}

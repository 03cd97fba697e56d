package io.passgate.http.response;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The paths and methods of a router's routes. Where there is GET there is HEAD, which is not listed. */
public final class RouteNames {
    /** Of any path that is none of ours: it may hold anything and is not repeated. */
    static final String OTHER = "other";

    private final Router router;

    /**
     * The names of a router's routes, also of those that it gets later.
     *
     * @param router asked anew each time
     */
    public RouteNames(Router router) {
        this.router = router;
    }

    /** The path of the route a request came to. A failed exchange has left its route, and is known by its path only. */
    String of(RoutingContext context) {
        Route route = context.currentRoute();
        if (route != null && route.getPath() != null) {
            return template(route);
        }
        return path(context).isEmpty()
                ? OTHER
                : router.getRoutes().stream()
                        .filter(ours -> matches(ours, path(context)))
                        .map(RouteNames::template)
                        .findFirst()
                        .orElse(OTHER);
    }

    /** The methods that a request's path takes, as {@code Allow} lists them. */
    String allowed(RoutingContext context) {
        String path = path(context);
        return router.getRoutes().stream()
                .filter(route -> matches(route, path))
                .flatMap(RouteNames::methods)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** {@return the methods and paths of all routes, as {@code GET /openapi.yaml}} */
    public List<String> all() {
        return router.getRoutes().stream()
                .filter(route -> route.getPath() != null)
                .flatMap(route -> methods(route).map(method -> method + " " + template(route)))
                .distinct()
                .toList();
    }

    private static Stream<String> methods(Route route) {
        return route.methods() == null
                ? Stream.empty()
                : route.methods().stream()
                        .filter(method -> !method.equals(HttpMethod.HEAD))
                        .map(HttpMethod::name);
    }

    /** Empty where the path cannot be read at all. */
    private static String path(RoutingContext context) {
        try {
            return context.normalizedPath();
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }

    /** A route's path with its parameters in braces, as the document has them. */
    private static String template(Route route) {
        String path = route.getPath();
        return path.indexOf(':') < 0 ? path : path.replaceAll(":([a-z]+)", "{$1}");
    }

    /** Whether a path is one of a route's, of whose segments those that begin with a colon stand for any. */
    private static boolean matches(Route route, String path) {
        if (route.getPath() == null) {
            return false;
        }
        String[] pattern = route.getPath().split("/", -1);
        String[] segments = path.split("/", -1);
        return pattern.length == segments.length
                && IntStream.range(0, pattern.length)
                        .allMatch(i -> pattern[i].startsWith(":") || pattern[i].equals(segments[i]));
    }
}

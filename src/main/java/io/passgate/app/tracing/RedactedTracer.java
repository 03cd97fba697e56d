package io.passgate.app.tracing;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a tracer what may be told: of a request its method and route, of an answer its status, of a question to a store
 * which kind of store it is, of a failure its class. Paths, queries, addresses, statements, arguments and messages
 * never reach it. The names are those of OpenTelemetry's semantic conventions. Called on event loops.
 *
 * @param <I> the tracer's own mark of a request that came in, {@code O} of one that went out
 */
final class RedactedTracer<I, O> implements VertxTracer<I, O> {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    /** As the conventions call a method that is none of HTTP's: it may hold anything. */
    private static final String OTHER_METHOD = "_OTHER";

    private static final String SYSTEM = "db.system";

    private final VertxTracer<I, O> tracer;
    private final RouteTemplates routes;

    RedactedTracer(VertxTracer<I, O> tracer, RouteTemplates routes) {
        this.tracer = tracer;
        this.routes = routes;
    }

    /** What is told, name by name. */
    private static final TagExtractor<List<Map.Entry<String, String>>> TAGS = new TagExtractor<>() {
        @Override
        public int len(List<Map.Entry<String, String>> tags) {
            return tags.size();
        }

        @Override
        public String name(List<Map.Entry<String, String>> tags, int index) {
            return tags.get(index).getKey();
        }

        @Override
        public String value(List<Map.Entry<String, String>> tags, int index) {
            return tags.get(index).getValue();
        }
    };

    @Override
    public <R> @Nullable I receiveRequest(
            @Nullable Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            Iterable<Map.Entry<String, String>> headers,
            TagExtractor<R> unread) {
        if (context == null || !(request instanceof HttpServerRequest asked)) {
            return null;
        }
        String name = asked.method().name();
        String method = METHODS.contains(name) ? name : OTHER_METHOD;
        String path = asked.path();
        String route = path == null ? RouteTemplates.OTHER : routes.of(path);
        List<Map.Entry<String, String>> tags =
                List.of(Map.entry("http.request.method", method), Map.entry("http.route", route));
        return tracer.receiveRequest(context, kind, policy, tags, method + " " + route, headers, TAGS);
    }

    @Override
    public <R> void sendResponse(
            @Nullable Context context,
            @Nullable R response,
            @Nullable I mark,
            @Nullable Throwable failure,
            TagExtractor<R> unread) {
        if (mark == null) {
            return;
        }
        List<Map.Entry<String, String>> tags = new ArrayList<>(failed(failure));
        if (response instanceof HttpServerResponse answer) {
            tags.add(Map.entry("http.response.status_code", Integer.toString(answer.getStatusCode())));
        }
        tracer.sendResponse(context, tags, mark, null, TAGS);
    }

    @Override
    public <R> @Nullable O sendRequest(
            @Nullable Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            BiConsumer<String, String> headers,
            TagExtractor<R> told) {
        if (context == null) {
            return null;
        }
        String system = "unknown";
        for (int i = 0; i < told.len(request); i++) {
            if (SYSTEM.equals(told.name(request, i))) {
                system = String.valueOf(told.value(request, i));
            }
        }
        return tracer.sendRequest(
                context,
                kind,
                TracingPolicy.PROPAGATE,
                List.of(Map.entry(SYSTEM, system)),
                system,
                (name, value) -> {},
                TAGS);
    }

    @Override
    public <R> void receiveResponse(
            @Nullable Context context,
            @Nullable R response,
            @Nullable O mark,
            @Nullable Throwable failure,
            TagExtractor<R> unread) {
        if (mark != null) {
            tracer.receiveResponse(context, failed(failure), mark, null, TAGS);
        }
    }

    private static List<Map.Entry<String, String>> failed(@Nullable Throwable failure) {
        return failure == null
                ? List.of()
                : List.of(Map.entry("error.type", failure.getClass().getName()));
    }

    @Override
    public void close() {
        tracer.close();
    }
}

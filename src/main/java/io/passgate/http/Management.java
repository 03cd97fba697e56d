package io.passgate.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;

/** The interface for those who run the gateway, on a port of its own: metrics and health. */
public final class Management {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<String> metrics;
    private final Supplier<List<String>> notReadyBecause;
    private final Supplier<List<String>> warnings;

    /**
     * The interface over these sources.
     *
     * @param metrics the Prometheus text format
     * @param notReadyBecause why the gateway should get no traffic; empty when it should
     * @param warnings what is not as it should be, though the gateway does its work
     */
    public Management(
            Supplier<String> metrics, Supplier<List<String>> notReadyBecause, Supplier<List<String>> warnings) {
        this.metrics = metrics;
        this.notReadyBecause = notReadyBecause;
        this.warnings = warnings;
    }

    public Future<HttpServer> listen(Vertx vertx, String host, int port) {
        return vertx.createHttpServer()
                .connectionHandler(HeaderLines::forgetOn)
                .requestHandler(router(vertx))
                .listen(port, host);
    }

    Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.get("/metrics").handler(this::metrics);
        router.get("/health/live").handler(context -> health(context, List.of(), List.of()));
        router.get("/health/ready").handler(context -> health(context, notReadyBecause.get(), warnings.get()));
        return router;
    }

    private void metrics(RoutingContext context) {
        context.response().putHeader("content-type", PROMETHEUS);
        Responses.end(context, Buffer.buffer(metrics.get()));
    }

    private static void health(RoutingContext context, List<String> because, List<String> warnings) {
        JsonObject body = new JsonObject().put("status", because.isEmpty() ? "up" : "down");
        if (!because.isEmpty()) {
            body.put("because", new JsonArray(because));
        }
        if (!warnings.isEmpty()) {
            body.put("warnings", new JsonArray(warnings));
        }
        context.response().setStatusCode(because.isEmpty() ? 200 : 503).putHeader("content-type", "application/json");
        Responses.end(context, body.toBuffer());
    }
}

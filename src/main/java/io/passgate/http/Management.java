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

    /**
     * The interface over these sources.
     *
     * @param metrics the Prometheus text format
     * @param notReadyBecause why the gateway should get no traffic; empty when it should
     */
    public Management(Supplier<String> metrics, Supplier<List<String>> notReadyBecause) {
        this.metrics = metrics;
        this.notReadyBecause = notReadyBecause;
    }

    public Future<HttpServer> listen(Vertx vertx, String host, int port) {
        return vertx.createHttpServer().requestHandler(router(vertx)).listen(port, host);
    }

    Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.get("/metrics").handler(this::metrics);
        router.get("/health/live").handler(context -> health(context, List.of()));
        router.get("/health/ready").handler(context -> health(context, notReadyBecause.get()));
        return router;
    }

    private void metrics(RoutingContext context) {
        Responses.end(context.response().putHeader("content-type", PROMETHEUS), Buffer.buffer(metrics.get()));
    }

    private static void health(RoutingContext context, List<String> because) {
        JsonObject body = new JsonObject().put("status", because.isEmpty() ? "up" : "down");
        if (!because.isEmpty()) {
            body.put("because", new JsonArray(because));
        }
        Responses.end(
                context.response()
                        .setStatusCode(because.isEmpty() ? 200 : 503)
                        .putHeader("content-type", "application/json"),
                body.toBuffer());
    }
}

package io.passgate.bench.load;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What one request costs at least: a server on the gateway's stack, transport and number of event loops that answers
 * every {@code GET /} with a constant text, by one route. {@code PlainServer FOLDER} serves until it is ended, on the
 * port that was chosen when the folder was prepared.
 */
public final class PlainServer extends VerticleBase {
    private static final Buffer HELLO = Buffer.buffer("Hello, World!");

    private final int port;

    private PlainServer(int port) {
        this.port = port;
    }

    public static void main(String[] args) throws IOException {
        int port = LoadSettings.read(Path.of(args[0])).plainPort();
        int cores = Runtime.getRuntime().availableProcessors();
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(cores));
        vertx.deployVerticle(() -> new PlainServer(port), new DeploymentOptions().setInstances(cores))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        router.get("/")
                .handler(context -> context.response()
                        .putHeader("content-type", "text/plain")
                        .end(HELLO));
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setStrictThreadMode(true)
                .setTcpNoDelay(true);
        return vertx.createHttpServer(options).requestHandler(router).listen(port, "127.0.0.1");
    }
}

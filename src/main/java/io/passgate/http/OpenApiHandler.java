package io.passgate.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /openapi.yaml}: the description of this interface. */
final class OpenApiHandler implements Handler<RoutingContext> {
    private static final String RESOURCE = "/openapi/openapi.yaml";

    private final Buffer document = read();

    private static Buffer read() {
        try (InputStream in = OpenApiHandler.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void handle(RoutingContext context) {
        Responses.end(
                context.response()
                        .putHeader("content-type", "application/yaml")
                        .putHeader("cache-control", "max-age=3600"),
                document);
    }
}

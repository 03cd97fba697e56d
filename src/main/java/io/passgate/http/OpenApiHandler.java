package io.passgate.http;

import io.passgate.http.response.EntityTags;
import io.passgate.http.response.Responses;
import io.passgate.model.Digests;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** {@code GET /openapi.yaml}: the description of this interface. */
final class OpenApiHandler implements Handler<RoutingContext> {
    private static final int ETAG_BYTES = 16;
    private static final String RESOURCE = "/openapi/openapi.yaml";

    private final Buffer document = read();
    private final String etag = '"' + digest(document) + '"';

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

    private static String digest(Buffer document) {
        return HexFormat.of().formatHex(Digests.sha256().digest(document.getBytes()), 0, ETAG_BYTES);
    }

    @Override
    public void handle(RoutingContext context) {
        context.response().putHeader(HttpHeaders.ETAG, etag).putHeader(HttpHeaders.CACHE_CONTROL, "max-age=3600");
        if (EntityTags.match(context.request(), etag)) {
            Responses.end(context, 304);
        } else {
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml");
            Responses.end(context, document);
        }
    }
}

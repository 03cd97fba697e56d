package io.passgate.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A collector that takes spans by OTLP over HTTP, and keeps what was sent as it came. */
public final class SpanCollector implements AutoCloseable {
    private final HttpServer server;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    public SpanCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        var _ = server.createContext("/v1/traces", exchange -> {
            synchronized (sent) {
                exchange.getRequestBody().transferTo(sent);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** What a gateway's {@code tracing.endpoint} is to be. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** All bodies, one behind the other: protobuf, in which texts stand as they are. */
    public byte[] sent() {
        synchronized (sent) {
            return sent.toByteArray();
        }
    }

    /** The same, a character a byte. */
    public String text() {
        return new String(sent(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

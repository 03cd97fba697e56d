package io.passgate.rehearsal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The webhook that Alertmanager tells: which alerts fired, and when it was first told of each. */
final class FiredAlerts implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 20;

    private final List<Fired> fired = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * An alert of one instance.
     *
     * @param instance whose series it is, or empty where it is of no single one
     * @param at when it was told first
     */
    record Fired(String name, String instance, Instant at) {}

    FiredAlerts() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var _ = server.createContext("/", this::take);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** All that fired so far, the first one first. */
    List<Fired> fired() {
        return List.copyOf(fired);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
            JsonArray alerts = new JsonObject(new String(body, StandardCharsets.UTF_8)).getJsonArray("alerts");
            for (int i = 0; i < alerts.size(); i++) {
                JsonObject labels = alerts.getJsonObject(i).getJsonObject("labels");
                tell(labels.getString("alertname"), labels.getString("instance", ""));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private synchronized void tell(String name, String instance) {
        if (fired.stream()
                .noneMatch(one -> one.name().equals(name) && one.instance().equals(instance))) {
            fired.add(new Fired(name, instance, Instant.now()));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

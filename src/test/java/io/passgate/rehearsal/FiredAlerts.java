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

/** The webhook that Alertmanager tells: which alerts fired, how often, and when it was first told of each time. */
public final class FiredAlerts implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 20;

    private final List<Fired> fired = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * An alert of one instance that came.
     *
     * @param instance whose series it is, or empty where it is of no single one
     * @param startsAt since when, as Prometheus writes it: no two times that it came have the same
     * @param at when it was told first
     */
    public record Fired(String name, String instance, String startsAt, Instant at) {
        private boolean isSame(Fired other) {
            return name.equals(other.name) && instance.equals(other.instance) && startsAt.equals(other.startsAt);
        }
    }

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
                JsonObject alert = alerts.getJsonObject(i);
                JsonObject labels = alert.getJsonObject("labels");
                tell(new Fired(
                        labels.getString("alertname"),
                        labels.getString("instance", ""),
                        alert.getString("startsAt"),
                        Instant.now()));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private synchronized void tell(Fired one) {
        if (fired.stream().noneMatch(one::isSame)) {
            fired.add(one);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

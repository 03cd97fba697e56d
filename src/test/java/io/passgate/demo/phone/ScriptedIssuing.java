package io.passgate.demo.phone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for the gateway's issuing port, and answers whatever a test has it say. */
final class ScriptedIssuing implements AutoCloseable {
    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Says says = new Says(200, "{}");

    /** A request as it arrived. */
    record Asked(String line, String authorization, List<String> proofs, String body) {}

    /** An answer, and after how many seconds the next request is welcome. */
    record Says(int status, String body, String retryAfter) {
        Says(int status, String body) {
            this(status, body, "");
        }
    }

    ScriptedIssuing() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Has every request from now on be answered so. */
    void says(int status, String body) {
        says = new Says(status, body);
    }

    /** The same with a time to wait. */
    void says(int status, String body, String retryAfter) {
        says = new Says(status, body, retryAfter);
    }

    /** What was asked since the last time. */
    List<Asked> asked() {
        List<Asked> since = List.copyOf(asked);
        asked.clear();
        return since;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<String> proofs = exchange.getRequestHeaders().get("DPoP");
        asked.add(new Asked(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                proofs == null ? List.of() : List.copyOf(proofs),
                body));
        Says now = says;
        byte[] answer = now.body.getBytes(StandardCharsets.UTF_8);
        if (!now.retryAfter.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", now.retryAfter);
        }
        exchange.sendResponseHeaders(now.status, answer.length == 0 ? NO_BODY : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

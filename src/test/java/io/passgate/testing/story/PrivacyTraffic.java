package io.passgate.testing.story;

import io.passgate.testing.ServingProcess;
import io.passgate.testing.gateway.IssuingGateways;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Requests to a gateway of its own, of which the routes and all that was answered to what was refused are written down.
 */
public final class PrivacyTraffic implements AutoCloseable {
    /** Who may ask for a route, by the role that the document names. */
    private static final Map<String, String> CLIENTS = Map.of(
            "verifier", "verifier",
            "facility", IssuingGateways.FACILITIES.getFirst(),
            "care-facility", IssuingGateways.HOSPITAL,
            "tracer", IssuingGateways.TRACER,
            "trust-admin", "admin",
            "registrar", "registrar",
            "provider", "kakao");

    private static final int STATUS_OF_REFUSALS = 400;
    private static final int PATIENCE_MS = 20_000;

    private final ServingProcess gateway;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ByteArrayOutputStream refusals = new ByteArrayOutputStream();
    private final Set<String> answered = new TreeSet<>();

    public PrivacyTraffic(ServingProcess gateway) {
        this.gateway = gateway;
    }

    /** Asks as a client does, and is answered as is wanted. */
    HttpResponse<byte[]> ask(int status, String client, String route, String body, String... headers) {
        HttpResponse<byte[]> answer = send(IssuingGateways.token(client), route, route, "", body, headers);
        if (answer.statusCode() != status) {
            throw new AssertionError(route + ": " + answer.statusCode() + " "
                    + new String(answer.body(), StandardCharsets.UTF_8) + " to " + body);
        }
        return answer;
    }

    /** The same with a picture as the body. */
    HttpResponse<byte[]> askOfPicture(int status, String client, String route, byte[] picture, String... headers) {
        HttpResponse<byte[]> answer =
                send(IssuingGateways.token(client), route, route, "", BodyPublishers.ofByteArray(picture), headers);
        if (answer.statusCode() != status) {
            throw new AssertionError(route + ": " + answer.statusCode() + " to a picture");
        }
        return answer;
    }

    /** The same of one entry of a path's parameter. */
    HttpResponse<byte[]> askOf(int status, String client, String route, String id) {
        HttpResponse<byte[]> answer = send(IssuingGateways.token(client), route, route.replace("{id}", id), "", "");
        if (answer.statusCode() != status) {
            throw new AssertionError(route + ": " + answer.statusCode());
        }
        return answer;
    }

    static JsonObject json(HttpResponse<byte[]> answer) {
        return new JsonObject(new String(answer.body(), StandardCharsets.UTF_8));
    }

    /** Asks whatever it is; says what was answered. */
    HttpResponse<byte[]> send(
            String token, String route, String methodAndPath, String query, String body, String... headers) {
        HttpRequest.BodyPublisher bytes = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        return send(token, route, methodAndPath, query, bytes, headers);
    }

    private HttpResponse<byte[]> send(
            String token,
            String route,
            String methodAndPath,
            String query,
            HttpRequest.BodyPublisher body,
            String... headers) {
        String method = methodAndPath.substring(0, methodAndPath.indexOf(' '));
        String path = methodAndPath.substring(methodAndPath.indexOf(' ') + 1);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port(path) + path + query))
                .header("content-type", "application/json")
                .timeout(Duration.ofMillis(PATIENCE_MS))
                .method(method, body);
        if (!token.isEmpty()) {
            request.header("authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() >= STATUS_OF_REFUSALS) {
                refusals.writeBytes(answer.headers().map().toString().getBytes(StandardCharsets.UTF_8));
                refusals.writeBytes(answer.body());
            } else if (!route.isEmpty()) {
                var _ = answered.add(route);
            }
            return answer;
        } catch (IOException failed) {
            throw new AssertionError(route, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private int port(String path) {
        boolean isIssuing =
                List.of("/v1/records", "/v1/consents", "/v1/devices", "/v1/passes", "/v1/certificates").stream()
                        .anyMatch(path::startsWith);
        if (path.startsWith("/metrics") || path.startsWith("/health")) {
            return gateway.managementPort;
        }
        return isIssuing ? gateway.issuingPort : gateway.port;
    }

    /**
     * Says anything on a connection to each port, and reads what is answered until the gateway closes or says no more.
     */
    void sayRaw(String text, int patienceMs) throws IOException {
        for (int port : List.of(gateway.port, gateway.issuingPort, gateway.managementPort)) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(patienceMs);
                socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                refusals.writeBytes(socket.getInputStream().readNBytes(1 << 16));
            } catch (SocketTimeoutException saysNoMore) {
                // It waits for the rest.
            } catch (IOException reset) {
                // It has closed with something unread.
            }
        }
    }

    /** The token of whoever may ask for a route; empty where anybody may. */
    static String tokenFor(Set<String> roles) {
        return roles.stream()
                .findFirst()
                .map(role -> IssuingGateways.token(CLIENTS.getOrDefault(role, "nobody")))
                .orElse("");
    }

    /** The routes that answered a request with what it asked for. */
    public Set<String> answered() {
        return answered;
    }

    /** Headers and bodies of all problems. */
    public byte[] refusals() {
        return refusals.toByteArray();
    }

    public String metrics() {
        return new String(send("", "", "GET /metrics", "", "").body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}

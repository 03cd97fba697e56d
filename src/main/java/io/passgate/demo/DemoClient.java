package io.passgate.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks one gateway of the demonstration in the names of its clients. */
final class DemoClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final DemoPorts ports;
    private final DemoTokens tokens;

    DemoClient(HttpClient http, DemoPorts ports, DemoTokens tokens) {
        this.http = http;
        this.ports = ports;
        this.tokens = tokens;
    }

    /**
     * Posts JSON and returns the answer's, be it a problem.
     *
     * @param client the name of its token
     * @param what the path behind {@code /v1/}
     */
    JsonObject post(String client, String what, JsonObject body, Optional<String> proof) throws IOException {
        int port = client.equals(DemoTokens.VERIFIER) ? ports.http() : ports.issuing();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/" + what))
                .header("authorization", "Bearer " + tokens.of(client))
                .header("content-type", "application/json")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body.encode()));
        proof.ifPresent(text -> request.header("DPoP", text));
        try {
            return new JsonObject(
                    http.send(request.build(), BodyHandlers.ofString()).body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Verdict and reason of one payload. */
    String verdict(String payload, Optional<String> policy) throws IOException {
        JsonObject body = new JsonObject().put("payloads", new JsonArray().add(payload));
        policy.ifPresent(name -> body.put("policy", name));
        JsonObject result = post(DemoTokens.VERIFIER, "verifications", body, Optional.empty())
                .getJsonArray("results")
                .getJsonObject(0);
        return (result.getString("verdict") + " " + result.getString("reason", "")).strip();
    }
}

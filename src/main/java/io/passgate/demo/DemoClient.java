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
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Asks one gateway of the demonstration in the names of its clients. */
final class DemoClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What is asked where people are let in; the rest where passes are issued. */
    private static final Set<String> VERIFYING = Set.of("verifications", "check-ins", "traces");

    private final HttpClient http;
    private final DemoPorts ports;
    private final DemoTokens tokens;

    DemoClient(HttpClient http, DemoPorts ports, DemoTokens tokens) {
        this.http = http;
        this.ports = ports;
        this.tokens = tokens;
    }

    /** The same clients at another gateway. */
    DemoClient at(DemoPorts other) {
        return new DemoClient(http, other, tokens);
    }

    /**
     * Posts JSON and returns the answer's, be it a problem.
     *
     * @param client the name of its token
     * @param what the path behind {@code /v1/}
     */
    JsonObject post(String client, String what, JsonObject body, Optional<String> proof) throws IOException {
        HttpRequest.Builder request = request(client, what, body);
        proof.ifPresent(text -> request.header("DPoP", text));
        return send(request);
    }

    private HttpRequest.Builder request(String client, String what, JsonObject body) {
        int port = VERIFYING.contains(what) ? ports.http() : ports.issuing();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/" + what))
                .header("authorization", "Bearer " + tokens.of(client))
                .header("content-type", "application/json")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body.encode()));
    }

    private JsonObject send(HttpRequest.Builder request) throws IOException {
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
        return said(one(post(DemoTokens.VERIFIER, "verifications", payload(payload, policy), Optional.empty())));
    }

    /** What a door is told of one payload, in English. */
    JsonObject checkIn(String facility, String payload, Optional<String> policy) throws IOException {
        return one(send(request(facility, "check-ins", payload(payload, policy))
                .header("idempotency-key", UUID.randomUUID().toString())
                .header("accept-language", "en")));
    }

    /** The answer to a tracer, be it a problem. */
    JsonObject trace(String facility, Instant from, Instant until) throws IOException {
        JsonObject question = new JsonObject()
                .put("case", "demo-1")
                .put("facility", facility)
                .put("from", from.toString())
                .put("until", until.toString());
        return post(DemoTokens.TRACER, "traces", question, Optional.empty());
    }

    private static JsonObject payload(String payload, Optional<String> policy) {
        JsonObject body = new JsonObject().put("payloads", new JsonArray().add(payload));
        policy.ifPresent(name -> body.put("policy", name));
        return body;
    }

    private static JsonObject one(JsonObject answer) {
        return answer.getJsonArray("results").getJsonObject(0);
    }

    /** A result's verdict and its reason. */
    static String said(JsonObject result) {
        return (result.getString("verdict") + " " + result.getString("reason", "")).strip();
    }
}

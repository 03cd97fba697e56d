package io.passgate.cli.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.passgate.model.Slice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks a gateway about one payload at a time, again if need be. A line has one key, whatever often it is asked: who was
 * let in by an answer that was lost is not a second visitor.
 */
final class GatewayClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int ATTEMPTS = 3;
    private static final int UNAVAILABLE = 503;
    private static final long MOST_ANSWER_BYTES = 1 << 16;
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);

    /** Of one attempt. A pass lives 15 s, and who stands at a turnstile waits for less. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration PAUSE = Duration.ofMillis(300);

    /** An answer that is not one must not end up in somebody's turnstile. */
    private static final String REASON = "[a-z0-9_]{1,64}";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build();
    private final URI target;
    private final String token;
    private final Optional<String> policy;

    /**
     * A client of one gateway.
     *
     * @param target the route that is asked
     * @param policy empty where the gateway's own counts
     */
    GatewayClient(URI target, String token, Optional<String> policy) {
        this.target = target;
        this.token = token;
        this.policy = policy;
    }

    /** What a gateway says to one payload; never throws for want of an answer. */
    ScanAnswer ask(Slice payload) {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .header("idempotency-key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofByteArray(body(payload)))
                .build();
        try {
            Optional<ScanAnswer> answer = attempt(request);
            for (int attempt = 1; answer.isEmpty() && attempt < ATTEMPTS; attempt++) {
                Thread.sleep(PAUSE);
                answer = attempt(request);
            }
            return answer.orElse(ScanAnswer.RETRY);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ScanAnswer.RETRY;
        }
    }

    /** Empty where there was no answer, or one of the moment. */
    private Optional<ScanAnswer> attempt(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(
                    request, BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_ANSWER_BYTES));
            return response.statusCode() == UNAVAILABLE ? Optional.empty() : Optional.of(answer(response));
        } catch (IOException lost) {
            return Optional.empty();
        }
    }

    private byte[] body(Slice payload) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("payloads")
                .add(new String(payload.array(), payload.offset(), payload.length(), StandardCharsets.ISO_8859_1));
        policy.ifPresent(name -> body.put("policy", name));
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ScanAnswer answer(HttpResponse<String> response) {
        JsonNode body;
        try {
            body = JSON.readTree(response.body());
        } catch (JsonProcessingException broken) {
            return ScanAnswer.unasked("the answer " + response.statusCode() + " is not a gateway's");
        }
        if (response.statusCode() == 429) {
            return ScanAnswer.RETRY;
        }
        if (response.statusCode() != 200) {
            String type = body.path("type").asText().replaceFirst("^urn:passgate:problem:", "");
            return ScanAnswer.unasked(
                    "the gateway answers " + response.statusCode() + (type.matches("[a-z-]{1,64}") ? " " + type : ""));
        }
        JsonNode result = body.path("results").path(0);
        String reason = result.path("reason").asText();
        return switch (result.path("verdict").asText()) {
            case "accepted" -> ScanAnswer.ACCEPTED;
            case "refused" -> ScanAnswer.refused(reason.matches(REASON) ? reason : "unknown");
            case "indeterminate" -> ScanAnswer.RETRY;
            default -> ScanAnswer.unasked("the answer 200 is not a gateway's");
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}

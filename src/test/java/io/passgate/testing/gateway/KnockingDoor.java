package io.passgate.testing.gateway;

import io.passgate.format.entrypass.EntryPass;
import io.passgate.testing.TestProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets one visitor in after the other, and asks again with the same key until it has an answer. Now and then a pass
 * that was let in is shown once more.
 */
public final class KnockingDoor {
    static final String FACILITY = "museum";

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int SHOWN_AGAIN = 8;

    /** The ids, in hexadecimal, of entries whose check-in was acknowledged. */
    public final List<String> admitted = new CopyOnWriteArrayList<>();

    /** Of passes that nobody else had shown. */
    public final List<String> wronglyRefused = new CopyOnWriteArrayList<>();

    public final AtomicLong refusedAgain = new AtomicLong();
    private final URI uri;
    private final String token;
    private final TestProvider provider;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Thread thread;
    private volatile boolean isOver;

    public KnockingDoor(int port, String token, TestProvider provider, int number) {
        this.uri = URI.create("http://127.0.0.1:" + port + "/v1/check-ins");
        this.token = token;
        this.provider = provider;
        this.thread = Thread.ofPlatform().name("door-" + number).daemon().unstarted(this::knock);
    }

    public void start() {
        thread.start();
    }

    public void end() {
        isOver = true;
        try {
            var _ = thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }

    private void knock() {
        long visitor = 0;
        while (!isOver) {
            EntryPass said;
            String pass;
            synchronized (provider) {
                said = provider.says(Instant.now(), List.of(), Optional.empty());
                pass = provider.pass(said);
            }
            byte[] id = said.id().toByteArray();
            switch (answerOf(pass, id)) {
                case "accepted" -> {
                    if (visitor++ % SHOWN_AGAIN == 0) {
                        showAgain(pass, id);
                    }
                }
                case "already_used" -> wronglyRefused.add(HexFormat.of().formatHex(id));
                default -> {
                    // It could not be told, or the pass ran out meanwhile.
                }
            }
        }
    }

    /** While the stores change hands it may be let in twice, as the answer's {@code oneTime} says. */
    private void showAgain(String pass, byte[] id) {
        if (answerOf(pass, id).equals("already_used")) {
            refusedAgain.incrementAndGet();
        }
    }

    /** The verdict, or the reason where there is one, of a request that is repeated until it is answered. */
    private String answerOf(String pass, byte[] id) {
        String key = UUID.randomUUID().toString();
        String answer = answerOf(pass, key);
        if (answer.equals("accepted")) {
            admitted.add(EntryIds.of(FACILITY, key, pass, id));
        }
        return answer;
    }

    private String answerOf(String pass, String key) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(new JsonObject()
                        .put("payloads", new JsonArray().add(pass))
                        .encode()))
                .build();
        while (true) {
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    JsonObject result = new JsonObject(response.body())
                            .getJsonArray("results")
                            .getJsonObject(0);
                    return result.getString("reason", result.getString("verdict"));
                }
            } catch (IOException noAnswer) {
                // Asked again below.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.passgate.rehearsal;

import io.passgate.format.entrypass.EntryPass;
import io.passgate.testing.TestProvider;
import io.passgate.testing.gateway.EntryIds;
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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * People at doors, one after the other at each and all at a steady rate. A door that has no answer asks again with the
 * same key, for as long as the pass is good; now and then it shows a pass that was let in once more. Everything that
 * was said is kept.
 */
public final class Visitors implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A pass lives for 15 s; who has waited for so long shows the next one. */
    private static final Duration SHOWN_FOR = Duration.ofSeconds(10);

    private static final int ASKING_AGAIN_MS = 50;
    private static final int SHOWN_AGAIN = 8;

    /**
     * What was said in the end of a pass that was shown under a key.
     *
     * @param entry the id, in hexadecimal, that its visit has in the log where it was let in
     * @param verdict {@code accepted}, {@code refused} or {@code indeterminate}, or empty where nobody answered
     * @param reason of what was not accepted
     * @param oneTime who knew of its use
     * @param failures attempts that were not answered with a verdict
     * @param waitedNs from the first attempt to the answer
     */
    record Said(
            String pass,
            String entry,
            boolean isShownAgain,
            String verdict,
            String reason,
            String oneTime,
            int failures,
            long saidNs,
            long waitedNs) {
        boolean isAccepted() {
            return verdict.equals("accepted");
        }
    }

    final Instant since = Instant.now();
    private final List<Said> said = new CopyOnWriteArrayList<>();
    private final URI uri;
    private final String token;
    private final String facility;
    private final TestProvider provider;
    private final List<Thread> doors = new ArrayList<>();
    private final long pauseMs;
    private volatile boolean isOver;

    /**
     * Visitors of a port of 127.0.0.1, who begin to come.
     *
     * @param perSecond of all doors together, while all are answered at once
     */
    Visitors(int port, Rehearsal.Facility facility, TestProvider provider, int doors, int perSecond) {
        this.uri = URI.create("http://127.0.0.1:" + port + "/v1/check-ins");
        this.token = facility.token();
        this.facility = facility.name();
        this.provider = provider;
        this.pauseMs = TimeUnit.SECONDS.toMillis(doors) / perSecond;
        for (int i = 0; i < doors; i++) {
            this.doors.add(Thread.ofPlatform().daemon().name("door-" + i).start(this::letIn));
        }
    }

    /** All that was said so far. */
    List<Said> said() {
        return List.copyOf(said);
    }

    long accepted() {
        return said.stream().filter(Said::isAccepted).count();
    }

    /** Waits until so many more are let in. */
    void awaitMore(int more) throws IOException, InterruptedException {
        long before = accepted();
        ServerProcess.await(more + " more are let in", Duration.ofSeconds(60), () -> accepted() >= before + more);
    }

    /** Lets nobody come any more, and waits for what is under way. */
    void end() throws InterruptedException {
        isOver = true;
        for (Thread door : doors) {
            var _ = door.join(SHOWN_FOR.plus(PATIENCE).plus(PATIENCE));
        }
    }

    private void letIn() {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            for (long visitor = 0; !isOver; visitor++) {
                EntryPass pass;
                String text;
                synchronized (provider) {
                    pass = provider.says(Instant.now(), List.of(), Optional.empty());
                    text = provider.pass(pass);
                }
                byte[] id = pass.id().toByteArray();
                Said first = show(http, text, id, false);
                said.add(first);
                if (first.isAccepted() && visitor % SHOWN_AGAIN == 0) {
                    said.add(show(http, text, id, true));
                }
                TimeUnit.MILLISECONDS.sleep(pauseMs);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Said show(HttpClient http, String pass, byte[] id, boolean isShownAgain) throws InterruptedException {
        String key = UUID.randomUUID().toString();
        String entry = EntryIds.of(facility, key, pass, id);
        String name = HexFormat.of().formatHex(id);
        long startedNs = System.nanoTime();
        int failures = 0;
        while (System.nanoTime() - startedNs < SHOWN_FOR.toNanos()) {
            Optional<JsonObject> answer = ask(http, pass, key);
            if (answer.isPresent()) {
                long nowNs = System.nanoTime();
                return new Said(
                        name,
                        entry,
                        isShownAgain,
                        answer.get().getString("verdict"),
                        answer.get().getString("reason", ""),
                        answer.get().getString("oneTime", ""),
                        failures,
                        nowNs,
                        nowNs - startedNs);
            }
            failures++;
            TimeUnit.MILLISECONDS.sleep(ASKING_AGAIN_MS);
        }
        long nowNs = System.nanoTime();
        return new Said(name, entry, isShownAgain, "", "", "", failures, nowNs, nowNs - startedNs);
    }

    /** Empty where there is no answer, or none with a verdict. */
    private Optional<JsonObject> ask(HttpClient http, String pass, String key) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(new JsonObject()
                        .put("payloads", new JsonArray().add(pass))
                        .encode()))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? Optional.of(new JsonObject(response.body())
                            .getJsonArray("results")
                            .getJsonObject(0))
                    : Optional.empty();
        } catch (IOException noAnswer) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws InterruptedException {
        end();
    }
}

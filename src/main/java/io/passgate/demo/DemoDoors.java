package io.passgate.demo;

import io.passgate.app.Gateway;
import io.passgate.demo.DemoHolder.Enrolled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The story from the doors on: check-ins, what is kept of them, a trace, and the 29th day. */
final class DemoDoors {
    private static final String MUSEUM = DemoTokens.FACILITY;
    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<String> POLICY = Optional.of("kr");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAUSE_MS = 200;

    private final DemoClient here;
    private final DemoClient there;
    private final DemoGateways gateways;
    private final PrintWriter out;
    private final LocalDate today;

    /** Whose each pass was, by its id: every provider keeps that for itself. */
    private final Map<String, Map<String, String>> books = new HashMap<>();

    private int visits;

    /** Those of the story; {@code vaccinated} has had the second dose 20 days ago, the others none yet. */
    record People(DemoHolder vaccinated, DemoHolder waiting, DemoHolder begun) {}

    /**
     * Doors that are to be played.
     *
     * @param here where everything is issued and most is checked in
     * @param there where the tracer asks
     */
    DemoDoors(DemoClient here, DemoClient there, DemoGateways gateways, PrintWriter out, LocalDate today) {
        this.here = here;
        this.there = there;
        this.gateways = gateways;
        this.out = out;
        this.today = today;
    }

    void play(People people) throws IOException {
        checkIn(people);
        JsonObject first = settled().getFirst();
        say("7. The museum keeps nothing. Of a visit this is kept, and of the QR code nothing:");
        first.forEach(column -> say("     %-9s %s".formatted(column.getKey(), column.getValue())));
        trace();
        theLastDay(people.vaccinated);
        out.println();
        out.flush();
    }

    private void checkIn(People people) throws IOException {
        say("6. A museum checks in by kr; a QR code lets in once, whichever gateway is asked:");
        for (String provider : DemoStory.PROVIDERS) {
            String payload = pass(people.vaccinated, provider);
            String first = DemoClient.said(admitted(here.checkIn(MUSEUM, payload, POLICY)));
            String second = DemoClient.said(admitted(there.checkIn(MUSEUM, payload, POLICY)));
            say("     %-6s first gateway: %-16s second gateway: %s".formatted(provider, first, second));
        }
        say("   What it is told of whom:");
        told("second dose 20 days ago", here.checkIn(MUSEUM, pass(people.vaccinated, "kakao"), POLICY));
        people.waiting.isGiven(1, today.minusDays(34));
        people.waiting.isGiven(2, today.minusDays(13));
        String dayBefore = pass(people.waiting, "naver");
        told("second dose 13 days ago", here.checkIn(MUSEUM, dayBefore, POLICY));
        told("  by no policy", here.checkIn(MUSEUM, dayBefore, NONE));
        people.begun.isGiven(1, today.minusDays(20));
        told("first dose, by no policy", here.checkIn(MUSEUM, pass(people.begun, "toss"), NONE));
        told("a wallet certificate", here.checkIn(MUSEUM, walletCertificate(people.vaccinated), POLICY));
        JsonObject atHospital = here.checkIn(DemoTokens.HOSPITAL, pass(people.vaccinated, "coov"), POLICY);
        say("   A hospital sees each dose: " + doses(admitted(atHospital)) + ".");
    }

    /** Counts who was let in. */
    private JsonObject admitted(JsonObject result) {
        visits += result.getString("verdict").equals("accepted") ? 1 : 0;
        return result;
    }

    private void told(String of, JsonObject result) {
        say("     %-26s%-36scomplete: %-4s 14 days: %s"
                .formatted(
                        of,
                        DemoClient.said(admitted(result)),
                        yes(result.getBoolean("complete")),
                        yes(result.getBoolean("waitOver"))));
        say("     %-26s\"%s\"".formatted("", result.getString("text")));
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    private static String doses(JsonObject result) {
        List<String> doses = new ArrayList<>();
        for (int i = 0; i < result.getJsonArray("doses").size(); i++) {
            JsonObject dose = result.getJsonArray("doses").getJsonObject(i);
            doses.add(dose.getInteger("dose") + " of " + dose.getInteger("of") + " on " + dose.getString("date"));
        }
        return String.join(", ", doses);
    }

    /** A fresh pass, that its provider writes down. */
    private String pass(DemoHolder holder, String provider) throws IOException {
        Enrolled enrolled = holder.enrol(provider);
        JsonObject pass = holder.pass(enrolled);
        books.computeIfAbsent(provider, first -> new HashMap<>()).put(pass.getString("id"), holder.name());
        return pass.getString("payload");
    }

    /** The one that shows the last dose. */
    private String walletCertificate(DemoHolder holder) throws IOException {
        JsonArray certificates = holder.certificates(holder.enrol("kakao"));
        for (int i = 0; i < certificates.size(); i++) {
            String payload = certificates.getJsonObject(i).getString("payload");
            if (there.verdict(payload, POLICY).equals("accepted")) {
                return payload;
            }
        }
        throw new IOException("no certificate is accepted");
    }

    private void trace() throws IOException {
        JsonObject trace = found(there);
        say("8. A tracer asks for the museum's visits of the last hour, and each provider whose its passes were:");
        for (int i = 0; i < trace.getJsonArray("providers").size(); i++) {
            JsonObject found = trace.getJsonArray("providers").getJsonObject(i);
            String provider = found.getString("provider");
            found.getJsonArray("passes")
                    .forEach(id -> say("     %-6s %s: %-20s the other four: %s"
                            .formatted(
                                    provider, id, resolve(List.of(provider), id), resolve(othersThan(provider), id))));
        }
        say("     %d with a wallet certificate, of whom nobody knows".formatted(trace.getInteger("walletVisits")));
    }

    private static List<String> othersThan(String provider) {
        return DemoStory.PROVIDERS.stream()
                .filter(other -> !other.equals(provider))
                .toList();
    }

    /** Whose pass it was, by the books of these providers. */
    private String resolve(List<String> providers, Object id) {
        return providers.stream()
                .map(provider -> books.getOrDefault(provider, Map.of()))
                .filter(book -> book.containsKey(String.valueOf(id)))
                .map(book -> book.get(String.valueOf(id)))
                .findFirst()
                .orElse("nobody");
    }

    private void theLastDay(DemoHolder holder) throws IOException {
        say("9. The 29th day: a third gateway over the same PostgreSQL, whose clock is 28 days ahead, purges the log.");
        try (Gateway later = gateways.later()) {
            List<JsonObject> left = await(
                    "the log is not purged",
                    () -> Optional.of(gateways.visits()).filter(List::isEmpty));
            JsonObject trace = found(here.at(new DemoPorts(later.port(), later.managementPort())));
            say("     the same trace finds %d visits; rows in the log: %d".formatted(count(trace), left.size()));
        }
        visits = 0;
        String next = DemoClient.said(admitted(here.checkIn(MUSEUM, pass(holder, "kakao"), POLICY)));
        say(
                "   It is gone, and the two gateways go on: of the next QR code, %s, the log has %d row, and the tracer finds %d."
                        .formatted(next, settled().size(), count(found(there))));
    }

    private static int count(JsonObject trace) {
        return trace.getInteger("walletVisits")
                + trace.getJsonArray("providers").stream()
                        .mapToInt(found ->
                                ((JsonObject) found).getJsonArray("passes").size())
                        .sum();
    }

    /** What is found of the hour around now. */
    private static JsonObject found(DemoClient tracer) throws IOException {
        Instant now = Instant.now();
        return await(
                "nothing is told of the log",
                () -> Optional.of(tracer.trace(MUSEUM, now.minus(HOUR), now.plus(HOUR)))
                        .filter(answer -> answer.containsKey("providers")));
    }

    /** The log once everyone who was let in is there. */
    private List<JsonObject> settled() throws IOException {
        return await(
                "the log lacks visits", () -> Optional.of(gateways.visits()).filter(rows -> rows.size() >= visits));
    }

    private interface Attempt<T> {
        Optional<T> once() throws IOException;
    }

    private static <T> T await(String otherwise, Attempt<T> attempt) throws IOException {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        Optional<T> found = attempt.once();
        while (found.isEmpty()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException(otherwise);
            }
            pause();
            found = attempt.once();
        }
        return found.get();
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}

package io.passgate.testing.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.July2021StoryIT;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways;
import io.passgate.testing.gateway.IssuingGateways.Answer;
import io.passgate.testing.story.StoryPerson.Pass;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The doors of the story, at two gateways, and the tracer. */
public final class StoryDoors {
    static final String MUSEUM = "museum";
    static final String CINEMA = "cinema";

    private static final Optional<String> NOTHING = Optional.empty();
    private static final Optional<String> KOREA = Optional.of("kr");
    private static final int SHARDS = 16;

    private final IssuingGateways country;
    private final TestStores stores;
    private final int here;
    private final int there;

    /** Doors at the gateway with the public port {@code here}; what it did is looked at {@code there}. */
    public StoryDoors(IssuingGateways country, TestStores stores, int here, int there) {
        this.country = country;
        this.stores = stores;
        this.here = here;
        this.there = there;
    }

    /** What a door is told about one payload, and by which rules it asked. */
    JsonObject show(String facility, Optional<String> policy, String payload) {
        return country.checkIn(here, facility, key(), policy, payload);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    static String said(JsonObject result) {
        return (result.getString("verdict") + " " + result.getString("reason", "")).strip();
    }

    private static String standing(JsonObject result) {
        return "complete " + result.getBoolean("complete") + ", waitOver " + result.getBoolean("waitOver") + ": "
                + result.getString("text");
    }

    /** Waits until both gateways have heard from the stores after the clock was moved by days. */
    public void comeTo(Instant then, StoryPerson person) {
        country.time.set(then);
        for (int port : List.of(here, there)) {
            String payload = person.pass("kakao").payload();
            July2021StoryIT.until(
                    () -> said(country.verify(port, payload, NOTHING)).equals("accepted"));
        }
    }

    public void theFirstDoseIsNotComplete(StoryPerson person) {
        for (String provider : IssuingGateways.PROVIDERS) {
            String payload = person.pass(provider).payload();
            JsonObject refused = show(MUSEUM, KOREA, payload);
            assertThat(said(refused)).as(provider).isEqualTo("refused vaccination_incomplete");
            assertThat(standing(refused)).isEqualTo("complete false, waitOver false: Vaccination is not complete yet.");
            JsonObject letIn = show(MUSEUM, NOTHING, payload);
            assertThat(said(letIn))
                    .as("%s: what was refused is not used up", provider)
                    .isEqualTo("accepted");
            assertThat(standing(letIn))
                    .isEqualTo("complete false, waitOver false: Checked in. Vaccination is not complete yet.");
            assertThat(letIn.containsKey("doses")).as("a facility").isFalse();
        }
    }

    /** The passes that were refused, by provider. */
    public Map<String, Pass> theDayBeforeTheFourteenth(StoryPerson person) {
        Map<String, Pass> refused = new HashMap<>();
        for (String provider : IssuingGateways.PROVIDERS) {
            Pass pass = person.pass(provider);
            JsonObject byKorea = show(MUSEUM, KOREA, pass.payload());
            assertThat(said(byKorea)).as(provider).isEqualTo("refused vaccination_wait_not_over");
            assertThat(standing(byKorea))
                    .isEqualTo("complete true, waitOver false: "
                            + "The days that must pass after the vaccination are not over yet.");
            assertThat(byKorea.containsKey("oneTime")).isFalse();
            refused.put(provider, pass);
            JsonObject letIn = show(MUSEUM, NOTHING, person.pass(provider).payload());
            assertThat(said(letIn)).as(provider).isEqualTo("accepted");
            assertThat(standing(letIn))
                    .isEqualTo("complete true, waitOver false: "
                            + "Vaccination is complete, but 14 days have not passed yet.");
        }
        return refused;
    }

    /** The same QR codes a second later, which is the day after. */
    public void theFourteenthDay(StoryPerson person, Map<String, Pass> refusedBefore) {
        refusedBefore.forEach((provider, pass) -> {
            JsonObject letIn = show(MUSEUM, KOREA, pass.payload());
            assertThat(said(letIn)).as(provider).isEqualTo("accepted");
            assertThat(letIn.getString("oneTime")).isEqualTo("shared");
            assertThat(standing(letIn))
                    .isEqualTo("complete true, waitOver true: "
                            + "Vaccination is complete, and 14 days have passed since.");
            assertThat(letIn.containsKey("doses")).as("a facility").isFalse();
            assertThat(said(country.checkIn(there, CINEMA, key(), KOREA, pass.payload())))
                    .as("%s: again, elsewhere", provider)
                    .isEqualTo("refused already_used");
            assertThat(show(
                                    IssuingGateways.HOSPITAL,
                                    KOREA,
                                    person.pass(provider).payload())
                            .getJsonArray("doses")
                            .encode())
                    .as("a hospital")
                    .isEqualTo("[{\"product\":\"EU/1/20/1528\",\"dose\":1,\"of\":2,\"date\":\"2021-06-28\"},"
                            + "{\"product\":\"EU/1/20/1528\",\"dose\":2,\"of\":2,\"date\":\"2021-07-19\"}]");
        });
    }

    /** A visit with a fresh pass, and the pass's id. */
    public String visit(String facility, StoryPerson person, String provider) {
        Pass pass = person.pass(provider);
        assertThat(said(show(facility, KOREA, pass.payload()))).as(provider).isEqualTo("accepted");
        return pass.id();
    }

    /** A visit of each with every provider, and the passes' ids by provider. */
    public Map<String, List<String>> visitAll(String facility, List<StoryPerson> people) {
        Map<String, List<String>> ids = new HashMap<>();
        for (String provider : IssuingGateways.PROVIDERS) {
            List<String> visits = new ArrayList<>();
            people.forEach(person -> visits.add(visit(facility, person, provider)));
            ids.put(provider, visits);
        }
        return ids;
    }

    /**
     * A wallet certificate is let in by rules only, as often as it is shown; the same request asked again is one visit.
     */
    public void visitTwiceWithAWallet(String certificate) {
        assertThat(said(show(MUSEUM, NOTHING, certificate))).isEqualTo("refused wallet_not_admitted");
        String lost = key();
        for (String key : List.of(lost, lost, key())) {
            JsonObject letIn = country.checkIn(here, MUSEUM, key, KOREA, certificate);
            assertThat(said(letIn)).isEqualTo("accepted");
            assertThat(letIn.containsKey("oneTime")).isFalse();
        }
    }

    /** The certificate of a holder that the policy admits. */
    public String admitted(Answer certificates) {
        assertThat(certificates.status()).as("%s", certificates).isEqualTo(201);
        return certificates.json().getJsonArray("certificates").stream()
                .map(made -> ((JsonObject) made).getString("payload"))
                .filter(payload -> said(country.verify(there, payload, KOREA)).equals("accepted"))
                .findFirst()
                .orElseThrow();
    }

    /** What a tracer is told at a gateway. */
    public JsonObject trace(int port, String facility, Instant from, Instant until) {
        Answer answer = country.trace(port, facility, from, until);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.json();
    }

    /** The same at the other gateway. */
    public JsonObject trace(String facility, Instant from, Instant until) {
        return trace(there, facility, from, until);
    }

    public static Map<String, List<String>> passes(JsonObject trace) {
        Map<String, List<String>> passes = new HashMap<>();
        trace.getJsonArray("providers").stream().map(JsonObject.class::cast).forEach(found -> {
            List<String> ids = new ArrayList<>();
            found.getJsonArray("passes").forEach(id -> ids.add((String) id));
            assertThat(passes.put(found.getString("provider"), ids)).isNull();
        });
        return passes;
    }

    public static void assertEmpty(JsonObject trace) {
        assertThat(trace.getJsonArray("providers")).isEqualTo(new JsonArray());
        assertThat(trace.getLong("walletVisits")).isZero();
    }

    public void onlyATracerMayAsk(Instant from, Instant until) {
        JsonObject question = new JsonObject()
                .put("case", "outbreak-7")
                .put("facility", MUSEUM)
                .put("from", from.toString())
                .put("until", until.toString());
        for (String client : List.of(MUSEUM, IssuingGateways.HOSPITAL, "kakao", "registrar", "verifier", "admin")) {
            Answer answer = country.send(there, client, "POST", "/v1/traces", question);
            assertThat(answer.status()).as(client).isEqualTo(403);
            assertThat(answer.problem()).isEqualTo("forbidden");
        }
    }

    /** A gateway that starts now, once it tells of the log: before that it has purged it. */
    public int freshGateway(Instant from, Instant until) {
        int port = country.start();
        July2021StoryIT.until(() -> country.trace(port, MUSEUM, from, until).status() == 200);
        return port;
    }

    /** Waits until what was let in is in PostgreSQL. */
    public void settle() {
        July2021StoryIT.until(this::areStreamsEmpty);
    }

    public boolean areStreamsEmpty() {
        try {
            for (int shard = 0; shard < SHARDS; shard++) {
                String length = stores.redisCommand("XLEN", "passgate:{" + shard + "}:entries");
                if (!length.equals(":0")) {
                    return false;
                }
            }
            return true;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}

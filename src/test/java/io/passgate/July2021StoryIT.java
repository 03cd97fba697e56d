package io.passgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.InvalidConfig;
import io.passgate.dpop.ProofMaker;
import io.passgate.model.Age;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.testing.ReadPass;
import io.passgate.testing.Stored;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways;
import io.passgate.testing.gateway.IssuingGateways.Answer;
import io.passgate.testing.story.ProviderBooks;
import io.passgate.testing.story.StoryDoors;
import io.passgate.testing.story.StoryPerson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What happened from July 2021 on, each step on the one before, over a real PostgreSQL and a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public final class July2021StoryIT {
    private static final Instant FIRST_DAY = Instant.parse("2021-07-12T03:00:00Z");
    private static final String CI = "Y29ubmVjdGluZyBpbmZvcm1hdGlvbiBvZiBvbmUgcGVyc29u";
    private static final String OTHER_CI = "Y29ubmVjdGluZyBpbmZvcm1hdGlvbiBvZiBhbm90aGVy";
    private static final String NEIGHBOUR_CI = "Y29ubmVjdGluZyBpbmZvcm1hdGlvbiBvZiBhIG5laWdoYm91cg";
    private static final String PRODUCT = "EU/1/20/1528";

    /** The neighbour's 14th day after the second dose, 2021-08-02 in Seoul, and the hour that is traced. */
    private static final Instant FOURTEENTH_DAY = Instant.parse("2021-08-01T15:00:00Z");

    private static final Instant NOON = Instant.parse("2021-08-02T03:00:00Z");
    private static final Instant ONE = Instant.parse("2021-08-02T04:00:00Z");

    private static final Instant DAY_28_ENDS = Instant.parse("2021-08-29T14:59:59Z");

    private static final Optional<String> NOTHING = Optional.empty();
    private static final Optional<String> KOREA = Optional.of("kr");

    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private IssuingGateways country;
    private int here;
    private int there;
    private final ProviderBooks books = new ProviderBooks();
    private Optional<StoryPerson> neighbour = Optional.empty();
    private Optional<StoryDoors> doors = Optional.empty();
    private Optional<JsonObject> traced = Optional.empty();

    @BeforeAll
    void start() throws IOException, SQLException, InvalidConfig {
        stores = new TestStores(folder);
        stores.empty();
        country = new IssuingGateways(stores, Files.createDirectory(folder.resolve("gateways")), FIRST_DAY);
        here = country.start();
        there = country.start();
        doors = Optional.of(new StoryDoors(country, stores, here, there));
    }

    @AfterAll
    void stop() throws IOException {
        country.close();
        stores.close();
    }

    private static JsonObject dose(String id, String holder, int number, String date) {
        return new JsonObject()
                .put("id", id)
                .put("kind", "immunization")
                .put("holder", holder)
                .put("product", PRODUCT)
                .put("dose", number)
                .put("of", 2)
                .put("date", date);
    }

    private void record(JsonObject... records) {
        Answer answer = country.send(here, "registrar", "POST", "/v1/records", IssuingGateways.records(records));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        for (Object outcome : answer.json().getJsonArray("records")) {
            assertThat(((JsonObject) outcome).getString("outcome")).isEqualTo("created");
        }
    }

    private static String payload(Answer pass) {
        assertThat(pass.status()).as("%s", pass).isEqualTo(200);
        return pass.json().getString("payload");
    }

    private static String said(JsonObject result) {
        return (result.getString("verdict") + " " + result.getString("reason", "")).strip();
    }

    private Answer passWithProof(String provider, String consent, ProofMaker phone) {
        return IssuingGateways.insist(() -> country.pass(
                here, provider, Optional.of(consent), Optional.of(country.proof(phone, provider, consent))));
    }

    public static void until(BooleanSupplier isSo) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime() - deadlineNs).as("it did not happen").isNegative();
            Thread.onSpinWait();
        }
    }

    @Test
    @Order(1)
    void stepsOneToFive_atEveryProvider() {
        record(
                dose("dose-1", CI, 1, "2021-06-01"),
                new JsonObject()
                        .put("id", "year")
                        .put("kind", "birth_year")
                        .put("holder", CI)
                        .put("year", 1985));
        for (String provider : IssuingGateways.PROVIDERS) {
            beforeTheConsent(provider);
            ProofMaker phone = ProofMaker.fresh();
            String consent = country.consent(here, provider, CI);
            assertThat(country.register(here, provider, consent, phone).status())
                    .isEqualTo(201);
            theQrShowsTheFirstDose(provider, consent, phone);
            aStrangersPhoneGetsNone(provider, consent, phone);
        }
        String consent = country.consent(here, "kakao", CI);
        ProofMaker phone = ProofMaker.fresh();
        assertThat(country.register(there, "kakao", consent, phone).json().getBoolean("replaced"))
                .isTrue();
        String wallet = walletCertificate(consent, phone);
        record(dose("dose-2", CI, 2, "2021-06-28"), dose("other", OTHER_CI, 1, "2021-06-28"));
        for (String provider : IssuingGateways.PROVIDERS) {
            theNextQrShowsBothDoses(provider);
        }
        assertThat(said(country.verify(there, wallet, NOTHING))).isEqualTo("accepted");
        theConsentIsWithdrawn(consent, phone, wallet);
    }

    /** A pass lets in and shows nothing; where a phone has to prove itself, it does so under an empty consent. */
    private void beforeTheConsent(String provider) {
        Answer pass = IssuingGateways.insist(() -> country.pass(here, provider, NOTHING, NOTHING));
        if (provider.equals("pass")) {
            assertThat(pass.status()).isEqualTo(403);
            assertThat(pass.problem()).isEqualTo("proof-missing");
            ProofMaker phone = ProofMaker.fresh();
            String enrolment = country.send(
                            here,
                            provider,
                            "POST",
                            "/v1/consents",
                            new JsonObject().put("holder", CI).put("scope", new JsonArray()))
                    .json()
                    .getString("consent");
            assertThat(country.register(here, provider, enrolment, phone).status())
                    .isEqualTo(201);
            pass = passWithProof(provider, enrolment, phone);
        }
        String payload = payload(pass);
        assertThat(pass.json().getJsonArray("shows")).isEmpty();
        assertThat(ReadPass.claims(payload).events()).isEmpty();
        JsonObject plain = country.verify(there, payload, NOTHING);
        assertThat(said(plain)).isEqualTo("accepted");
        assertThat(plain.getString("format")).isEqualTo("entry-pass");
        assertThat(plain.getString("oneTime")).isEqualTo("not_checked");
        assertThat(said(country.verify(there, payload, KOREA))).isEqualTo("refused no_record_shown");
    }

    private void theQrShowsTheFirstDose(String provider, String consent, ProofMaker phone) {
        Answer pass = passWithProof(provider, consent, phone);
        String payload = payload(pass);
        assertThat(pass.json().getJsonArray("shows")).containsExactly("vaccination", "age");
        assertThat(pass.json().getString("jti")).isEqualTo("shared");
        assertThat(ReadPass.claims(payload))
                .isEqualTo(new Claims(
                        List.of(new Event.Vaccination("840539006", "EU/1/20/1528", 1, 2, LocalDate.of(2021, 6, 1))),
                        new Age.Band(Age.AgeBand.ADULT)));
        assertThat(said(country.verify(there, payload, NOTHING))).isEqualTo("accepted");
        assertThat(said(country.verify(there, payload, KOREA))).isEqualTo("refused vaccination_incomplete");
        country.time.advance(Duration.ofSeconds(15));
        String next = payload(passWithProof(provider, consent, phone));
        assertThat(next).isNotEqualTo(payload);
        assertThat(said(country.verify(there, next, NOTHING))).isEqualTo("accepted");
        country.time.advance(Duration.ofSeconds(5));
        assertThat(said(country.verify(there, payload, NOTHING))).isEqualTo("accepted");
        country.time.advance(Duration.ofSeconds(1));
        assertThat(said(country.verify(there, payload, NOTHING))).isEqualTo("refused expired");
    }

    private void aStrangersPhoneGetsNone(String provider, String consent, ProofMaker phone) {
        ProofMaker stranger = ProofMaker.fresh();
        Answer none = passWithProof(provider, consent, stranger);
        assertThat(none.status()).isEqualTo(403);
        assertThat(none.problem()).isEqualTo("device-key-mismatch");
        Optional<String> proof = Optional.of(country.proof(phone, provider, consent));
        assertThat(country.pass(here, provider, Optional.of(consent), proof).status())
                .isEqualTo(200);
        assertThat(country.pass(there, provider, Optional.of(consent), proof).problem())
                .as("the same proof at another gateway")
                .isEqualTo("proof-replayed");
        Optional<String> kept = Optional.of(country.proof(phone, provider, consent));
        country.time.advance(Duration.ofSeconds(61));
        assertThat(country.pass(here, provider, Optional.of(consent), kept).problem())
                .isEqualTo("proof-late");
        String elsewhere = provider.equals("kakao") ? "naver" : "kakao";
        assertThat(country.pass(here, elsewhere, Optional.of(consent), kept).problem())
                .as("a consent given to another provider")
                .isEqualTo("consent-unknown");
    }

    private String walletCertificate(String consent, ProofMaker phone) {
        JsonObject body = new JsonObject()
                .put("consent", consent)
                .put(
                        "name",
                        new JsonObject()
                                .put("family", "홍")
                                .put("given", "길동")
                                .put("familyTransliterated", "HONG")
                                .put("givenTransliterated", "GILDONG"))
                .put("birthDate", "1985-05-17");
        Answer made = IssuingGateways.insist(() -> country.send(
                here,
                "kakao",
                "POST",
                "/v1/certificates",
                body,
                Optional.of(country.proof(phone, "kakao", consent)),
                "application/json"));
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        assertThat(made.json().getJsonArray("certificates")).hasSize(1);
        String payload =
                made.json().getJsonArray("certificates").getJsonObject(0).getString("payload");
        JsonObject result = country.verify(there, payload, NOTHING);
        assertThat(said(result)).isEqualTo("accepted");
        assertThat(result.getString("format")).isEqualTo("eu-dcc");
        return payload;
    }

    private void theNextQrShowsBothDoses(String provider) {
        ProofMaker phone = ProofMaker.fresh();
        String consent = country.consent(there, provider, CI);
        assertThat(country.register(there, provider, consent, phone).status()).isEqualTo(201);
        String payload = payload(passWithProof(provider, consent, phone));
        assertThat(ReadPass.claims(payload).events()).hasSize(2);
        assertThat(said(country.verify(here, payload, KOREA))).isEqualTo("accepted");
    }

    private void theConsentIsWithdrawn(String consent, ProofMaker phone, String wallet) {
        ProofMaker newest = ProofMaker.fresh();
        assertThat(country.register(here, "kakao", consent, newest).status()).isEqualTo(201);
        assertThat(passWithProof("kakao", consent, phone).problem()).isEqualTo("device-key-mismatch");
        String shown = payload(passWithProof("kakao", consent, newest));
        assertThat(country.send(there, "kakao", "DELETE", "/v1/consents/" + consent, new JsonObject())
                        .status())
                .isEqualTo(204);
        String after = payload(passWithProof("kakao", consent, newest));
        assertThat(ReadPass.claims(after).events()).isEmpty();
        assertThat(said(country.verify(there, shown, KOREA)))
                .as("a pass already shown runs out")
                .isEqualTo("accepted");
        until(() -> said(country.verify(here, wallet, NOTHING)).equals("refused revoked"));
        until(() -> said(country.verify(there, wallet, NOTHING)).equals("refused revoked"));
    }

    private StoryPerson neighbour() {
        return neighbour.orElseThrow(() -> new AssertionError("the story begins before step 6"));
    }

    private StoryDoors doors() {
        return doors.orElseThrow();
    }

    @Test
    @Order(2)
    void stepSix_aDoorIsTold_completeAndNot_the14thDayAndTheDayBefore() {
        record(dose("neighbour-1", NEIGHBOUR_CI, 1, "2021-06-28"));
        neighbour = Optional.of(new StoryPerson(country, here, NEIGHBOUR_CI, books));
        doors().theFirstDoseIsNotComplete(neighbour());
        record(dose("neighbour-2", NEIGHBOUR_CI, 2, "2021-07-19"));
        doors().comeTo(FOURTEENTH_DAY.minusSeconds(1), neighbour());
        Map<String, StoryPerson.Pass> refused = doors().theDayBeforeTheFourteenth(neighbour());
        assertThat(refused).containsOnlyKeys(IssuingGateways.PROVIDERS);
        country.time.advance(Duration.ofSeconds(1));
        doors().theFourteenthDay(neighbour(), refused);
    }

    @Test
    @Order(3)
    void stepSeven_nothingOfHolderOrProofIsStored() throws IOException, SQLException {
        String wallet = doors().admitted(neighbour().certificates("kakao"));
        doors().visitTwiceWithAWallet(wallet);
        doors().settle();
        var _ = doors().visit("cinema", neighbour(), "kakao");
        Stored stored = Stored.in(stores, folder.resolve("redis"));
        assertThat(stored.redisHas("cinema")).as("what is searched of Redis").isTrue();
        assertThat(stored.hasRowWith(",museum,"))
                .as("what is searched of PostgreSQL")
                .isTrue();
        assertThat(stored.hasRowWith(PRODUCT)).as("the registry alone has it").isTrue();
        for (String ci : List.of(CI, OTHER_CI, NEIGHBOUR_CI)) {
            assertThat(stored.hasRowWith(ci) || stored.redisHas(ci)).as(ci).isFalse();
        }
        assertThat(books.payloads()).hasSizeGreaterThan(4 * IssuingGateways.PROVIDERS.size());
        for (String payload : books.payloads()) {
            assertThat(stored.hasPayload(payload)).as(payload).isFalse();
        }
        assertThat(stored.hasPayload(wallet)).as("a wallet certificate").isFalse();
        assertThat(stored.redisHas(PRODUCT)).isFalse();
        doors().settle();
        assertThat(stores.texts("SELECT e::text FROM entry_log e"))
                .hasSizeGreaterThan(4 * IssuingGateways.PROVIDERS.size())
                .noneMatch(row -> row.contains(PRODUCT));
        assertThat(stores.texts("SELECT column_name FROM information_schema.columns"
                        + " WHERE table_name = 'entry_log' ORDER BY ordinal_position"))
                .containsExactly("day", "entry_id", "facility", "provider", "pass_id", "at");
    }

    @Test
    @Order(4)
    void stepEight_theTracerFindsTheVisits_andEachProviderOnlyItsOwn() {
        StoryPerson first = new StoryPerson(country, here, CI, books);
        List<StoryPerson> people = List.of(first, neighbour());
        doors().comeTo(NOON.minusMillis(1), first);
        doors().visitAll("museum", people);
        country.time.set(NOON);
        Map<String, List<String>> visits = doors().visitAll("museum", List.of(first));
        Map<String, List<String>> elsewhere = doors().visitAll("cinema", people);
        country.time.set(ONE.minusMillis(1));
        doors().visitAll("museum", List.of(neighbour()))
                .forEach((provider, ids) ->
                        Optional.ofNullable(visits.get(provider)).orElseThrow().addAll(ids));
        doors().visitTwiceWithAWallet(doors().admitted(neighbour().certificates("kakao")));
        IssuingGateways.PROVIDERS.forEach(neighbour()::pass);
        country.time.set(ONE);
        doors().visitAll("museum", people);
        doors().settle();

        JsonObject trace = doors().trace("museum", NOON, ONE);
        assertThat(StoryDoors.passes(trace)).as("in the order of the visits").isEqualTo(visits);
        assertThat(trace.getLong("walletVisits")).isEqualTo(2);
        StoryDoors.passes(trace).forEach((provider, ids) -> books.onlyResolvedBy(provider, ids, CI, NEIGHBOUR_CI));
        JsonObject cinema = doors().trace("cinema", NOON, ONE);
        StoryDoors.passes(cinema)
                .forEach((provider, ids) ->
                        assertThat(ids).containsExactlyInAnyOrderElementsOf(elsewhere.get(provider)));
        assertThat(StoryDoors.passes(cinema)).containsOnlyKeys(IssuingGateways.PROVIDERS);
        assertThat(cinema.getLong("walletVisits")).isZero();
        StoryDoors.assertEmpty(doors().trace("museum", ONE.plusMillis(1), ONE.plusSeconds(3_600)));
        StoryDoors.assertEmpty(doors().trace("museum", NOON.minusSeconds(3_600), NOON.minusMillis(1)));
        StoryDoors.assertEmpty(doors().trace("theatre", NOON, ONE));
        doors().onlyATracerMayAsk(NOON, ONE);
        traced = Optional.of(trace);
    }

    @Test
    @Order(5)
    void stepNine_onDay29NothingIsLeft() throws SQLException {
        JsonObject visits = traced.orElseThrow(() -> new AssertionError("the story begins before step 9"));
        country.time.set(DAY_28_ENDS);
        int onDay28 = doors().freshGateway(NOON, ONE);
        assertThat(doors().trace(onDay28, "museum", NOON, ONE)).isEqualTo(visits);
        assertThat(partitions()).contains("entry_log_20210802").doesNotContain("entry_log_20210801");

        country.time.set(DAY_28_ENDS.plusSeconds(1));
        StoryDoors.assertEmpty(doors().trace(onDay28, "museum", NOON, ONE));
        int onDay29 = doors().freshGateway(NOON, ONE);
        StoryDoors.assertEmpty(doors().trace(onDay29, "museum", NOON, ONE));
        assertThat(partitions()).contains("entry_log_20210830").doesNotContain("entry_log_20210802");
        assertThat(stores.number("SELECT count(*) FROM entry_log")).isZero();
        assertThat(doors().areStreamsEmpty()).isTrue();
    }

    private List<String> partitions() throws SQLException {
        return stores.texts("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'entry\\_log\\_%'");
    }
}

package io.passgate.demo;

import io.passgate.issuance.QrCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The story of July 2021 up to the QR codes, played over HTTP at the two gateways of a demonstration. */
final class DemoStory {
    /** Each with what it asks of phones. */
    static final List<String> PROVIDERS = List.of("kakao", "naver", "toss", "pass", "coov");

    static final String WITH_PROOF = "pass";

    private static final String POLICY = "kr";
    private static final int CI_BYTES = 64;
    private static final String PRODUCT = "EU/1/20/1528";

    private final DemoClient here;
    private final DemoClient there;
    private final PrintWriter out;
    private final LocalDate today;
    private final String holder;

    /**
     * A story that is to be played.
     *
     * @param here where everything is issued, {@code there} where it is verified
     */
    DemoStory(DemoClient here, DemoClient there, PrintWriter out, LocalDate today, RandomGenerator random) {
        this.here = here;
        this.there = there;
        this.out = out;
        this.today = today;
        byte[] ci = new byte[CI_BYTES];
        random.nextBytes(ci);
        this.holder = Base64.getEncoder().encodeToString(ci);
    }

    /** What a provider's proofs name as their target. */
    static String htu(String provider) {
        return "https://" + provider + ".example/entry";
    }

    /** A consent and the phone that was registered for it. */
    private record Enrolled(String consent, DemoPhone phone) {}

    void play() throws IOException {
        out.println(
                "\nThe story of July 2021, at two gateways: what the first one issues, the second one judges by kr.\n");
        record("dose-1", 1, today.minusDays(60));
        say("1. The registrar records a first dose of an invented person, 60 days ago.");
        say("2. Before the consent a pass lets in and says no more; after it, it shows the dose:");
        for (String provider : PROVIDERS) {
            String before = verdict(payload(passBeforeConsent(provider)));
            String after = verdict(payload(pass(provider, enrol(provider))));
            say("     %-6s before: %-24s after: %s".formatted(provider, before, after));
        }
        Enrolled owner = enrol(WITH_PROOF);
        say("3. A QR code of 15 seconds, as the phone shows it:\n");
        String shown = payload(pass(WITH_PROOF, owner));
        out.println(QrCode.of(shown, QrCode.ENTRY_PASS_MAX_VERSION).terminal());
        say("4. pass asks the phone for a proof at every QR code:");
        Optional<String> proof = Optional.of(owner.phone.proof(htu(WITH_PROOF), owner.consent));
        say("     the holder's phone:      " + outcome(pass(WITH_PROOF, owner.consent, proof)));
        say("     the same proof again:    " + outcome(pass(WITH_PROOF, owner.consent, proof)));
        Enrolled stranger = new Enrolled(owner.consent, DemoPhone.fresh());
        say("     a stranger's phone:      " + outcome(pass(WITH_PROOF, stranger)));
        wallet();
        out.println();
        out.flush();
    }

    private void wallet() throws IOException {
        Enrolled kakao = enrol("kakao");
        JsonObject made = here.post("kakao", "certificates", subject(kakao), proof("kakao", kakao));
        String certificate = made.getJsonArray("certificates").getJsonObject(0).getString("payload");
        say("5. A wallet certificate of the first dose, for travelling: %s without a policy."
                .formatted(there.verdict(certificate, Optional.empty())));
        record("dose-2", 2, today.minusDays(20));
        JsonObject next = pass("kakao", kakao);
        say("   The registrar records the second dose, 20 days ago. The next QR code shows both: %s."
                .formatted(verdict(payload(next))));
    }

    private static JsonObject subject(Enrolled enrolled) {
        JsonObject name = new JsonObject()
                .put("family", "홍")
                .put("given", "길동")
                .put("familyTransliterated", "HONG")
                .put("givenTransliterated", "GILDONG");
        return new JsonObject()
                .put("consent", enrolled.consent)
                .put("name", name)
                .put("birthDate", "1985-05-17");
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private void record(String id, int dose, LocalDate on) throws IOException {
        JsonObject record = new JsonObject()
                .put("id", id)
                .put("kind", "immunization")
                .put("holder", holder)
                .put("product", PRODUCT)
                .put("dose", dose)
                .put("of", 2)
                .put("date", on.toString());
        JsonObject unused = here.post(
                "registrar", "records", new JsonObject().put("records", new JsonArray().add(record)), Optional.empty());
    }

    /** Where the phone has to prove itself, it is registered under a consent to show nothing. */
    private JsonObject passBeforeConsent(String provider) throws IOException {
        return provider.equals(WITH_PROOF)
                ? pass(provider, enrol(provider, Optional.of(new JsonArray())))
                : here.post(provider, "passes", new JsonObject(), Optional.empty());
    }

    private Enrolled enrol(String provider) throws IOException {
        return enrol(provider, Optional.empty());
    }

    private Enrolled enrol(String provider, Optional<JsonArray> scope) throws IOException {
        JsonObject consent = new JsonObject().put("holder", holder);
        scope.ifPresent(limited -> consent.put("scope", limited));
        String id = here.post(provider, "consents", consent, Optional.empty()).getString("consent");
        Enrolled enrolled = new Enrolled(id, DemoPhone.fresh());
        JsonObject unused =
                here.post(provider, "devices", new JsonObject().put("consent", id), proof(provider, enrolled));
        return enrolled;
    }

    private static Optional<String> proof(String provider, Enrolled enrolled) {
        return Optional.of(enrolled.phone.proof(htu(provider), enrolled.consent));
    }

    private JsonObject pass(String provider, Enrolled enrolled) throws IOException {
        return pass(provider, enrolled.consent, proof(provider, enrolled));
    }

    private JsonObject pass(String provider, String consent, Optional<String> proof) throws IOException {
        return here.post(provider, "passes", new JsonObject().put("consent", consent), proof);
    }

    private static String payload(JsonObject pass) {
        return pass.getString("payload");
    }

    private static String outcome(JsonObject pass) {
        if (pass.containsKey("payload")) {
            return "a pass that shows "
                    + pass.getJsonArray("shows").stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        String type = pass.getString("type");
        return "none: " + type.substring(type.lastIndexOf(':') + 1);
    }

    private String verdict(String payload) throws IOException {
        return there.verdict(payload, Optional.of(POLICY));
    }
}

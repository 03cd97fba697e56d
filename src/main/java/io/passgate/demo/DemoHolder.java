package io.passgate.demo;

import io.passgate.dpop.ProofMaker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** An invented person of whom one gateway is told. */
final class DemoHolder {
    private static final int CI_BYTES = 64;
    private static final String PRODUCT = "EU/1/20/1528";

    private final DemoClient gateway;
    private final String name;
    private final String ci;

    /** @param name told by the demonstration only: no gateway hears it */
    DemoHolder(DemoClient gateway, String name, RandomGenerator random) {
        this.gateway = gateway;
        this.name = name;
        byte[] fresh = new byte[CI_BYTES];
        random.nextBytes(fresh);
        this.ci = Base64.getEncoder().encodeToString(fresh);
    }

    /** A consent and the phone that was registered for it. */
    record Enrolled(String provider, String consent, ProofMaker phone) {
        Optional<String> proof() {
            return Optional.of(phone.proof(DemoStory.htu(provider), consent));
        }
    }

    String name() {
        return name;
    }

    /** The registrar records a dose of two. */
    void isGiven(int dose, LocalDate on) throws IOException {
        JsonObject record = new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("kind", "immunization")
                .put("holder", ci)
                .put("product", PRODUCT)
                .put("dose", dose)
                .put("of", 2)
                .put("date", on.toString());
        JsonObject answer = gateway.post(
                DemoTokens.REGISTRAR,
                "records",
                new JsonObject().put("records", new JsonArray().add(record)),
                Optional.empty());
        if (!answer.containsKey("records")) {
            throw new IOException("a dose was not recorded: " + answer.getString("detail"));
        }
    }

    /** A consent to show everything, and a phone. */
    Enrolled enrol(String provider) throws IOException {
        return enrol(provider, Optional.empty());
    }

    Enrolled enrol(String provider, Optional<JsonArray> scope) throws IOException {
        Enrolled enrolled = new Enrolled(provider, consent(provider, scope), ProofMaker.fresh());
        var _ = gateway.post(provider, "devices", new JsonObject().put("consent", enrolled.consent), enrolled.proof());
        return enrolled;
    }

    /** A consent without a phone. */
    String consent(String provider, Optional<JsonArray> scope) throws IOException {
        JsonObject consent = new JsonObject().put("holder", ci);
        scope.ifPresent(limited -> consent.put("scope", limited));
        return gateway.post(provider, "consents", consent, Optional.empty()).getString("consent");
    }

    /** A pass with a fresh proof. */
    JsonObject pass(Enrolled enrolled) throws IOException {
        return pass(enrolled, enrolled.proof());
    }

    JsonObject pass(Enrolled enrolled, Optional<String> proof) throws IOException {
        return gateway.post(enrolled.provider, "passes", new JsonObject().put("consent", enrolled.consent), proof);
    }

    /** The certificates of all doses, for a wallet. */
    JsonArray certificates(Enrolled enrolled) throws IOException {
        JsonObject body = new JsonObject()
                .put("consent", enrolled.consent)
                .put("name", subject())
                .put("birthDate", "1985-05-17");
        return gateway.post(enrolled.provider, "certificates", body, enrolled.proof())
                .getJsonArray("certificates");
    }

    /** The name of everybody in a demonstration. */
    static JsonObject subject() {
        return new JsonObject()
                .put("family", "홍")
                .put("given", "길동")
                .put("familyTransliterated", "HONG")
                .put("givenTransliterated", "GILDONG");
    }
}

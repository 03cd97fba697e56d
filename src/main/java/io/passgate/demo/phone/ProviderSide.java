package io.passgate.demo.phone;

import io.passgate.model.Korea;
import io.passgate.qr.QrCode;
import io.passgate.qr.QrDrawing;
import io.passgate.qr.QrPicture;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the page can have done: by a provider, who holds consents and passes proofs on, and by the registrar. The
 * gateway decides; nothing is kept but who the invented people are and what they consented to. One event loop.
 */
final class ProviderSide {
    private static final String PRODUCT = "EU/1/20/1528";
    private static final String BIRTH_DATE = "1985-05-17";
    private static final JsonObject NAME = new JsonObject()
            .put("family", "홍")
            .put("given", "길동")
            .put("familyTransliterated", "HONG")
            .put("givenTransliterated", "GILDONG");

    private final PhonePlan plan;
    private final Map<String, PhonePlan.Provider> providers;
    private final IssuingClient gateway;
    private final InventedPeople people;
    private final ShownDoses doses = new ShownDoses();

    ProviderSide(PhonePlan plan, IssuingClient gateway, InventedPeople people) {
        this.plan = plan;
        this.providers =
                plan.providers().stream().collect(Collectors.toMap(PhonePlan.Provider::name, Function.identity()));
        this.gateway = gateway;
        this.people = people;
    }

    /** Invents a person, whose first dose was given so many days ago, or who has had none. */
    Future<JsonObject> invent(PageRequest asked) throws PhoneFault {
        Optional<Integer> firstDose = asked.daysAgo("firstDose");
        InventedPerson person = people.invent();
        Future<Void> recorded =
                firstDose.isPresent() ? record(person, today().minusDays(firstDose.get())) : Future.succeededFuture();
        return recorded.map(_ -> registered(person).put("person", person.id().text()))
                .onFailure(_ -> people.forget(person.id()));
    }

    /** Records the person's next dose. */
    Future<JsonObject> vaccinate(PageRequest asked) throws PhoneFault {
        InventedPerson person = person(asked);
        LocalDate on = today().minusDays(asked.daysAgo("daysAgo").orElseThrow(PhoneFault::malformed));
        return record(person, on).map(_ -> registered(person));
    }

    /** Takes a consent, to show everything or nothing. */
    Future<JsonObject> consent(PageRequest asked) throws PhoneFault {
        InventedPerson person = person(asked);
        PhonePlan.Provider provider = provider(asked);
        JsonObject consent = new JsonObject().put("holder", person.ci());
        switch (asked.text("scope")) {
            case "all" -> {}
            case "entry" -> consent.put("scope", new JsonArray());
            default -> throw PhoneFault.malformed();
        }
        return gateway.post(provider.name(), "consents", consent, Optional.empty(), List.of("consent"))
                .map(given -> {
                    person.consents(provider.name(), given.getString("consent"));
                    return new JsonObject()
                            .put("consent", given.getString("consent"))
                            .put("htu", provider.htu());
                });
    }

    /** Withdraws a consent; one that is gone already is withdrawn. */
    Future<JsonObject> withdraw(PageRequest asked) throws PhoneFault {
        InventedPerson person = person(asked);
        String provider = provider(asked).name();
        String consent = person.consent(provider).orElseThrow(PhoneFault::notConsented);
        return gateway.delete(provider, "consents/" + consent)
                .recover(failed ->
                        isGone(failed) ? Future.succeededFuture(new JsonObject()) : Future.failedFuture(failed))
                .map(_ -> {
                    person.withdraws(provider);
                    return new JsonObject();
                });
    }

    private static boolean isGone(Throwable failed) {
        return failed instanceof PhoneFault fault && fault.code().equals("consent-unknown");
    }

    /** Registers the phone that makes the proof. */
    Future<JsonObject> register(PageRequest asked) throws PhoneFault {
        return underConsent(asked, "devices", new JsonObject(), List.of("replaced"))
                .map(device -> new JsonObject().put("replaced", device.getBoolean("replaced")));
    }

    /** Has a pass made, and draws it. */
    Future<JsonObject> pass(PageRequest asked) throws PhoneFault {
        return underConsent(asked, "passes", new JsonObject(), List.of("payload", "expiresAt", "shows"))
                .map(pass -> {
                    String payload = pass.getString("payload");
                    Instant end = Instant.parse(pass.getString("expiresAt"));
                    return new JsonObject()
                            .put("svg", drawn(QrCode.of(payload, QrCode.ENTRY_PASS_MAX_VERSION)))
                            .put(
                                    "livesMs",
                                    Duration.between(plan.clock().instant(), end)
                                            .toMillis())
                            .put("shows", pass.getJsonArray("shows"))
                            .put("doses", doses.of(payload));
                });
    }

    /** Has certificates made for the person's wallet, and draws them. */
    Future<JsonObject> certify(PageRequest asked) throws PhoneFault {
        JsonObject subject = new JsonObject().put("name", NAME.copy()).put("birthDate", BIRTH_DATE);
        return underConsent(asked, "certificates", subject, List.of("certificates"))
                .map(made -> {
                    JsonArray certificates = new JsonArray();
                    for (int i = 0; i < made.getJsonArray("certificates").size(); i++) {
                        JsonObject certificate =
                                made.getJsonArray("certificates").getJsonObject(i);
                        certificates.add(new JsonObject()
                                .put("svg", drawn(QrCode.of(certificate.getString("payload"))))
                                .put("shows", certificate.getString("shows"))
                                .put("expiresAt", certificate.getString("expiresAt")));
                    }
                    return new JsonObject().put("certificates", certificates);
                });
    }

    /** As large as can be: the page makes it as small as its window. */
    private static String drawn(QrCode code) {
        return switch (code.at(QrPicture.MOST_PIXELS)) {
            case QrPicture picture -> picture.svg();
            case QrDrawing.TooSmall _ -> throw new IllegalStateException("no code needs more");
        };
    }

    private Future<JsonObject> underConsent(PageRequest asked, String path, JsonObject body, List<String> members)
            throws PhoneFault {
        InventedPerson person = person(asked);
        String provider = provider(asked).name();
        String proof = asked.proof();
        body.put("consent", person.consent(provider).orElseThrow(PhoneFault::notConsented));
        return gateway.post(provider, path, body, Optional.of(proof), members);
    }

    /** Sent again it is the same record. */
    private Future<Void> record(InventedPerson person, LocalDate on) throws PhoneFault {
        int dose = person.nextDose(on).orElseThrow(PhoneFault::noSuchDose);
        JsonObject record = new JsonObject()
                .put("id", person.recordId(dose))
                .put("kind", "immunization")
                .put("holder", person.ci())
                .put("product", PRODUCT)
                .put("dose", dose)
                .put("of", InventedPerson.SERIES)
                .put("date", on.toString());
        JsonObject records = new JsonObject().put("records", new JsonArray().add(record));
        return gateway.post(plan.registrar(), "records", records, Optional.empty(), List.of("records"))
                .onSuccess(_ -> person.isGiven(dose, on))
                .mapEmpty();
    }

    private static JsonObject registered(InventedPerson person) {
        return new JsonObject().put("recorded", person.doses());
    }

    private InventedPerson person(PageRequest asked) throws PhoneFault {
        return people.find(asked.person()).orElseThrow(PhoneFault::personUnknown);
    }

    private PhonePlan.Provider provider(PageRequest asked) throws PhoneFault {
        return Optional.ofNullable(providers.get(asked.text("provider"))).orElseThrow(PhoneFault::malformed);
    }

    private LocalDate today() {
        return Korea.dayOf(plan.clock().instant());
    }
}

package io.passgate.testing.gateway;

import io.passgate.app.Administration;
import io.passgate.app.keys.KeyCeremony;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.signing.KeyPurpose;
import io.passgate.crypto.signing.SigningKey;
import io.passgate.dpop.ProofMaker;
import io.passgate.format.entrypass.EntryPass;
import io.passgate.format.entrypass.EntryPassEncoder;
import io.passgate.model.Slice;
import io.passgate.testing.ReadPass;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How long what is changed at one gateway takes until another issues, or trusts what is issued, by it. */
public final class IssuingPropagation implements AutoCloseable {
    private static final String PROVIDER = "pass";
    private static final String CI = "b25lIHBlcnNvbg==";
    private static final KeyPurpose PURPOSE = new KeyPurpose.Passes(PROVIDER);

    private final IssuingGateways country;
    private final int here;
    private final int there;
    private final Administration administration;
    private final KeyCeremony ceremony;
    private final Map<String, List<Duration>> took = new LinkedHashMap<>();
    private int doses;

    /** Two gateways over the stores, whose database is as {@link TestStores#empty} leaves it. */
    public IssuingPropagation(TestStores stores, Path folder) throws IOException {
        country = new IssuingGateways(stores, folder, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        here = country.start();
        there = country.start();
        administration = Administration.open(country.config().build(), folder);
        ceremony = new KeyCeremony(
                country.keystore,
                administration.trustedSigners(),
                CryptoProviders.preferred(),
                new SecureRandom(),
                country.time);
    }

    /** Runs so many trials of each kind, and returns their times by what was changed. */
    public Map<String, List<Duration>> measure(int trials) throws IOException {
        for (int trial = 0; trial < trials; trial++) {
            String consent = country.consent(here, PROVIDER, CI);
            ProofMaker phone = ProofMaker.fresh();
            time(
                    "device",
                    201,
                    () -> country.registerOnce(here, PROVIDER, consent, phone),
                    () -> isPass(consent, phone, pass -> true));
            newDose(consent, phone);
            time(
                    "consent withdrawn",
                    204,
                    () -> country.send(here, PROVIDER, "DELETE", "/v1/consents/" + consent, new JsonObject()),
                    () -> isPass(
                            consent, phone, pass -> pass.getJsonArray("shows").isEmpty()));
            rotation();
        }
        return took;
    }

    private void time(String what, int status, Supplier<Answer> change, BooleanSupplier arrived) {
        time(
                what,
                () -> {
                    Answer answer = change.get();
                    if (answer.status() != status) {
                        throw new AssertionError(what + " was not made: " + answer);
                    }
                },
                arrived);
    }

    private void time(String what, Runnable change, BooleanSupplier arrived) {
        long startedNs = System.nanoTime();
        change.run();
        SharedGateways.until(what, arrived);
        took.computeIfAbsent(what, kind -> new ArrayList<>()).add(Duration.ofNanos(System.nanoTime() - startedNs));
    }

    /** Whether a pass is made that is so. */
    private boolean isPass(String consent, ProofMaker phone, Predicate<JsonObject> isSo) {
        Answer made = country.pass(
                there, PROVIDER, Optional.of(consent), Optional.of(country.proof(phone, PROVIDER, consent)));
        return made.status() == 200 && isSo.test(made.json());
    }

    /** The dose of the trial is a pass's newest: its number says so. */
    private void newDose(String consent, ProofMaker phone) {
        int number = doses++ % 20 + 1;
        JsonObject record = new JsonObject()
                .put("id", "dose")
                .put("revision", doses)
                .put("kind", "immunization")
                .put("holder", CI)
                .put("product", "EU/1/20/1528")
                .put("dose", number)
                .put("of", 2)
                .put("date", "2021-06-01");
        time(
                "dose",
                200,
                () -> country.send(here, "registrar", "POST", "/v1/records", IssuingGateways.records(record)),
                () -> isPass(
                        consent,
                        phone,
                        pass -> ReadPass.doses(pass.getString("payload")).equals(List.of(number))));
    }

    /** Until another gateway trusts a pass by the new key, which signs none before it has settled. */
    private void rotation() throws IOException {
        country.time.advance(SigningKey.SETTLING.plusSeconds(1));
        List<SigningKey> made = new ArrayList<>();
        time("key", () -> made.add(rotated()), () -> isAccepted(made.getFirst()));
    }

    private SigningKey rotated() {
        try {
            KeyCeremony.KeyRequest request = new KeyCeremony.KeyRequest(PURPOSE, Duration.ofDays(1), Optional.empty());
            if (ceremony.rotate(request, Duration.ZERO) instanceof KeyCeremony.Outcome.Made(var key)) {
                return key;
            }
            throw new AssertionError("no key was made");
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private boolean isAccepted(SigningKey key) {
        EntryPass pass = new EntryPass(
                PROVIDER,
                Slice.of(new byte[EntryPass.ID_BYTES]),
                country.time.instant(),
                Slice.of(new byte[EntryPass.TAG_BYTES]),
                List.of(),
                Optional.empty());
        String payload = EntryPassEncoder.encode(pass, key.kid(), key.signer()::sign);
        return country.verify(there, payload, Optional.empty())
                .getString("verdict")
                .equals("accepted");
    }

    @Override
    public void close() {
        administration.close();
        country.close();
    }
}

package io.passgate.testing.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.P256Verifier;
import io.passgate.crypto.signing.KeyPurpose;
import io.passgate.crypto.signing.SigningKey;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.dpop.DeviceKey;
import io.passgate.dpop.DeviceProofs;
import io.passgate.dpop.ProofId;
import io.passgate.dpop.ReplayCache;
import io.passgate.holdertag.HolderTags;
import io.passgate.holdertag.TagKey;
import io.passgate.http.issuing.IssuingSide;
import io.passgate.issuance.CertificateMaker;
import io.passgate.issuance.ConsentScope;
import io.passgate.issuance.ConsentState;
import io.passgate.issuance.Consents;
import io.passgate.issuance.IssuanceLimits;
import io.passgate.issuance.IssuanceQueue;
import io.passgate.issuance.IssuanceWorker;
import io.passgate.issuance.IssuedCertificates;
import io.passgate.issuance.IssuingObserver;
import io.passgate.issuance.PassMaker;
import io.passgate.issuance.ProviderTerms;
import io.passgate.issuance.wallet.WalletIssuer;
import io.passgate.model.OpaqueId;
import io.passgate.registry.HealthRecord;
import io.passgate.registry.Holder;
import io.passgate.registry.Pepper;
import io.passgate.registry.RecordChange;
import io.passgate.registry.Registry;
import io.passgate.testing.ManualTime;
import io.vertx.core.Future;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The issuing side in memory, which a test can break; its queue is a real one. */
public final class FakeIssuing implements Registry, Consents, IssuedCertificates, AutoCloseable {
    static final String PROVIDER = "provider";
    public static final String HTU = "https://provider.example/entry";

    private static final Provider CRYPTO = CryptoProviders.preferred();
    private static final HealthRecord DOSE =
            new HealthRecord.Immunization("EU/1/20/1528", 1, 2, LocalDate.of(2021, 6, 1), "KR");

    public final Pepper pepper = new Pepper(new byte[32]);
    public final List<RecordChange> changes = new ArrayList<>();
    public final Map<OpaqueId, ConsentState> standings = new ConcurrentHashMap<>();
    public final List<Issued> certificates = new ArrayList<>();
    private final Set<ProofId> used = ConcurrentHashMap.newKeySet();
    private final IssuanceQueue issuanceQueue;
    public volatile Mood mood = Mood.ANSWERS;
    public volatile boolean changedMeanwhile;

    /** The queue decides nothing before it is open. */
    public volatile CountDownLatch opened = new CountDownLatch(0);

    FakeIssuing(ManualTime time) {
        Instant now = time.instant();
        SecureRandom random = new SecureRandom();
        SigningKeys keys = SigningKeys.of(List.of(
                SigningKey.make(
                        CRYPTO,
                        random,
                        new KeyPurpose.Passes(PROVIDER),
                        "Test",
                        now.minusSeconds(60),
                        now.plusSeconds(9_999_999)),
                SigningKey.make(
                        CRYPTO,
                        random,
                        new KeyPurpose.Certificates(),
                        "Test",
                        now.minusSeconds(60),
                        now.plusSeconds(9_999_999))));
        issuanceQueue = new IssuanceQueue(
                new IssuanceLimits(1, 16, 4, Duration.ofSeconds(20), Duration.ofSeconds(20)),
                IssuingObserver.NONE,
                System::nanoTime);
        issuanceQueue.start(
                Thread.ofPlatform().daemon().factory(),
                () -> new IssuanceWorker(
                        this::find,
                        new DeviceProofs(new P256Verifier(CRYPTO)),
                        this::use,
                        new PassMaker(
                                () -> keys,
                                day -> new TagKey(new byte[TagKey.BYTES]),
                                new HolderTags(CRYPTO, random),
                                random),
                        new CertificateMaker(
                                () -> keys, new WalletIssuer("KR", "A ministry", Duration.ofDays(1)), time, random),
                        new IssuanceWorker.Surroundings(time, Optional::empty, time, IssuingObserver.NONE)));
    }

    IssuingSide side() {
        ProviderTerms terms = new ProviderTerms(PROVIDER, false, HTU);
        return new IssuingSide(pepper, this, this, this, issuanceQueue, Map.of(PROVIDER, terms));
    }

    private Map<OpaqueId, ConsentState> find(Collection<OpaqueId> ids) {
        try {
            assertThat(opened.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return standings;
    }

    private ReplayCache.Used use(List<ProofId> ids) {
        BitSet first = new BitSet();
        for (int i = 0; i < ids.size(); i++) {
            first.set(i, used.add(ids.get(i)));
        }
        return new ReplayCache.Used(first, true);
    }

    private <T> Future<T> answer(T answer) {
        return mood.future(answer);
    }

    @Override
    public Future<List<RecordChange.Outcome>> apply(String registrar, List<RecordChange> given) {
        changes.addAll(given);
        return answer(given.stream()
                .map(change ->
                        change.content().isPresent() ? RecordChange.Outcome.CREATED : RecordChange.Outcome.DELETED)
                .toList());
    }

    @Override
    public Future<Given> give(String provider, Holder holder, Set<ConsentScope> scope, Instant at) {
        Optional<OpaqueId> there = standings.entrySet().stream()
                .filter(entry -> entry.getValue().holder().equals(holder))
                .map(Map.Entry::getKey)
                .findFirst();
        OpaqueId id = there.orElseGet(() -> OpaqueId.random(new SecureRandom()));
        standings.put(
                id,
                new ConsentState(
                        provider, holder, scope, Optional.empty(), List.of(new ConsentState.Recorded(1, 1, DOSE))));
        return answer(new Given(id, there.isEmpty()));
    }

    @Override
    public Future<Boolean> withdraw(String provider, OpaqueId id) {
        return answer(standings.remove(id) != null);
    }

    @Override
    public Future<Optional<Boolean>> register(String provider, OpaqueId id, DeviceKey device) {
        ConsentState before = standings.get(id);
        if (before == null) {
            return answer(Optional.empty());
        }
        standings.put(
                id, new ConsentState(provider, before.holder(), before.scope(), Optional.of(device), before.entries()));
        return answer(Optional.of(before.device().isPresent()));
    }

    @Override
    public Future<Boolean> keep(OpaqueId consent, List<Issued> issued) {
        certificates.addAll(issued);
        return answer(!changedMeanwhile);
    }

    @Override
    public Future<Boolean> revoke(String provider, OpaqueId id) {
        return answer(certificates.removeIf(issued -> issued.id().equals(id)));
    }

    @Override
    public void close() throws InterruptedException {
        if (!issuanceQueue.close(Duration.ofSeconds(20))) {
            throw new AssertionError("the queue did not close");
        }
    }
}

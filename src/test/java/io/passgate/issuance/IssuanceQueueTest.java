package io.passgate.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.P256Verifier;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.dpop.DeviceProofs;
import io.passgate.dpop.ReplayCache;
import io.passgate.holdertag.HolderTags;
import io.passgate.holdertag.TagKey;
import io.passgate.issuance.wallet.WalletIssuer;
import io.passgate.model.OpaqueId;
import io.passgate.testing.ManualTime;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How requests wait in the queue, whose only worker stops at a gate that a test opens. */
final class IssuanceQueueTest {
    private static final Provider PROVIDER = CryptoProviders.preferred();
    private static final Instant NOON = Instant.parse("2021-07-12T03:00:00Z");
    private static final ProviderTerms TERMS = new ProviderTerms("kakao", false, "https://kakao.example/entry");
    private static final int ROOM = 5;
    private static final int BATCH = 3;
    private static final Duration TARGET = Duration.ofMillis(250);

    private final ManualTime time = new ManualTime(NOON);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch atGate = new CountDownLatch(1);
    private final List<Integer> batches = new ArrayList<>();
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicInteger counted = new AtomicInteger();
    private final BlockingQueue<IssuanceResult<?>> decisions = new LinkedBlockingQueue<>();
    private volatile boolean isBroken;
    private final IssuanceQueue issuanceQueue =
            new IssuanceQueue(new IssuanceLimits(1, ROOM, BATCH, Duration.ofSeconds(2), TARGET), new Faults(), time);

    IssuanceQueueTest() {
        issuanceQueue.start(Thread.ofPlatform().daemon().factory(), this::worker);
    }

    private final class Faults implements IssuingObserver {
        @Override
        public void stageTook(Stage stage, long ns) {}

        @Override
        public void decided(IssuanceRequest<?> issuanceRequest, IssuanceResult<?> issuanceResult) {
            counted.incrementAndGet();
        }

        @Override
        public void failed(Throwable fault) {
            faults.incrementAndGet();
        }
    }

    private IssuanceWorker worker() {
        SecureRandom random = new SecureRandom();
        return new IssuanceWorker(
                this::find,
                new DeviceProofs(new P256Verifier(PROVIDER)),
                ids -> new ReplayCache.Used(new BitSet(), true),
                new PassMaker(
                        SigningKeys::none,
                        day -> new TagKey(new byte[TagKey.BYTES]),
                        new HolderTags(PROVIDER, random),
                        random),
                new CertificateMaker(
                        SigningKeys::none, new WalletIssuer("KR", "A ministry", Duration.ofDays(1)), time, random),
                new IssuanceWorker.Surroundings(time, Optional::empty, time, IssuingObserver.NONE));
    }

    private Map<OpaqueId, ConsentState> find(Collection<OpaqueId> ids) {
        batches.add(ids.size());
        atGate.countDown();
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        if (isBroken) {
            throw new IllegalStateException("CANARY");
        }
        return Map.of();
    }

    @AfterEach
    void close() throws InterruptedException {
        gate.countDown();
        assertThat(issuanceQueue.close(Duration.ofSeconds(20))).isTrue();
        assertThat(issuanceQueue.submit(application(), decisions::add))
                .as("after it is closed")
                .isFalse();
    }

    private static IssuanceRequest<IssuanceResult.Passed> application() {
        return new IssuanceRequest<>(
                TERMS,
                Optional.of(OpaqueId.random(new Random())),
                List.of(),
                new RequestKind.Pass(Optional.empty()),
                NOON);
    }

    private void submit(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(issuanceQueue.submit(application(), decisions::add)).isTrue();
        }
    }

    @Test
    void manySubmitters_areAllDecided_orRefused() throws InterruptedException {
        gate.countDown();
        AtomicInteger taken = new AtomicInteger();
        List<Thread> submitters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            submitters.add(Thread.ofPlatform().start(() -> {
                for (int each = 0; each < 5_000 || decisions.size() <= ROOM; each++) {
                    if (issuanceQueue.submit(application(), decisions::add)) {
                        taken.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread submitter : submitters) {
            submitter.join();
        }
        assertThat(issuanceQueue.close(Duration.ofSeconds(20))).isTrue();
        assertThat(decisions).hasSize(taken.get()).hasSizeGreaterThan(ROOM);
        assertThat(issuanceQueue.queued()).isZero();
    }

    private IssuanceResult<?> next() throws InterruptedException {
        IssuanceResult<?> issuanceResult = decisions.poll(20, TimeUnit.SECONDS);
        if (issuanceResult == null) {
            throw new AssertionError("no decision");
        }
        return issuanceResult;
    }

    private void occupied() throws InterruptedException {
        submit(1);
        assertThat(atGate.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatWaits_isLookedUpTogether_upToABatch() throws InterruptedException {
        occupied();
        submit(ROOM);
        gate.countDown();
        for (int i = 0; i < 1 + ROOM; i++) {
            assertThat(next()).isEqualTo(new IssuanceResult.Denied<>(new IssuanceResult.Denial.ConsentUnknown()));
        }
        assertThat(batches).containsExactly(1, BATCH, ROOM - BATCH);
    }

    @Test
    void oneMoreThanTheRoom_isNotTaken() throws InterruptedException {
        occupied();
        submit(ROOM);
        assertThat(issuanceQueue.isFull()).isTrue();
        assertThat(issuanceQueue.queued()).isEqualTo(ROOM);
        assertThat(issuanceQueue.submit(application(), decisions::add)).isFalse();
    }

    @Test
    void whileOneHasWaitedForLongerThanTheTarget_noMoreShouldCome() throws InterruptedException {
        occupied();
        time.advance(TARGET.multipliedBy(5));
        assertThat(issuanceQueue.isFull()).as("nothing waits").isFalse();
        submit(1);
        time.advance(TARGET);
        assertThat(issuanceQueue.isFull()).isFalse();
        time.advance(Duration.ofNanos(1));
        assertThat(issuanceQueue.isFull()).isTrue();
        gate.countDown();
        for (int i = 0; i < 2; i++) {
            assertThat(next()).isInstanceOf(IssuanceResult.Denied.class);
        }
        assertThat(issuanceQueue.isFull()).isFalse();
    }

    @Test
    void aDecision_isCounted_beforeItIsTold() throws InterruptedException {
        gate.countDown();
        BlockingQueue<Integer> countedWhenTold = new LinkedBlockingQueue<>();
        assertThat(issuanceQueue.submit(application(), issuanceResult -> countedWhenTold.add(counted.get())))
                .isTrue();
        assertThat(countedWhenTold.poll(20, TimeUnit.SECONDS)).isOne();
    }

    @Test
    void whoHasWaitedTooLong_isNotBegun() throws InterruptedException {
        occupied();
        submit(1);
        time.advance(Duration.ofSeconds(2));
        submit(1);
        time.advance(Duration.ofNanos(1));
        gate.countDown();
        assertThat(next()).isInstanceOf(IssuanceResult.Denied.class);
        assertThat(next()).isEqualTo(new IssuanceResult.TooLate<>());
        assertThat(next()).isInstanceOf(IssuanceResult.Denied.class);
    }

    @Test
    void aFault_isNobodysDenial_andDoesNotEndTheDesk() throws InterruptedException {
        isBroken = true;
        occupied();
        gate.countDown();
        assertThat(next())
                .isInstanceOfSatisfying(
                        IssuanceResult.Impossible.class,
                        impossible -> assertThat(impossible.why()).doesNotContain("CANARY"));
        assertThat(faults).hasValue(1);
        isBroken = false;
        assertThat(issuanceQueue.submit(application(), issuanceResult -> {
                    throw new IllegalStateException("a caller's own fault");
                }))
                .isTrue();
        submit(1);
        assertThat(next()).isInstanceOf(IssuanceResult.Denied.class);
        assertThat(faults).hasValue(2);
    }
}

package io.passgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.KeyTableCache;
import io.passgate.crypto.TableSignatureBatch;
import io.passgate.format.entrypass.EntryPassFormat;
import io.passgate.format.hcert.EuDccFormat;
import io.passgate.format.hcert.HcertEnvelope;
import io.passgate.model.FormatId;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Passes and cards in one batch, by the kernel's tables and without. */
final class EnginePassTest {
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");
    private static final TestProvider KAKAO = TestProvider.named("kakao");
    private static final long TABLE_BYTES = 64L << 20;

    /** One payload, and what is said of it. */
    private record Sort(Slice payload, String verdict, Optional<FormatId> format) {
        static Sort of(String payload, String verdict, FormatId format) {
            return new Sort(TestCards.payload(payload), verdict, Optional.of(format));
        }
    }

    private static List<Sort> sorts() {
        String card = ISSUER.card(CardSpec.vaccination());
        List<Sort> sorts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String pass = KAKAO.pass(OneJudge.NOON.plusSeconds(i % 5));
            sorts.add(Sort.of(pass, "ACCEPTED", EntryPassFormat.ID));
            sorts.add(Sort.of(TestProvider.withBrokenSignature(pass), "SIGNATURE_INVALID", EntryPassFormat.ID));
            sorts.add(Sort.of(card, "ACCEPTED", EuDccFormat.ID));
            sorts.add(Sort.of(TestCards.withBrokenSignature(card), "SIGNATURE_INVALID", EuDccFormat.ID));
        }
        sorts.add(Sort.of(KAKAO.pass(OneJudge.NOON.minusSeconds(21)), "EXPIRED", EntryPassFormat.ID));
        sorts.add(Sort.of(
                TestProvider.of("naver", KAKAO.issuer()).pass(OneJudge.NOON),
                "SIGNER_KIND_MISMATCH",
                EntryPassFormat.ID));
        sorts.add(Sort.of("KP1:%", "BASE45_INVALID", EntryPassFormat.ID));
        sorts.add(Sort.of("HC1:%", "BASE45_INVALID", HcertEnvelope.ID));
        sorts.add(new Sort(TestCards.payload("hello"), "NOT_A_CREDENTIAL", Optional.empty()));
        return sorts;
    }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted(var _) -> "ACCEPTED";
            case Verdict.Refused(var reason) -> reason.name();
            case Verdict.Indeterminate(var reason) -> "indeterminate " + reason;
        };
    }

    @Test
    void eachPayloadOfAMixedBatch_getsItsOwnVerdict() throws InterruptedException {
        List<Sort> sorts = sorts();
        Collections.shuffle(sorts, new Random(7));
        TrustSnapshot trust = TrustSnapshot.given(TrustList.of(List.of(ISSUER.signer(), KAKAO.signer())));
        List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
        KeyTableCache tables = KeyTableCache.within(TABLE_BYTES, Runnable::run, System::nanoTime, faults::add);
        Engine engine = new Engine(
                new EngineLimits(2, 32, 16, 10_000, Duration.ofSeconds(60)),
                new PolicyCatalog(List.of()),
                () -> TrustContext.trusting(trust),
                EngineObserver.NONE,
                System::nanoTime,
                UsualFormats.ALL);
        engine.start(capacity -> new TableSignatureBatch(tables, CryptoProviders.preferred(), capacity));
        List<CompletableFuture<Outcome>> ends = new ArrayList<>();
        for (int request = 0; request < 10; request++) {
            CompletableFuture<Outcome> end = new CompletableFuture<>();
            ends.add(end);
            assertThat(engine.submit(
                            sorts.stream().map(Sort::payload).toList(), Optional.empty(), OneJudge.NOON, end::complete))
                    .isEqualTo(SubmitResult.QUEUED);
        }
        for (CompletableFuture<Outcome> end : ends) {
            List<VerificationResult> results = Engines.judged(end).results();
            IntStream.range(0, sorts.size()).forEach(i -> {
                assertThat(text(results.get(i).verdict()))
                        .isEqualTo(sorts.get(i).verdict());
                assertThat(results.get(i).format()).isEqualTo(sorts.get(i).format());
            });
        }
        assertThat(engine.close(Duration.ofSeconds(20))).isTrue();
        assertThat(faults).isEmpty();
        assertThat(tables.figures().narrow() + tables.figures().wide())
                .as("keys with a table")
                .isEqualTo(2);
    }
}

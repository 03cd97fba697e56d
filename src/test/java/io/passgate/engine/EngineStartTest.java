package io.passgate.engine;

import static io.passgate.engine.Engines.judged;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.KeyTableCache;
import io.passgate.crypto.TableSignatureBatch;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.CardSpec;
import io.passgate.testing.HeardEngine;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.TrustSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The moment after a start, when no key has a table and all of the country waits. */
final class EngineStartTest {
    private static final int REQUESTS = 10;
    private static final int PAYLOADS = 1_000;

    private static List<Slice> cards(List<TestIssuer> issuers) {
        List<Slice> one = new ArrayList<>();
        for (TestIssuer issuer : issuers) {
            one.add(TestCards.payload(issuer.card(CardSpec.vaccination())));
        }
        List<Slice> all = new ArrayList<>();
        for (int i = 0; i < PAYLOADS; i++) {
            all.add(one.get(i % one.size()));
        }
        return all;
    }

    @Test
    void tenThousandPayloadsAtOnce_areAllToldOf_andEveryKeyEarnsItsTable() throws InterruptedException {
        List<TestIssuer> issuers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            issuers.add(TestIssuer.ec256("XX"));
        }
        TrustSnapshot trust = TrustSnapshot.given(TestIssuer.trusting(issuers.toArray(TestIssuer[]::new)));
        HeardEngine heard = new HeardEngine();
        Engine engine = new Engine(
                new EngineLimits(2, 256, 64, 16_384, Duration.ofSeconds(2)),
                new PolicyCatalog(List.of()),
                () -> TrustContext.trusting(trust),
                heard,
                new ManualTime(OneJudge.NOON),
                UsualFormats.ALL);
        ExecutorService builder = Executors.newSingleThreadExecutor();
        KeyTableCache tables = KeyTableCache.within(256L << 20, builder, System::nanoTime, heard::failed);
        tables.warmUp();
        engine.start(capacity -> new TableSignatureBatch(tables, CryptoProviders.preferred(), capacity));
        List<CompletableFuture<Outcome>> ends = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            CompletableFuture<Outcome> end = new CompletableFuture<>();
            assertThat(engine.submit(
                            cards(issuers),
                            Optional.empty(),
                            OneJudge.NOON,
                            outcome -> assertThat(end.complete(outcome)).isTrue()))
                    .isEqualTo(SubmitResult.QUEUED);
            ends.add(end);
        }
        for (CompletableFuture<Outcome> end : ends) {
            assertThat(judged(end).results())
                    .hasSize(PAYLOADS)
                    .allSatisfy(one -> assertThat(one.verdict()).isInstanceOf(Verdict.Accepted.class));
        }
        assertThat(engine.close(Duration.ofSeconds(60))).isTrue();
        builder.close();
        assertThat(heard.faults).isEmpty();
        assertThat(tables.decidedByTable() + tables.decidedByProvider()).isEqualTo(REQUESTS * PAYLOADS);
        assertThat(tables.figures().narrow() + tables.figures().wide()).isEqualTo(8);
    }
}

package io.passgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.VerificationKey;
import io.passgate.model.Verdict;
import io.passgate.testing.CardSpec;
import io.passgate.testing.Gate;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What payloads cost whose signer's key has no table yet. */
final class VerificationPipelineCostTest {
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");

    private static Batch judged(String... cards) {
        TrustList trust = TestIssuer.trusting(ISSUER);
        VerificationKey slowKey = trust.signers().getFirst().key();
        Gate open = new Gate();
        open.open();
        Batch batch = new Batch(cards.length);
        for (String card : cards) {
            batch.add(TestCards.payload(card), CardSpec.ISSUED_AT, Optional.empty());
        }
        new VerificationPipeline(
                        cards.length,
                        new PacedBatch(4 * cards.length, slowKey, open, open),
                        EngineObserver.NONE,
                        UsualFormats.ALL)
                .judge(batch, TrustContext.trusting(TrustSnapshot.given(trust)));
        return batch;
    }

    @Test
    void aGoodOneCostsOne_thoughItsKeyHasNoTable_andAForgedOneWhatItTook() {
        String good = ISSUER.card(CardSpec.vaccination());
        String forged =
                TestIssuer.ec256("XX").card(ISSUER.kid(), CardSpec.vaccination().cwt());
        Batch batch = judged(good, forged, "x");
        assertThat(batch.checked(0).verdict()).isInstanceOf(Verdict.Accepted.class);
        assertThat(batch.checked(1).verdict()).isInstanceOf(Verdict.Refused.class);
        assertThat(batch.cost(0)).isEqualTo(1);
        assertThat(batch.cost(1)).isEqualTo(16);
        assertThat(batch.cost(2)).isEqualTo(1);
    }
}

package io.passgate.engine;

import static io.passgate.engine.OneJudge.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Algorithm;
import io.passgate.model.Kid;
import io.passgate.model.Verdict;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.Signer;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A payload's verdict is its own: no neighbour, no order and no batch size changes it. */
final class VerificationPipelineOrderPropertiesTest {
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");
    private static final TestIssuer TWIN = TestIssuer.ec256("XX");
    private static final TrustSnapshot TRUST = trust();
    private static final Map<String, Verdict> ALONE = alone();

    private static TrustSnapshot trust() {
        List<Signer> signers = new ArrayList<>();
        signers.add(ISSUER.signer());
        Signer twin = TWIN.signer();
        signers.add(new Signer(ISSUER.kid(), twin.key(), twin.kind(), twin.usages(), twin.certificate()));
        for (Algorithm algorithm : Algorithm.values()) {
            signers.add(TestIssuer.shared(algorithm).signer());
        }
        return TrustSnapshot.given(TrustList.of(signers));
    }

    /** Cards of every sort, each with its verdict in a batch of its own. */
    private static Map<String, Verdict> alone() {
        List<String> cards = new ArrayList<>();
        Kid kid = ISSUER.kid();
        cards.add(ISSUER.card(CardSpec.vaccination()));
        cards.add(TWIN.card(kid, CardSpec.test().cwt()));
        for (Algorithm algorithm : Algorithm.values()) {
            String card = TestIssuer.shared(algorithm).card(CardSpec.recovery());
            cards.add(card);
            cards.add(TestCards.withBrokenSignature(card));
        }
        cards.add(TestIssuer.shared(Algorithm.ES384).card(kid, CardSpec.test().cwt()));
        cards.add(ISSUER.withCertificate(TestCertificate.named("XX")).card(CardSpec.vaccination()));
        cards.add(ISSUER.card(CardSpec.vaccination().issuer("YY")));
        cards.add(ISSUER.card(CardSpec.vaccination().expiresAt(NOON.minusSeconds(1))));
        cards.add("hello");
        cards.add("HC1:" + "0".repeat(4_000));
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        cards.forEach(card -> verdicts.put(card, OneJudge.of(TRUST).verdict(NOON, card)));
        return verdicts;
    }

    @Property(tries = 40)
    void anyOrderAndAnySplit_giveEachItsVerdict(@ForAll Random random, @ForAll @IntRange(min = 1, max = 17) int size) {
        assertThat(ALONE.values().stream().distinct().count()).isGreaterThanOrEqualTo(6);
        List<String> cards = new ArrayList<>(ALONE.keySet());
        cards.addAll(ALONE.keySet());
        Collections.shuffle(cards, random);
        VerificationPipeline verificationPipeline =
                new VerificationPipeline(size, OneJudge.jca(size), EngineObserver.NONE, UsualFormats.ALL);
        Batch batch = new Batch(size);
        for (int from = 0; from < cards.size(); from += size) {
            List<String> part = cards.subList(from, Math.min(cards.size(), from + size));
            batch.clear();
            part.forEach(card -> batch.add(TestCards.payload(card), NOON, Optional.empty()));
            verificationPipeline.judge(batch, TrustContext.trusting(TRUST));
            for (int i = 0; i < part.size(); i++) {
                assertThat(batch.checked(i).verdict()).isEqualTo(ALONE.get(part.get(i)));
            }
        }
    }
}

package io.passgate.engine;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.crypto.SignatureBatch;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.policy.Policy;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.Signer;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A judge with what one test lets it trust. */
public final class OneJudge {
    /** An instant at which everything the builders make is valid. */
    static final Instant NOON = Instant.parse("2021-08-01T12:00:00Z");

    private final TrustSnapshot trust;
    private final VerificationPipeline verificationPipeline;
    private Optional<Policy> policy = Optional.empty();

    OneJudge(TrustSnapshot trust, SignatureBatch signatures, int capacity) {
        this.trust = trust;
        this.verificationPipeline =
                new VerificationPipeline(capacity, signatures, EngineObserver.NONE, UsualFormats.ALL);
    }

    static SignatureBatch jca(int capacity) {
        return new JcaSignatureBatch(CryptoProviders.preferred(), VerificationPipeline.signatureCapacity(capacity));
    }

    public static OneJudge trusting(TestIssuer... issuers) {
        return of(TrustSnapshot.given(TestIssuer.trusting(issuers)));
    }

    static OneJudge trusting(Signer... signers) {
        return of(TrustSnapshot.given(TrustList.of(List.of(signers))));
    }

    static OneJudge of(TrustSnapshot trust) {
        return new OneJudge(trust, jca(8), 8);
    }

    public OneJudge by(Policy rules) {
        policy = Optional.of(rules);
        return this;
    }

    public List<VerificationResult> check(Instant at, String... cards) {
        Batch batch = new Batch(Math.max(1, cards.length));
        for (String card : cards) {
            batch.add(TestCards.payload(card), at, policy);
        }
        verificationPipeline.judge(batch, TrustContext.trusting(trust));
        List<VerificationResult> checked = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            checked.add(batch.checked(i));
        }
        return checked;
    }

    public Verdict verdict(Instant at, String card) {
        return check(at, card).getFirst().verdict();
    }

    static Verdict refused(Reason reason) {
        return new Verdict.Refused(reason);
    }

    static Verdict indeterminate(Reason reason) {
        return new Verdict.Indeterminate(reason);
    }
}

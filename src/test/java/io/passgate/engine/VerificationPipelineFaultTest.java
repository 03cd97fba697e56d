package io.passgate.engine;

import static io.passgate.engine.OneJudge.NOON;
import static io.passgate.engine.OneJudge.indeterminate;
import static io.passgate.engine.OneJudge.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.crypto.SignatureBatch;
import io.passgate.crypto.VerificationKey;
import io.passgate.model.Kid;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.Signer;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Our own faults are told as ours, and nothing of a payload stays behind. */
final class VerificationPipelineFaultTest {
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");
    private static final TestIssuer OTHER = TestIssuer.ec256("XX");

    /** Cannot tell the signatures by one key, or throws when asked to verify. */
    private static final class Failing implements SignatureBatch {
        private final SignatureBatch inner = OneJudge.jca(8);
        private final Optional<VerificationKey> failsFor;
        private final List<VerificationKey> keys = new ArrayList<>();

        private Failing(Optional<VerificationKey> failsFor) {
            this.failsFor = failsFor;
        }

        @Override
        public void clear() {
            inner.clear();
            keys.clear();
        }

        @Override
        public int add(VerificationKey key, Slice message, Slice signature) {
            keys.add(key);
            return inner.add(key, message, signature);
        }

        @Override
        public void verify() {
            if (failsFor.isEmpty()) {
                throw new IllegalStateException("the verifier is broken");
            }
            inner.verify();
        }

        @Override
        public Decision decision(int index) {
            return failsFor.equals(Optional.of(keys.get(index))) ? Decision.FAILED : inner.decision(index);
        }
    }

    private static OneJudge failingFor(TestIssuer issuer, Signer... trusted) {
        SignatureBatch signatures = new Failing(Optional.of(issuer.signer().key()));
        return new OneJudge(TrustSnapshot.given(TrustList.of(List.of(trusted))), signatures, 8);
    }

    private static Signer under(Kid kid, TestIssuer issuer) {
        Signer own = issuer.signer();
        return new Signer(kid, own.key(), own.kind(), own.usages(), own.certificate());
    }

    @Test
    void aFailedDecision_isIndeterminate_andItsNeighboursAreJudged() {
        OneJudge judge = failingFor(ISSUER, ISSUER.signer(), OTHER.signer());
        String good = OTHER.card(CardSpec.vaccination());
        List<Verdict> verdicts =
                judge
                        .check(NOON, good, ISSUER.card(CardSpec.vaccination()), TestCards.withBrokenSignature(good))
                        .stream()
                        .map(VerificationResult::verdict)
                        .toList();
        assertThat(verdicts.get(0)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdicts.get(1)).isEqualTo(indeterminate(Reason.GATEWAY_FAULT));
        assertThat(verdicts.get(2)).isEqualTo(refused(Reason.SIGNATURE_INVALID));
    }

    @Test
    void aFailedCandidate_doesNotHideTheOneThatSigned() {
        Kid kid = ISSUER.kid();
        String card = OTHER.card(kid, CardSpec.vaccination().cwt());
        assertThat(failingFor(ISSUER, under(kid, ISSUER), under(kid, OTHER)).verdict(NOON, card))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(failingFor(ISSUER, under(kid, OTHER), under(kid, ISSUER)).verdict(NOON, card))
                .isInstanceOf(Verdict.Accepted.class);
        String broken = TestCards.withBrokenSignature(card);
        assertThat(failingFor(ISSUER, under(kid, ISSUER), under(kid, OTHER)).verdict(NOON, broken))
                .isEqualTo(indeterminate(Reason.GATEWAY_FAULT));
        assertThat(failingFor(ISSUER, under(kid, OTHER), under(kid, ISSUER)).verdict(NOON, broken))
                .isEqualTo(indeterminate(Reason.GATEWAY_FAULT));
    }

    @Test
    void afterAThrowingVerifier_theJudgeHoldsNothing_andJudgesOn() throws ReflectiveOperationException {
        VerificationPipeline verificationPipeline =
                new VerificationPipeline(4, new Failing(Optional.empty()), EngineObserver.NONE, UsualFormats.ALL);
        Batch batch = new Batch(4);
        batch.add(TestCards.payload(ISSUER.card(CardSpec.vaccination())), NOON, Optional.empty());
        verificationPipeline.judge(batch, TrustContext.trusting(TrustSnapshot.given(TestIssuer.trusting(ISSUER))));
        assertThat(batch.checked(0).verdict()).isEqualTo(indeterminate(Reason.GATEWAY_FAULT));
        assertThat(held(verificationPipeline)).isEmpty();
    }

    @Test
    void afterABatchWithoutRoomForItsSignatures_theJudgeHoldsNothing() throws ReflectiveOperationException {
        VerificationPipeline verificationPipeline = new VerificationPipeline(
                2, new JcaSignatureBatch(CryptoProviders.preferred(), 1), EngineObserver.NONE, UsualFormats.ALL);
        Batch batch = new Batch(2);
        batch.add(TestCards.payload(ISSUER.card(CardSpec.vaccination())), NOON, Optional.empty());
        batch.add(TestCards.payload(ISSUER.card(CardSpec.test())), NOON, Optional.empty());
        verificationPipeline.judge(batch, TrustContext.trusting(TrustSnapshot.given(TestIssuer.trusting(ISSUER))));
        assertThat(batch.checked(1).verdict()).isEqualTo(indeterminate(Reason.GATEWAY_FAULT));
        assertThat(held(verificationPipeline)).isEmpty();
    }

    @Test
    void afterABatch_theJudgeHoldsNothing() throws ReflectiveOperationException {
        VerificationPipeline verificationPipeline =
                new VerificationPipeline(4, OneJudge.jca(4), EngineObserver.NONE, UsualFormats.ALL);
        Batch batch = new Batch(4);
        batch.add(TestCards.payload(ISSUER.card(CardSpec.vaccination())), NOON, Optional.empty());
        batch.add(TestCards.payload("hello"), NOON, Optional.empty());
        verificationPipeline.judge(batch, TrustContext.trusting(TrustSnapshot.given(TestIssuer.trusting(ISSUER))));
        assertThat(batch.checked(0).verdict()).isInstanceOf(Verdict.Accepted.class);
        assertThat(held(verificationPipeline)).isEmpty();
    }

    /** Whatever the judge's arrays of objects hold. */
    private static List<Object> held(VerificationPipeline verificationPipeline) throws ReflectiveOperationException {
        for (String array : List.of("credentials", "signers")) {
            Field field = VerificationPipeline.class.getDeclaredField(array);
            field.setAccessible(true);
            Object[] content = (Object[]) field.get(verificationPipeline);
            if (Arrays.stream(content).anyMatch(Objects::nonNull)) {
                return List.of(content);
            }
        }
        return List.of();
    }

    @Test
    void beforeJudgingAndAfterForgetting_aBatchTellsNothing() {
        Batch batch = new Batch(2);
        batch.add(TestCards.payload("hello"), NOON, Optional.empty());
        assertThat(batch.checked(0).verdict()).isEqualTo(indeterminate(Reason.GATEWAY_FAULT));
        new VerificationPipeline(2, OneJudge.jca(2), EngineObserver.NONE, UsualFormats.ALL)
                .judge(batch, TrustContext.trusting(TrustSnapshot.none()));
        assertThat(batch.checked(0).verdict()).isEqualTo(refused(Reason.NOT_A_CREDENTIAL));
        batch.forgetResults();
        assertThat(batch.checked(0).verdict()).isEqualTo(indeterminate(Reason.GATEWAY_FAULT));
    }
}

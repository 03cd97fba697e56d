package io.passgate.policy.file;

import static io.passgate.policy.Samples.JANSSEN;
import static io.passgate.policy.Samples.NAAT;
import static io.passgate.policy.Samples.NOT_DETECTED;
import static io.passgate.policy.Samples.at;
import static io.passgate.policy.Samples.dose;
import static io.passgate.policy.Samples.exemption;
import static io.passgate.policy.Samples.released;
import static io.passgate.policy.Samples.test;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.engine.Batch;
import io.passgate.engine.EngineObserver;
import io.passgate.engine.TrustContext;
import io.passgate.engine.VerificationPipeline;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Event;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.policy.Policy;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestProvider;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a door in Korea is told of a pass, from its text to the finding. */
final class ShippedKoreaPassTest {
    private static final TestProvider PASS = TestProvider.named("pass");
    private static final Policy BEFORE = ShippedPolicies.pinned("kr@2021-07-12");
    private static final Policy AFTER = ShippedPolicies.pinned("kr@2022-01-03");

    private static VerificationResult shown(Policy policy, String instant, Optional<AgeBand> ageBand, Event... events) {
        Instant at = at(instant);
        String text = PASS.pass(PASS.says(at.minusSeconds(1), List.of(events), ageBand));
        Batch batch = new Batch(1);
        batch.add(TestCards.payload(text), at, Optional.of(policy));
        new VerificationPipeline(
                        1,
                        new JcaSignatureBatch(CryptoProviders.preferred(), VerificationPipeline.signatureCapacity(1)),
                        EngineObserver.NONE,
                        UsualFormats.ALL)
                .judge(batch, TrustContext.trusting(TrustSnapshot.given(TrustList.of(List.of(PASS.signer())))));
        return batch.checked(0);
    }

    private static void assertMet(String rule, Policy policy, String instant, Event... events) {
        VerificationResult verificationResult = shown(policy, instant, Optional.empty(), events);
        assertThat(verificationResult.policyResult())
                .isInstanceOfSatisfying(
                        PolicyResult.Met.class, met -> assertThat(met.rule()).isEqualTo(rule));
        assertThat(verificationResult.verdict())
                .as("whatever the policy allows, a pass lives for seconds")
                .isEqualTo(new Verdict.Accepted(at(instant).getEpochSecond() - 1 + 20));
    }

    private static void assertLacks(Reason reason, Policy policy, String instant, Event... events) {
        VerificationResult verificationResult = shown(policy, instant, Optional.empty(), events);
        assertThat(verificationResult.policyResult()).isEqualTo(new PolicyResult.NotMet(reason));
        assertThat(verificationResult.verdict()).isEqualTo(new Verdict.Refused(reason));
        assertThat(verificationResult.credential()).isEmpty();
    }

    @Test
    void theDayBeforeTheFourteenth_theWaitIsNotOver_andOnItThePassIsComplete() {
        Event first = dose(1, 2, "2021-05-10");
        Event second = dose(2, 2, "2021-06-28");
        assertLacks(Reason.VACCINATION_WAIT_NOT_OVER, BEFORE, "2021-07-11T23:59:59+09:00", first, second);
        assertMet("vaccination_complete", BEFORE, "2021-07-12T00:00:00+09:00", first, second);
        assertLacks(Reason.VACCINATION_INCOMPLETE, BEFORE, "2021-07-12T00:00:00+09:00", first);
    }

    @Test
    void theOtherRules_areMetByAPassToo() {
        String now = "2022-01-10T12:00:00+09:00";
        assertMet("vaccination_booster", AFTER, now, dose(JANSSEN, 1, 1, "2021-07-01"), dose(2, 2, "2022-01-10"));
        assertMet("recovery", AFTER, now, released("2021-12-01", "2022-01-10"));
        assertMet("test_negative", AFTER, now, test(NAAT, "2022-01-08T09:00:00+09:00", NOT_DETECTED));
        assertMet("medical_exemption", AFTER, now, exemption("2022-01-10"));
        assertLacks(Reason.VACCINATION_OVER, AFTER, now, dose(2, 2, "2021-07-01"));
        assertThat(shown(AFTER, now, Optional.of(AgeBand.UP_TO_17), dose(2, 2, "2021-07-01"))
                        .verdict())
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aPassForEntryOnly_showsNoRecord() {
        assertLacks(Reason.NO_RECORD_SHOWN, BEFORE, "2021-07-12T00:00:00+09:00");
        assertThat(shown(AFTER, "2022-01-10T12:00:00+09:00", Optional.of(AgeBand.ADULT))
                        .policyResult())
                .isEqualTo(new PolicyResult.NotMet(Reason.NO_RECORD_SHOWN));
    }
}

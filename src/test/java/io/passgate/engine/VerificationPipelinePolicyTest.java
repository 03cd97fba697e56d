package io.passgate.engine;

import static io.passgate.engine.OneJudge.NOON;
import static io.passgate.engine.OneJudge.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.codec.CborWriter;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.policy.Policy;
import io.passgate.policy.rule.DayWindow;
import io.passgate.policy.rule.RulePolicy;
import io.passgate.policy.rule.Series;
import io.passgate.policy.rule.VaccinationRule;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a policy adds to a card that is well signed. */
final class VerificationPipelinePolicyTest {
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");

    /** A completed series counts from day 14 to {@code untilDay}, in UTC. */
    private static Policy completeUntil(OptionalInt untilDay) {
        VaccinationRule rule = new VaccinationRule(
                VaccinationRule.COMPLETE_CODE,
                new Series.ByProduct(Map.of("EU/1/20/1528", 2)),
                Series.Standing.COMPLETE,
                new DayWindow(14, untilDay),
                Optional.empty());
        return new RulePolicy("t", LocalDate.EPOCH, ZoneOffset.UTC, 4, Set.of("840539006"), List.of(rule));
    }

    private static VerificationResult judge(TestIssuer issuer, CardSpec spec, OptionalInt untilDay, Instant at) {
        return OneJudge.trusting(issuer)
                .by(completeUntil(untilDay))
                .check(at, issuer.card(spec))
                .getFirst();
    }

    private static long second(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    @Test
    void validUntil_isTheEarliestOfPolicyCardAndCertificate() {
        // Day 180 after 1 June is 28 November: before the card's end.
        VerificationResult byPolicy = judge(ISSUER, CardSpec.vaccination(), OptionalInt.of(180), NOON);
        assertThat(byPolicy.verdict()).isEqualTo(new Verdict.Accepted(second("2021-11-28T23:59:59Z")));
        assertThat(byPolicy.policyResult()).isInstanceOf(PolicyResult.Met.class);

        VerificationResult byCard = judge(ISSUER, CardSpec.vaccination(), OptionalInt.of(900), NOON);
        assertThat(byCard.verdict()).isEqualTo(new Verdict.Accepted(CardSpec.EXPIRES_AT.getEpochSecond()));
        VerificationResult withoutEnd = judge(ISSUER, CardSpec.vaccination(), OptionalInt.empty(), NOON);
        assertThat(withoutEnd.verdict()).isEqualTo(byCard.verdict());

        Instant end = Instant.parse("2021-10-01T00:00:00Z");
        TestIssuer soon = ISSUER.withCertificate(TestCertificate.named("XX").valid(TestIssuer.NOT_BEFORE, end));
        assertThat(judge(soon, CardSpec.vaccination(), OptionalInt.of(180), NOON)
                        .verdict())
                .isEqualTo(new Verdict.Accepted(end.getEpochSecond()));
    }

    @Test
    void whatThePolicyFindsLacking_isTheReason() {
        CardSpec first = CardSpec.vaccination("EU/1/20/1528", 1, 2, LocalDate.of(2021, 6, 1));
        VerificationResult verificationResult = judge(ISSUER, first, OptionalInt.empty(), NOON);
        assertThat(verificationResult.verdict()).isEqualTo(refused(Reason.VACCINATION_INCOMPLETE));
        assertThat(verificationResult.policyResult()).isEqualTo(new PolicyResult.NotMet(Reason.VACCINATION_INCOMPLETE));
        assertThat(judge(ISSUER, CardSpec.test(), OptionalInt.empty(), NOON).verdict())
                .isEqualTo(refused(Reason.EVENT_KIND_NOT_ACCEPTED));
    }

    @Test
    void thePolicyIsNotAsked_whenTheCardIsRefusedBefore() {
        VerificationResult verificationResult =
                judge(ISSUER, CardSpec.vaccination(), OptionalInt.of(14), CardSpec.EXPIRES_AT.plusNanos(1));
        assertThat(verificationResult.verdict()).isEqualTo(refused(Reason.EXPIRED));
        assertThat(verificationResult.policyResult()).isEqualTo(new PolicyResult.NotAsked());
    }

    @Test
    void unreadableClaims_matterOnlyToAPolicy() {
        byte[] doseWithoutNumbers =
                new CborWriter().array(1).map(1).text("mp").text("EU/1/20/1528").toByteArray();
        CardSpec unreadable = CardSpec.vaccination().events("v", doseWithoutNumbers);
        assertThat(judge(ISSUER, unreadable, OptionalInt.empty(), NOON).verdict())
                .isEqualTo(refused(Reason.HCERT_INVALID));
        assertThat(OneJudge.trusting(ISSUER).verdict(NOON, ISSUER.card(unreadable)))
                .isInstanceOf(Verdict.Accepted.class);
    }
}

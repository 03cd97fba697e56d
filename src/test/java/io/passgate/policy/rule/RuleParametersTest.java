package io.passgate.policy.rule;

import static io.passgate.policy.Judged.under;
import static io.passgate.policy.Samples.claims;
import static io.passgate.policy.Samples.dose;
import static io.passgate.policy.Samples.recovered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.passgate.model.Reason;
import io.passgate.policy.Samples;
import io.passgate.policy.rule.AgeLimit.CountedBy;
import io.passgate.policy.rule.RecoveryRule.IssuerDates;
import io.passgate.policy.rule.TestRule.End;
import io.passgate.policy.rule.TestRule.Validity;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What parameters a rule takes, to the last one, and what its results are named by. */
final class RuleParametersTest {
    private static final Series SERIES = new Series.ByProduct(Map.of(Samples.COMIRNATY, 2));
    private static final DayWindow FROM_DAY_0 = new DayWindow(0, OptionalInt.of(180));

    private static void takes(Runnable made) {
        assertThatCode(made::run).doesNotThrowAnyException();
    }

    private static void refuses(Runnable made) {
        assertThatIllegalArgumentException().isThrownBy(made::run);
    }

    private static Rule both(int leastDose, RecoveryDay... releaseFrom) {
        return new VaccinationAndRecoveryRule(SERIES, leastDose, FROM_DAY_0, FROM_DAY_0, List.of(releaseFrom));
    }

    @Test
    void theEndsOfEachRange_areInIt() {
        takes(() -> new AgeLimit(0, CountedBy.BIRTHDAY));
        takes(() -> new AgeLimit(150, CountedBy.BIRTHDAY));
        refuses(() -> new AgeLimit(-1, CountedBy.BIRTHDAY));
        refuses(() -> new AgeLimit(151, CountedBy.BIRTHDAY));
        takes(() -> new Validity(1, End.EXACT));
        refuses(() -> new Validity(0, End.EXACT));
        takes(() -> new Series.ByIssuer(Set.of(), 1));
        refuses(() -> new Series.ByIssuer(Set.of(), 0));
        takes(() -> new Series.ByProduct(Map.of("x", 1)));
        refuses(() -> new Series.ByProduct(Map.of("x", 0)));
        takes(() -> both(1, RecoveryDay.RELEASED_ON));
        refuses(() -> both(0, RecoveryDay.RELEASED_ON));
        refuses(() -> both(1));
        takes(() -> new DayWindow(0, OptionalInt.of(0)));
        refuses(() -> new DayWindow(-1, OptionalInt.empty()));
        refuses(() -> new DayWindow(2, OptionalInt.of(1)));
    }

    @Test
    void eachRule_hasItsCode() {
        Rule recovery = new RecoveryRule(List.of(RecoveryDay.RELEASED_ON), FROM_DAY_0, IssuerDates.IGNORE);
        Rule test = new TestRule(Set.of("negative"), Map.of("x", new Validity(1, End.EXACT)));
        assertThat(List.of(
                        new AgeRule(new AgeLimit(17, CountedBy.BIRTH_YEAR)),
                        new ExemptionRule(),
                        recovery,
                        test,
                        both(2, RecoveryDay.RELEASED_ON)))
                .extracting(Rule::code)
                .containsExactly(
                        "under_age_exempt",
                        "medical_exemption",
                        "recovery",
                        "test_negative",
                        "vaccination_and_recovery");
    }

    @Test
    void aRecoveryAfterTheDose_withoutADayThatTellsTheRelease_lacksThatDay() {
        RulePolicy policy = new RulePolicy(
                "kr",
                LocalDate.parse("2022-01-03"),
                ZoneId.of("Asia/Seoul"),
                8,
                Set.of(Samples.COVID_19),
                List.of(both(2, RecoveryDay.RELEASED_ON)));
        under(policy, claims(dose(2, 2, "2022-01-10"), recovered("2022-01-20")))
                .lacks("2022-02-01T00:00:00+09:00", Reason.RECOVERY_DAY_NOT_SHOWN);
        under(policy, claims(dose(2, 2, "2022-01-20"), recovered("2022-01-20")))
                .isMetUntil("2022-02-01T00:00:00+09:00", "vaccination_and_recovery", "2022-07-19T23:59:59+09:00");
    }

    @Test
    void onTheDayOfTheDoseOrTheInfection_bothCount_andTheDayBeforeTheyDoNot() {
        RulePolicy policy = new RulePolicy(
                "kr",
                LocalDate.parse("2022-01-03"),
                ZoneId.of("Asia/Seoul"),
                8,
                Set.of(Samples.COVID_19),
                List.of(both(2, RecoveryDay.FIRST_POSITIVE_ON)));
        under(policy, claims(dose(2, 2, "2022-01-20"), recovered("2022-01-10")))
                .lacks("2022-01-19T23:59:59+09:00", Reason.EVENT_KIND_NOT_ACCEPTED)
                .isMetUntil("2022-01-20T00:00:00+09:00", "vaccination_and_recovery", "2022-07-19T23:59:59+09:00");
        under(policy, claims(dose(2, 2, "2022-01-10"), recovered("2022-01-20")))
                .lacks("2022-01-19T23:59:59+09:00", Reason.EVENT_KIND_NOT_ACCEPTED)
                .isMetUntil("2022-01-20T00:00:00+09:00", "vaccination_and_recovery", "2022-07-19T23:59:59+09:00");
    }
}

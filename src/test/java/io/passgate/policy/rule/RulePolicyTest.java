package io.passgate.policy.rule;

import static io.passgate.policy.Judged.under;
import static io.passgate.policy.Samples.COMIRNATY;
import static io.passgate.policy.Samples.JANSSEN;
import static io.passgate.policy.Samples.NAAT;
import static io.passgate.policy.Samples.NOT_DETECTED;
import static io.passgate.policy.Samples.band;
import static io.passgate.policy.Samples.born;
import static io.passgate.policy.Samples.claims;
import static io.passgate.policy.Samples.dose;
import static io.passgate.policy.Samples.exemption;
import static io.passgate.policy.Samples.recovered;
import static io.passgate.policy.Samples.released;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.model.Age.AgeBand;
import io.passgate.model.Event;
import io.passgate.model.Reason;
import io.passgate.policy.Samples;
import io.passgate.policy.rule.AgeLimit.CountedBy;
import io.passgate.policy.rule.RecoveryRule.IssuerDates;
import io.passgate.policy.rule.Series.Standing;
import io.passgate.policy.rule.TestRule.End;
import io.passgate.policy.rule.TestRule.Validity;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What rules do under parameters that no shipped policy has, and how a policy chooses between findings. */
final class RulePolicyTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Series TWO_OR_ONE = new Series.ByProduct(Map.of(COMIRNATY, 2, JANSSEN, 1));
    private static final Rule COMPLETE = new VaccinationRule(
            VaccinationRule.COMPLETE_CODE,
            TWO_OR_ONE,
            Standing.COMPLETE,
            new DayWindow(14, OptionalInt.of(180)),
            Optional.empty());

    private static RulePolicy policy(Rule... rules) {
        return new RulePolicy("kr", LocalDate.parse("2022-01-03"), SEOUL, 8, Set.of(Samples.COVID_19), List.of(rules));
    }

    @Test
    void ofSeveralEnds_theLatestIsFound() {
        Rule recovery = new RecoveryRule(
                List.of(RecoveryDay.RELEASED_ON), new DayWindow(0, OptionalInt.of(180)), IssuerDates.IGNORE);
        Event dose = dose(2, 2, "2022-01-01");
        Event earlier = released("2021-12-01", "2021-12-11");
        Event later = released("2022-01-01", "2022-01-11");
        under(policy(COMPLETE, recovery), claims(earlier, dose))
                .isMetUntil("2022-02-01T00:00:00+09:00", "vaccination_complete", "2022-06-30T23:59:59+09:00");
        under(policy(COMPLETE, recovery), claims(dose, later, earlier))
                .isMetUntil("2022-02-01T00:00:00+09:00", "recovery", "2022-07-10T23:59:59+09:00");
    }

    @Test
    void noEndBeatsAnyEnd_andOfEqualOnesTheFirstRuleIsFound() {
        Event dose = dose(2, 2, "2022-01-01");
        under(policy(COMPLETE, new ExemptionRule()), claims(dose, exemption("9999-12-31"), exemption()))
                .isMetWithoutEnd("2022-02-01T00:00:00+09:00", "medical_exemption");
        Rule age = new AgeRule(new AgeLimit(18, CountedBy.BIRTH_YEAR));
        under(policy(age, new ExemptionRule()), claims(band(AgeBand.EIGHTEEN), exemption()))
                .isMetWithoutEnd("2022-02-01T00:00:00+09:00", "under_age_exempt");
        under(policy(new ExemptionRule(), age), claims(band(AgeBand.EIGHTEEN), exemption()))
                .isMetWithoutEnd("2022-02-01T00:00:00+09:00", "medical_exemption");
    }

    @Test
    void whetherThe14thDayCounts_isAParameter() {
        Rule from15 = new VaccinationRule(
                VaccinationRule.COMPLETE_CODE,
                TWO_OR_ONE,
                Standing.COMPLETE,
                new DayWindow(15, OptionalInt.of(180)),
                Optional.empty());
        under(policy(from15), claims(dose(2, 2, "2022-01-01")))
                .isMetExactly(
                        "vaccination_complete",
                        "2022-01-16T00:00:00+09:00",
                        "2022-06-30T23:59:59+09:00",
                        Reason.VACCINATION_WAIT_NOT_OVER,
                        Reason.VACCINATION_OVER);
    }

    @Test
    void anAgeUpToWhichThereIsNoEnd_leavesTheWaitAsItIs() {
        Rule rule = new VaccinationRule(
                VaccinationRule.COMPLETE_CODE,
                TWO_OR_ONE,
                Standing.COMPLETE,
                new DayWindow(14, OptionalInt.of(180)),
                Optional.of(new AgeLimit(17, CountedBy.BIRTH_YEAR)));
        Event dose = dose(2, 2, "2022-01-01");
        under(policy(rule), claims(band(AgeBand.UP_TO_17), dose))
                .isMetFrom("vaccination_complete", "2022-01-15T00:00:00+09:00", Reason.VACCINATION_WAIT_NOT_OVER);
        under(policy(rule), claims(band(AgeBand.EIGHTEEN), dose))
                .lacks("2022-07-01T00:00:00+09:00", Reason.VACCINATION_OVER);
        // A birth year tells when the holder turns 18: then the 180 days count again.
        under(policy(rule), claims(born(2005), dose))
                .isMetExactly(
                        "vaccination_complete",
                        "2022-01-15T00:00:00+09:00",
                        "2022-12-31T23:59:59+09:00",
                        Reason.VACCINATION_WAIT_NOT_OVER,
                        Reason.VACCINATION_OVER);
        under(policy(rule), claims(born(2004), dose))
                .isMetUntil("2022-06-30T23:59:59+09:00", "vaccination_complete", "2022-06-30T23:59:59+09:00")
                .lacks("2022-07-01T00:00:00+09:00", Reason.VACCINATION_OVER);
    }

    @Test
    void withoutABoosterRule_aThirdDoseStillShowsACompletedSeries() {
        under(policy(COMPLETE), claims(dose(3, 3, "2022-01-01")))
                .lacks("2022-01-14T23:59:59+09:00", Reason.VACCINATION_WAIT_NOT_OVER)
                .isMetUntil("2022-01-15T00:00:00+09:00", "vaccination_complete", "2022-06-30T23:59:59+09:00");
    }

    @Test
    void aDoseBefore_makesABoosterOnlyIfItCompletedASeries() {
        Rule booster = new VaccinationRule(
                VaccinationRule.BOOSTER_CODE,
                TWO_OR_ONE,
                Standing.BOOSTED,
                new DayWindow(0, OptionalInt.empty()),
                Optional.empty());
        Event second = dose(2, 2, "2022-01-01");
        String now = "2022-01-01T00:00:00+09:00";
        under(policy(booster), claims(dose(JANSSEN, 1, 1, "2022-01-01"), second))
                .isMetWithoutEnd(now, "vaccination_booster");
        under(policy(booster), claims(dose(1, 2, "2021-07-01"), second)).lacks(now, Reason.VACCINATION_INCOMPLETE);
        under(policy(booster), claims(dose("CVnCoV", 1, 1, "2021-07-01"), second))
                .lacks(now, Reason.VACCINATION_INCOMPLETE);
        under(policy(booster), claims(second, dose(JANSSEN, 1, 1, "2022-01-02")))
                .lacks(now, Reason.VACCINATION_INCOMPLETE);
    }

    @Test
    void aDoseBeforeOfAProductNotAccepted_makesNoBooster() {
        Rule booster = new VaccinationRule(
                VaccinationRule.BOOSTER_CODE,
                new Series.ByIssuer(Set.of(COMIRNATY), 2),
                Standing.BOOSTED,
                new DayWindow(0, OptionalInt.empty()),
                Optional.empty());
        under(policy(booster), claims(dose(JANSSEN, 1, 1, "2021-07-01"), dose(2, 2, "2022-01-01")))
                .lacks("2022-02-01T00:00:00+09:00", Reason.VACCINATION_INCOMPLETE);
        under(policy(booster), claims(dose(1, 1, "2021-07-01"), dose(2, 2, "2022-01-01")))
                .isMetWithoutEnd("2022-02-01T00:00:00+09:00", "vaccination_booster");
    }

    @Test
    void issuerDates_canBeIgnored() {
        Rule rule = new RecoveryRule(
                List.of(RecoveryDay.FIRST_POSITIVE_ON), new DayWindow(11, OptionalInt.of(180)), IssuerDates.IGNORE);
        under(policy(rule), claims(recovered("2022-02-01", "2022-02-15", "2022-05-01")))
                .isMetExactly(
                        "recovery",
                        "2022-02-12T00:00:00+09:00",
                        "2022-07-31T23:59:59+09:00",
                        Reason.RECOVERY_WAIT_NOT_OVER,
                        Reason.RECOVERY_OVER);
    }

    @Test
    void aRecoveryInTheFuture_lacksNothingButTime() {
        Rule rule = new RecoveryRule(
                List.of(RecoveryDay.FIRST_POSITIVE_ON), new DayWindow(0, OptionalInt.of(180)), IssuerDates.IGNORE);
        under(policy(rule), claims(recovered("2022-02-01")))
                .isMetExactly(
                        "recovery",
                        "2022-02-01T00:00:00+09:00",
                        "2022-07-31T23:59:59+09:00",
                        Reason.EVENT_IN_FUTURE,
                        Reason.RECOVERY_OVER);
    }

    @Test
    void eventsAboutAnotherDisease_areAsGoodAsNotShown() {
        Event other = new Event.Exemption("61462000", Optional.empty());
        under(policy(new ExemptionRule()), claims(other, exemption()))
                .isMetWithoutEnd("2022-02-01T00:00:00+09:00", "medical_exemption");
        under(policy(COMPLETE), claims(other, dose(1, 2, "2022-01-01")))
                .lacks("2022-02-01T00:00:00+09:00", Reason.VACCINATION_INCOMPLETE);
    }

    @Test
    void fractionsOfASecond_belongToTheirSecond() {
        Rule naat = new TestRule(Set.of(NOT_DETECTED), Map.of(NAAT, new Validity(72, End.EXACT)));
        under(policy(naat), claims(Samples.test(NAAT, "2022-02-10T10:00:00.9Z", NOT_DETECTED)))
                .isMetUntil("2022-02-10T10:00:00.1Z", "test_negative", "2022-02-13T10:00:00Z")
                .isMetUntil("2022-02-13T10:00:00.999999999Z", "test_negative", "2022-02-13T10:00:00Z")
                .lacks("2022-02-13T10:00:01Z", Reason.TEST_TOO_OLD);
        under(policy(COMPLETE), claims(dose(2, 2, "2021-07-10")))
                .isMetUntil("2022-01-06T23:59:59.999999999+09:00", "vaccination_complete", "2022-01-06T23:59:59+09:00")
                .lacks("2022-01-07T00:00:00+09:00", Reason.VACCINATION_OVER);
    }

    @Test
    void aBirthYearInTheFuture_isNoAge() {
        Rule age = new AgeRule(new AgeLimit(18, CountedBy.BIRTH_YEAR));
        under(policy(age), claims(born(2023))).lacks("2022-12-31T23:59:59+09:00", Reason.NO_RECORD_SHOWN);
        under(policy(age), claims(born(2022)))
                .isMetUntil("2022-01-01T00:00:00+09:00", "under_age_exempt", "2040-12-31T23:59:59+09:00");
    }

    @Test
    void parametersOutOfRange_cannotBeBuilt() {
        assertThatThrownBy(() -> new DayWindow(-1, OptionalInt.empty())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DayWindow(14, OptionalInt.of(13))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AgeLimit(-1, CountedBy.BIRTHDAY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Validity(0, End.EXACT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Series.ByProduct(Map.of(COMIRNATY, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Series.ByIssuer(Set.of(COMIRNATY), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(RulePolicyTest::policy).isInstanceOf(IllegalArgumentException.class);
    }
}

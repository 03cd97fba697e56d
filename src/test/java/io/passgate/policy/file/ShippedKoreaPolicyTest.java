package io.passgate.policy.file;

import static io.passgate.policy.Judged.under;
import static io.passgate.policy.Samples.COMIRNATY;
import static io.passgate.policy.Samples.DETECTED;
import static io.passgate.policy.Samples.JANSSEN;
import static io.passgate.policy.Samples.NAAT;
import static io.passgate.policy.Samples.NOT_DETECTED;
import static io.passgate.policy.Samples.RAT;
import static io.passgate.policy.Samples.at;
import static io.passgate.policy.Samples.band;
import static io.passgate.policy.Samples.born;
import static io.passgate.policy.Samples.claims;
import static io.passgate.policy.Samples.dose;
import static io.passgate.policy.Samples.exemption;
import static io.passgate.policy.Samples.recovered;
import static io.passgate.policy.Samples.released;
import static io.passgate.policy.Samples.test;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Age.AgeBand;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.Reason;
import io.passgate.policy.Policy;
import io.passgate.policy.PolicyCatalog;
import io.passgate.policy.rule.Rule;
import io.passgate.policy.rule.RulePolicy;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Korea's published numbers, to the second, as the shipped files hold them. */
final class ShippedKoreaPolicyTest {
    private final PolicyCatalog catalog = ShippedPolicies.catalog();
    private final RulePolicy before = ShippedPolicies.pinned("kr@2021-07-12");
    private final RulePolicy after = ShippedPolicies.pinned("kr@2022-01-03");

    @Test
    void theSecondVersionBeginsAtMidnightInSeoul() {
        assertThat(catalog.find("kr", at("2022-01-02T23:59:59+09:00"))).contains(before);
        assertThat(catalog.find("kr", at("2022-01-03T00:00:00+09:00"))).contains(after);
    }

    @Test
    void theVersionsDifferInTheCompletedSeriesOnly() {
        assertThat(others(before)).hasSize(6).isEqualTo(others(after));
        assertThat(before.rules()).isNotEqualTo(after.rules());
        assertThat(before.zone()).isEqualTo(after.zone());
        assertThat(before.maxEvents()).isEqualTo(after.maxEvents());
        assertThat(before.targets()).isEqualTo(after.targets());
    }

    private static List<Rule> others(RulePolicy policy) {
        return policy.rules().stream()
                .filter(rule -> !rule.code().equals("vaccination_complete"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"EU/1/20/1528,2", "EU/1/20/1507,2", "EU/1/21/1529,2", "EU/1/20/1525,1", "EU/1/21/1618,2"})
    void theProductsGivenInKorea_areAcceptedAfterTheirPrimarySeries(String product, int primaryDoses) {
        String now = "2021-12-15T00:00:00+09:00";
        for (int dose = 1; dose < primaryDoses; dose++) {
            under(after, claims(dose(product, dose, 2, "2021-12-01"))).lacks(now, Reason.VACCINATION_INCOMPLETE);
        }
        under(after, claims(dose(product, primaryDoses, 2, "2021-12-01")))
                .isMetUntil(now, "vaccination_complete", "2022-05-30T23:59:59+09:00");
        under(after, claims(dose(product, primaryDoses + 1, 2, "2021-12-01")))
                .isMetWithoutEnd(now, "vaccination_booster");
    }

    @Test
    void completedOn10July2021_isAcceptedUntil24hOf6January2022() {
        under(after, claims(dose(1, 2, "2021-06-19"), dose(2, 2, "2021-07-10")))
                .isMetExactly(
                        "vaccination_complete",
                        "2021-07-24T00:00:00+09:00",
                        "2022-01-06T23:59:59+09:00",
                        Reason.VACCINATION_WAIT_NOT_OVER,
                        Reason.VACCINATION_OVER);
    }

    @Test
    void on3January2022_dosesUpTo6July2021AreOver() {
        under(after, claims(dose(2, 2, "2021-07-06")))
                .lacks("2022-01-03T00:00:00+09:00", Reason.VACCINATION_OVER)
                .isMetUntil("2022-01-02T23:59:59+09:00", "vaccination_complete", "2022-01-02T23:59:59+09:00");
        under(after, claims(dose(2, 2, "2021-07-07")))
                .isMetUntil("2022-01-03T00:00:00+09:00", "vaccination_complete", "2022-01-03T23:59:59+09:00");
    }

    @Test
    void until2January2022_aCompletedSeriesCountsFromThe14thDayWithoutEnd() {
        under(before, claims(dose(1, 2, "2021-05-01"), dose(2, 2, "2021-06-28")))
                .isMetFrom("vaccination_complete", "2021-07-12T00:00:00+09:00", Reason.VACCINATION_WAIT_NOT_OVER);
    }

    @Test
    void oneDoseOfJanssenIsComplete_oneOfATwoDoseSeriesIsNot() {
        under(after, claims(dose(JANSSEN, 1, 1, "2021-12-01")))
                .isMetUntil("2021-12-15T00:00:00+09:00", "vaccination_complete", "2022-05-30T23:59:59+09:00");
        under(after, claims(dose(1, 2, "2021-12-01")))
                .lacks("2021-12-15T00:00:00+09:00", Reason.VACCINATION_INCOMPLETE);
    }

    @Test
    void theTotalWrittenByTheIssuerDoesNotMatter() {
        under(after, claims(dose(1, 1, "2021-12-01")))
                .lacks("2021-12-15T00:00:00+09:00", Reason.VACCINATION_INCOMPLETE);
        under(after, claims(dose(2, 3, "2021-12-01")))
                .isMetUntil("2021-12-15T00:00:00+09:00", "vaccination_complete", "2022-05-30T23:59:59+09:00");
    }

    @Test
    void aBoosterCountsTheSameDayWithoutEnd() {
        under(after, claims(dose(3, 3, "2022-01-10")))
                .isMetFrom("vaccination_booster", "2022-01-10T00:00:00+09:00", Reason.EVENT_IN_FUTURE);
        under(after, claims(dose(JANSSEN, 2, 2, "2022-01-10")))
                .isMetFrom("vaccination_booster", "2022-01-10T00:00:00+09:00", Reason.EVENT_IN_FUTURE);
        under(before, claims(dose(3, 2, "2021-12-10")))
                .isMetFrom("vaccination_booster", "2021-12-10T00:00:00+09:00", Reason.EVENT_IN_FUTURE);
    }

    @Test
    void aSecondDoseOfAnotherProductAfterOneOfJanssenIsABooster() {
        under(after, claims(dose(JANSSEN, 1, 1, "2021-07-01"), dose(COMIRNATY, 2, 2, "2022-01-10")))
                .isMetFrom("vaccination_booster", "2022-01-10T00:00:00+09:00", Reason.EVENT_IN_FUTURE);
        under(after, claims(dose(COMIRNATY, 2, 2, "2022-01-10")))
                .lacks("2022-01-10T00:00:00+09:00", Reason.VACCINATION_WAIT_NOT_OVER);
    }

    @Test
    void infectedAfterTwoDoses_countsFromReleaseWithoutEnd() {
        under(after, claims(dose(1, 2, "2021-06-01"), dose(2, 2, "2021-07-01"), released("2022-01-10", "2022-01-20")))
                .isMetFrom("vaccination_and_recovery", "2022-01-20T00:00:00+09:00", Reason.RECOVERY_WAIT_NOT_OVER);
        under(after, claims(dose(2, 2, "2022-01-09"), released("2022-01-10", "2022-01-20")))
                .isMetWithoutEnd("2022-01-20T00:00:00+09:00", "vaccination_and_recovery");
    }

    @Test
    void infectedBeforeTheSecondDose_countsFromThe14thDayWithoutEnd() {
        Event longAgo = released("2020-12-01", "2020-12-11");
        under(after, claims(longAgo, dose(1, 2, "2021-12-01"), dose(2, 2, "2022-01-01")))
                .isMetFrom("vaccination_and_recovery", "2022-01-15T00:00:00+09:00", Reason.VACCINATION_WAIT_NOT_OVER);
    }

    @Test
    void infectedOnTheDayOfTheSecondDose_isInfectedBefore() {
        under(after, claims(dose(2, 2, "2022-01-01"), recovered("2022-01-01")))
                .isMetFrom("vaccination_and_recovery", "2022-01-15T00:00:00+09:00", Reason.VACCINATION_WAIT_NOT_OVER);
    }

    @Test
    void infectionOrDoseInTheFuture_isNoInfectionPlusTwoDoses() {
        under(after, claims(dose(2, 2, "2022-01-11"), recovered("2021-01-01")))
                .lacks("2022-01-10T23:59:59+09:00", Reason.EVENT_IN_FUTURE);
        under(after, claims(dose(2, 2, "2021-06-01"), released("2022-01-11", "2022-01-01")))
                .lacks("2022-01-10T23:59:59+09:00", Reason.EVENT_IN_FUTURE);
    }

    @Test
    void infectionPlusOneDoseOfJanssen_isNotInfectionPlusTwoDoses() {
        under(after, claims(dose(JANSSEN, 1, 1, "2021-09-01"), released("2021-08-01", "2021-08-11")))
                .isMetUntil("2022-01-10T12:00:00+09:00", "vaccination_complete", "2022-02-28T23:59:59+09:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kr@2021-07-12", "kr@2022-01-03"})
    void recoveredWithoutACompletedSeries_counts180DaysFromRelease(String id) {
        Policy policy = ShippedPolicies.pinned(id);
        Event recovery = released("2022-01-01", "2022-01-11");
        Claims partly = claims(dose(1, 2, "2021-12-01"), recovery);
        under(policy, claims(recovery))
                .isMetExactly(
                        "recovery",
                        "2022-01-11T00:00:00+09:00",
                        "2022-07-10T23:59:59+09:00",
                        Reason.RECOVERY_WAIT_NOT_OVER,
                        Reason.RECOVERY_OVER);
        under(policy, partly)
                .isMetExactly(
                        "recovery",
                        "2022-01-11T00:00:00+09:00",
                        "2022-07-10T23:59:59+09:00",
                        Reason.RECOVERY_WAIT_NOT_OVER,
                        Reason.RECOVERY_OVER);
    }

    @Test
    void aDccsValidFromStandsInForTheReleaseItCannotCarry() {
        under(after, claims(recovered("2022-01-01", "2022-01-12", "2022-06-30")))
                .isMetExactly(
                        "recovery",
                        "2022-01-12T00:00:00+09:00",
                        "2022-06-30T23:59:59+09:00",
                        Reason.RECOVERY_WAIT_NOT_OVER,
                        Reason.RECOVERY_OVER);
        under(after, claims(recovered("2022-01-01"))).lacks("2022-01-12T00:00:00+09:00", Reason.RECOVERY_DAY_NOT_SHOWN);
        under(after, claims(dose(2, 2, "2021-06-01"), recovered("2022-01-01", "2022-01-12", "2022-06-30")))
                .isMetWithoutEnd("2022-01-12T00:00:00+09:00", "vaccination_and_recovery");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2022-01-10T00:00:00+09:00", "2022-01-10T09:00:00+09:00", "2022-01-10T23:59:59+09:00"})
    void aNegativePcrTest_countsUntil24hOfTheDayOnWhich48HoursEnd(String sampled) {
        under(after, claims(test(NAAT, sampled, NOT_DETECTED)))
                .isMetExactly(
                        "test_negative",
                        sampled,
                        "2022-01-12T23:59:59+09:00",
                        Reason.EVENT_IN_FUTURE,
                        Reason.TEST_TOO_OLD);
    }

    @Test
    void aPcrTestOfTheDayBefore_endsADayEarlier() {
        under(before, claims(test(NAAT, "2022-01-09T23:59:59+09:00", NOT_DETECTED)))
                .isMetUntil("2022-01-10T00:00:00+09:00", "test_negative", "2022-01-11T23:59:59+09:00");
    }

    @Test
    void otherTestsAndResultsAreNotAccepted() {
        under(after, claims(test(RAT, "2022-01-10T09:00:00+09:00", NOT_DETECTED)))
                .lacks("2022-01-10T10:00:00+09:00", Reason.TEST_TYPE_NOT_ACCEPTED);
        under(after, claims(test(NAAT, "2022-01-10T09:00:00+09:00", DETECTED)))
                .lacks("2022-01-10T10:00:00+09:00", Reason.TEST_RESULT_NOT_ACCEPTED);
    }

    @Test
    void at17OrYounger_aCompletedSeriesHasNoEnd() {
        Event over = dose(2, 2, "2021-07-01");
        under(after, claims(band(AgeBand.UP_TO_17), over))
                .isMetWithoutEnd("2022-01-10T00:00:00+09:00", "vaccination_complete");
        under(after, claims(band(AgeBand.EIGHTEEN), over))
                .isMetWithoutEnd("2022-01-10T00:00:00+09:00", "under_age_exempt");
        under(after, claims(band(AgeBand.ADULT), over)).lacks("2022-01-10T00:00:00+09:00", Reason.VACCINATION_OVER);
    }

    @Test
    void at18OrYoungerByBirthYear_thePassIsExempt() {
        under(after, claims(born(2004, 2, 29)))
                .isMetUntil("2022-01-03T00:00:00+09:00", "under_age_exempt", "2022-12-31T23:59:59+09:00")
                .isMetUntil("2022-12-31T23:59:59+09:00", "under_age_exempt", "2022-12-31T23:59:59+09:00")
                .lacks("2023-01-01T00:00:00+09:00", Reason.NO_RECORD_SHOWN);
        under(after, claims(born(2003))).lacks("2022-01-03T00:00:00+09:00", Reason.NO_RECORD_SHOWN);
        under(before, claims(born(2003)))
                .isMetUntil("2021-12-31T23:59:59+09:00", "under_age_exempt", "2021-12-31T23:59:59+09:00");
        under(before, claims(born(2002))).lacks("2021-12-31T23:59:59+09:00", Reason.NO_RECORD_SHOWN);
    }

    @Test
    void aPassForEntryOnlyShowsNoRecord() {
        under(after, claims()).lacks("2022-01-10T00:00:00+09:00", Reason.NO_RECORD_SHOWN);
        under(after, claims(band(AgeBand.ADULT))).lacks("2022-01-10T00:00:00+09:00", Reason.NO_RECORD_SHOWN);
    }

    @Test
    void aMedicalExemptionIsAcceptedThroughItsLastDay() {
        under(after, claims(exemption())).isMetWithoutEnd("2022-01-10T00:00:00+09:00", "medical_exemption");
        under(before, claims(exemption("2022-01-31")))
                .isMetUntil("2022-01-31T23:59:59+09:00", "medical_exemption", "2022-01-31T23:59:59+09:00")
                .lacks("2022-02-01T00:00:00+09:00", Reason.EXEMPTION_OVER);
    }

    @Test
    void sixteenEventsAreJudged_seventeenAreNot() {
        Event booster = dose(3, 3, "2022-01-01");
        under(after, claims(Collections.nCopies(16, booster).toArray(Event[]::new)))
                .isMetWithoutEnd("2022-01-10T00:00:00+09:00", "vaccination_booster");
        under(after, claims(Collections.nCopies(17, booster).toArray(Event[]::new)))
                .lacks("2022-01-10T00:00:00+09:00", Reason.TOO_MANY_EVENTS);
    }
}

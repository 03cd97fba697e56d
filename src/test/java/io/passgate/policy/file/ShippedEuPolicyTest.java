package io.passgate.policy.file;

import static io.passgate.policy.Judged.under;
import static io.passgate.policy.Samples.COMIRNATY;
import static io.passgate.policy.Samples.DETECTED;
import static io.passgate.policy.Samples.JANSSEN;
import static io.passgate.policy.Samples.NAAT;
import static io.passgate.policy.Samples.NOT_DETECTED;
import static io.passgate.policy.Samples.RAT;
import static io.passgate.policy.Samples.born;
import static io.passgate.policy.Samples.claims;
import static io.passgate.policy.Samples.dose;
import static io.passgate.policy.Samples.exemption;
import static io.passgate.policy.Samples.recovered;
import static io.passgate.policy.Samples.test;

import io.passgate.model.Age;
import io.passgate.model.Event;
import io.passgate.model.Reason;
import io.passgate.policy.Policy;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of the EU's acts, to the second, as the shipped file holds them. */
final class ShippedEuPolicyTest {
    private final Policy eu = ShippedPolicies.pinned("eu@2022-02-01");

    @ParameterizedTest
    @CsvSource({COMIRNATY + ",2,2", JANSSEN + ",1,1", JANSSEN + ",2,2", COMIRNATY + ",1,1"})
    void aCompletedSeries_countsFromDay14ToDay270(String product, int dose, int of) {
        under(eu, claims(dose(product, dose, of, "2022-01-01")))
                .isMetExactly(
                        "vaccination_complete",
                        "2022-01-15T00:00:00Z",
                        "2022-09-28T23:59:59Z",
                        Reason.VACCINATION_WAIT_NOT_OVER,
                        Reason.VACCINATION_OVER);
    }

    @Test
    void aCompletedSeries_endsAtAnyAge() {
        under(eu, claims(born(2009), dose(2, 2, "2022-01-01"))).lacks("2022-09-29T00:00:00Z", Reason.VACCINATION_OVER);
    }

    @ParameterizedTest
    @CsvSource({"3,3", "2,1", "3,2", "4,3", "4,4", "9,9"})
    void aBooster_hasNoWaitAndNoEnd(int dose, int of) {
        under(eu, claims(dose(dose, of, "2022-02-10")))
                .isMetFrom("vaccination_booster", "2022-02-10T00:00:00Z", Reason.EVENT_IN_FUTURE);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,3", "1,3", "3,4"})
    void fewerDosesThanTheIssuersTotal_areIncomplete(int dose, int of) {
        under(eu, claims(dose(dose, of, "2022-01-01"))).lacks("2022-02-10T00:00:00Z", Reason.VACCINATION_INCOMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EU/1/20/1528", "EU/1/20/1507", "EU/1/21/1529", "EU/1/20/1525",
                "EU/1/21/1618", "EU/1/21/1624", "EU/1/21/1580", "EU/1/22/1709"
            })
    void everyProductAuthorisedInTheUnion_isAccepted(String product) {
        under(eu, claims(dose(product, 3, 3, "2022-02-10")))
                .isMetWithoutEnd("2022-02-10T00:00:00Z", "vaccination_booster");
    }

    @Test
    void aProductThatIsNotListed_isNotAccepted() {
        under(eu, claims(dose("Sputnik-V", 2, 2, "2022-01-01")))
                .lacks("2022-02-10T00:00:00Z", Reason.PRODUCT_NOT_ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({NAAT + ",2022-02-13T10:20:30Z", RAT + ",2022-02-11T10:20:30Z"})
    void aNegativeTest_counts72HoursAsNaatAnd24AsRat(String type, String last) {
        under(eu, claims(test(type, "2022-02-10T10:20:30Z", NOT_DETECTED)))
                .isMetExactly(
                        "test_negative", "2022-02-10T10:20:30Z", last, Reason.EVENT_IN_FUTURE, Reason.TEST_TOO_OLD);
    }

    @Test
    void anyOtherResult_isNotAccepted() {
        under(eu, claims(test(NAAT, "2022-02-10T10:00:00Z", DETECTED)))
                .lacks("2022-02-10T11:00:00Z", Reason.TEST_RESULT_NOT_ACCEPTED)
                .lacks("2022-03-10T11:00:00Z", Reason.TEST_RESULT_NOT_ACCEPTED);
        under(eu, claims(test("LP0-0", "2022-02-10T10:00:00Z", NOT_DETECTED)))
                .lacks("2022-02-10T11:00:00Z", Reason.TEST_TYPE_NOT_ACCEPTED);
    }

    @Test
    void aRecovery_countsFromDay11ToDay180AfterTheFirstPositiveTest() {
        under(eu, claims(recovered("2022-02-01")))
                .isMetExactly(
                        "recovery",
                        "2022-02-12T00:00:00Z",
                        "2022-07-31T23:59:59Z",
                        Reason.RECOVERY_WAIT_NOT_OVER,
                        Reason.RECOVERY_OVER);
    }

    @Test
    void aRecovery_neverCountsOutsideItsIssuersDates() {
        under(eu, claims(recovered("2022-02-01", "2022-02-15", "2022-05-01")))
                .isMetExactly(
                        "recovery",
                        "2022-02-15T00:00:00Z",
                        "2022-05-01T23:59:59Z",
                        Reason.RECOVERY_WAIT_NOT_OVER,
                        Reason.RECOVERY_OVER);
        under(eu, claims(recovered("2022-02-01", "2022-02-01", "2023-02-01")))
                .isMetExactly(
                        "recovery",
                        "2022-02-12T00:00:00Z",
                        "2022-07-31T23:59:59Z",
                        Reason.RECOVERY_WAIT_NOT_OVER,
                        Reason.RECOVERY_OVER);
    }

    @Test
    void under12_isExemptUntilTheBirthday() {
        under(eu, claims(born(2010, 5, 20), test(NAAT, "2022-01-01T00:00:00Z", NOT_DETECTED)))
                .isMetUntil("2022-02-10T00:00:00Z", "under_age_exempt", "2022-05-19T23:59:59Z")
                .isMetUntil("2022-05-19T23:59:59Z", "under_age_exempt", "2022-05-19T23:59:59Z")
                .lacks("2022-05-20T00:00:00Z", Reason.TEST_TOO_OLD);
    }

    @Test
    void onlyWhoIsCertainlyUnder12IsExempt() {
        Age inMay = new Age.Born(2010, Optional.of(5), Optional.empty());
        under(eu, claims(inMay))
                .isMetUntil("2022-04-30T23:59:59Z", "under_age_exempt", "2022-04-30T23:59:59Z")
                .lacks("2022-05-01T00:00:00Z", Reason.NO_RECORD_SHOWN);
        under(eu, claims(born(2010))).lacks("2022-02-10T00:00:00Z", Reason.NO_RECORD_SHOWN);
        under(eu, claims(born(2011))).isMetUntil("2022-02-10T00:00:00Z", "under_age_exempt", "2022-12-31T23:59:59Z");
        under(eu, claims(new Age.Band(Age.AgeBand.UP_TO_17))).lacks("2022-02-10T00:00:00Z", Reason.NO_RECORD_SHOWN);
    }

    @Test
    void oneEventPerCertificate() {
        Event booster = dose(3, 3, "2022-01-01");
        under(eu, claims(booster)).isMetWithoutEnd("2022-02-10T00:00:00Z", "vaccination_booster");
        under(eu, claims(booster, booster)).lacks("2022-02-10T00:00:00Z", Reason.TOO_MANY_EVENTS);
        under(eu, claims()).lacks("2022-02-10T00:00:00Z", Reason.NO_RECORD_SHOWN);
    }

    @Test
    void anExemption_isNoKindOfEventTheEuKnows() {
        under(eu, claims(exemption())).lacks("2022-02-10T00:00:00Z", Reason.EVENT_KIND_NOT_ACCEPTED);
    }

    @Test
    void anotherDisease_isNotAccepted() {
        Event other = new Event.Vaccination("61462000", COMIRNATY, 2, 2, LocalDate.parse("2022-01-01"));
        under(eu, claims(other)).lacks("2022-02-10T00:00:00Z", Reason.TARGET_NOT_ACCEPTED);
    }
}

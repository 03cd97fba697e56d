package io.passgate.policy.file;

import static io.passgate.policy.Judged.under;
import static io.passgate.policy.Samples.COMIRNATY;
import static io.passgate.policy.Samples.NAAT;
import static io.passgate.policy.Samples.NOT_DETECTED;
import static io.passgate.policy.Samples.at;
import static io.passgate.policy.Samples.born;
import static io.passgate.policy.Samples.claims;
import static io.passgate.policy.Samples.dose;
import static io.passgate.policy.Samples.recovered;
import static io.passgate.policy.Samples.released;
import static io.passgate.policy.Samples.test;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Age;
import io.passgate.model.Event;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.policy.Policy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dates that cannot be grant nothing, in any shipped policy: a birth or an event after the check, a birth after an
 * event.
 */
final class ImpossibleDatesTest {
    private static final String NOW = "2022-05-11T12:00:00+09:00";
    private static final Event OLD_TEST = test(NAAT, "2022-04-01T10:00:00Z", NOT_DETECTED);

    private static List<Policy> policies() {
        return ShippedPolicies.catalog().policies();
    }

    private static Age inMonth(int year, int month) {
        return new Age.Born(year, Optional.of(month), Optional.empty());
    }

    private static Age inYear(int year) {
        return new Age.Born(year, Optional.empty(), Optional.empty());
    }

    private static Age bornOn(String day) {
        LocalDate date = LocalDate.parse(day);
        return born(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aBirthAfterTheCheck_exemptsNobody(Policy policy) {
        for (Age unborn : List.of(
                bornOn("2022-05-12"),
                bornOn("2022-12-31"),
                inMonth(2022, 6),
                inMonth(2023, 1),
                inYear(2023),
                bornOn("9999-12-31"),
                inYear(9999))) {
            under(policy, claims(unborn)).lacks(NOW, Reason.NO_RECORD_SHOWN);
            under(policy, claims(unborn, OLD_TEST)).lacks(NOW, Reason.TEST_TOO_OLD);
        }
    }

    /** Of an incomplete birth date the part of it that has come may be the true one. */
    @ParameterizedTest
    @MethodSource("policies")
    void aBirthThatMayHaveBeen_exempts(Policy policy) {
        for (Age child : List.of(bornOn("2022-05-11"), bornOn("2022-05-10"), inMonth(2022, 5), inYear(2022))) {
            assertThat(policy.judge(claims(child), at(NOW)))
                    .isInstanceOfSatisfying(
                            PolicyResult.Met.class,
                            met -> assertThat(met.rule()).isEqualTo("under_age_exempt"));
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theDayOfBirth_beginsInThePolicysZone(Policy policy) {
        Instant midnight =
                LocalDate.parse("2022-05-11").atStartOfDay(policy.zone()).toInstant();
        assertThat(policy.judge(claims(bornOn("2022-05-11")), midnight)).isInstanceOf(PolicyResult.Met.class);
        assertThat(policy.judge(claims(bornOn("2022-05-11")), midnight.minusSeconds(1)))
                .isEqualTo(new PolicyResult.NotMet(Reason.NO_RECORD_SHOWN));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aBirthAfterTheCheck_endsNoWindowLater(Policy policy) {
        Event over = dose(2, 2, "2021-07-15");
        PolicyResult withoutAge = policy.judge(claims(over), at(NOW));
        for (Age unborn : List.of(bornOn("2022-05-12"), inMonth(2022, 6), inYear(2023))) {
            assertThat(policy.judge(claims(unborn, over), at(NOW))).isEqualTo(withoutAge);
        }
    }

    /** Nobody is vaccinated, tested or recovered before being born; a day is left for two time zones. */
    @ParameterizedTest
    @MethodSource("policies")
    void aBirthAfterAnEvent_exemptsNobody_andEndsNoWindowLater(Policy policy) {
        for (Event event : List.of(dose(2, 2, "2021-07-15"), OLD_TEST, recovered("2021-07-15"))) {
            PolicyResult withoutAge = policy.judge(claims(event), at(NOW));
            for (Age after : List.of(bornOn("2022-04-10"), inMonth(2022, 5))) {
                assertThat(policy.judge(claims(after, event), at(NOW))).isEqualTo(withoutAge);
            }
        }
        for (Age possible : List.of(bornOn("2022-04-02"), bornOn("2022-04-01"), inMonth(2022, 4), inYear(2022))) {
            assertThat(policy.judge(claims(possible, OLD_TEST), at(NOW))).isInstanceOf(PolicyResult.Met.class);
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void anEventAfterTheCheck_grantsNothing(Policy policy) {
        for (Event future : List.of(
                dose(2, 2, "2022-05-12"),
                dose(3, 3, "2022-05-12"),
                dose(COMIRNATY, 3, 3, "9999-12-31"),
                test(NAAT, "2022-05-11T12:00:01+09:00", NOT_DETECTED),
                test(NAAT, "9999-12-31T23:59:59Z", NOT_DETECTED),
                recovered("2022-05-12", "2022-05-12", "2022-11-11"),
                released("2022-05-12", "2022-05-12"),
                released("9999-12-31", "9999-12-31"))) {
            under(policy, claims(future)).lacks(NOW, Reason.EVENT_IN_FUTURE);
            under(policy, claims(bornOn("1990-01-31"), future)).lacks(NOW, Reason.EVENT_IN_FUTURE);
        }
    }

    @Test
    void aRecoveryAndADose_countTogetherOnlyIfBothHaveBeen() {
        Policy korea = ShippedPolicies.pinned("kr@2022-01-03");
        Event over = dose(2, 2, "2021-07-15");
        under(korea, claims(over, released("2022-05-12", "2022-05-12"))).lacks(NOW, Reason.EVENT_IN_FUTURE);
        under(korea, claims(over, released("2022-05-10", "2022-05-12"))).lacks(NOW, Reason.RECOVERY_WAIT_NOT_OVER);
        under(korea, claims(dose(2, 2, "2022-05-12"), released("2021-05-01", "2021-05-11")))
                .lacks(NOW, Reason.EVENT_IN_FUTURE);
        under(korea, claims(over, dose(3, 2, "2022-05-12"))).lacks(NOW, Reason.EVENT_IN_FUTURE);
    }
}

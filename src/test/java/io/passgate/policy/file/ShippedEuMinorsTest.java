package io.passgate.policy.file;

import static io.passgate.policy.Judged.under;
import static io.passgate.policy.Samples.band;
import static io.passgate.policy.Samples.born;
import static io.passgate.policy.Samples.claims;
import static io.passgate.policy.Samples.dose;
import static io.passgate.policy.Samples.recovered;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Age;
import io.passgate.model.Event;
import io.passgate.model.Reason;
import io.passgate.policy.Policy;
import io.passgate.policy.PolicyCatalog;
import io.passgate.policy.Samples;
import io.passgate.policy.rule.RulePolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Delegated Regulation (EU) 2022/503: from 6 April 2022 on a completed series has no end below the age of 18. */
final class ShippedEuMinorsTest {
    private static final String RULE = "vaccination_complete";
    private static final Event DOSE = dose(2, 2, "2021-07-15");
    private static final String LAST_OF_270 = "2022-04-11T23:59:59Z";

    private final RulePolicy eu = ShippedPolicies.pinned("eu@2022-04-06");

    private static Age inMonth(int year, int month) {
        return new Age.Born(year, Optional.of(month), Optional.empty());
    }

    @Test
    void theNameEu_standsForItFromItsFirstDayOn() {
        PolicyCatalog catalog = ShippedPolicies.catalog();
        assertThat(catalog.find("eu", Samples.at("2022-04-05T23:59:59Z")).map(Policy::id))
                .contains("eu@2022-02-01");
        assertThat(catalog.find("eu", Samples.at("2022-04-06T00:00:00Z"))).contains(eu);
        assertThat(catalog.find("eu", Samples.at("2030-01-01T00:00:00Z"))).contains(eu);
    }

    @Test
    void aMinorsSeries_endsTheDayBeforeThe18thBirthday() {
        under(eu, claims(born(2006, 5, 1), DOSE))
                .isMetUntil("2022-05-11T12:00:00Z", RULE, "2024-04-30T23:59:59Z")
                .isMetUntil("2024-04-30T23:59:59Z", RULE, "2024-04-30T23:59:59Z")
                .lacks("2024-05-01T00:00:00Z", Reason.VACCINATION_OVER);
    }

    @Test
    void fromThe18thBirthdayOn_the270DaysCount() {
        under(eu, claims(born(2004, 5, 11), DOSE))
                .isMetUntil("2022-05-10T23:59:59Z", RULE, "2022-05-10T23:59:59Z")
                .lacks("2022-05-11T00:00:00Z", Reason.VACCINATION_OVER);
        under(eu, claims(born(2004, 4, 8), DOSE))
                .isMetUntil("2022-04-07T23:59:59Z", RULE, LAST_OF_270)
                .isMetUntil("2022-04-08T00:00:00Z", RULE, LAST_OF_270)
                .isMetUntil(LAST_OF_270, RULE, LAST_OF_270)
                .lacks("2022-04-12T00:00:00Z", Reason.VACCINATION_OVER);
        under(eu, claims(born(1990, 1, 31), DOSE))
                .isMetUntil(LAST_OF_270, RULE, LAST_OF_270)
                .lacks("2022-04-12T00:00:00Z", Reason.VACCINATION_OVER);
    }

    /** Who was born on 29 February is certainly below 18 until 27 February. */
    @Test
    void aBirthdayThatTheYearLacks_isTheDayBefore() {
        under(eu, claims(born(2008, 2, 29), DOSE))
                .isMetUntil("2026-02-27T23:59:59Z", RULE, "2026-02-27T23:59:59Z")
                .lacks("2026-02-28T00:00:00Z", Reason.VACCINATION_OVER);
    }

    @Test
    void ofAnIncompleteBirthDate_theEarliestDayCounts() {
        under(eu, claims(inMonth(2004, 6), DOSE))
                .isMetUntil("2022-05-31T23:59:59Z", RULE, "2022-05-31T23:59:59Z")
                .lacks("2022-06-01T00:00:00Z", Reason.VACCINATION_OVER);
        under(eu, claims(born(2005), DOSE))
                .isMetUntil("2022-12-31T23:59:59Z", RULE, "2022-12-31T23:59:59Z")
                .lacks("2023-01-01T00:00:00Z", Reason.VACCINATION_OVER);
        under(eu, claims(born(2004), DOSE)).lacks("2022-04-12T00:00:00Z", Reason.VACCINATION_OVER);
    }

    @Test
    void withoutABirthDate_the270DaysCount() {
        under(eu, claims(DOSE))
                .isMetUntil(LAST_OF_270, RULE, LAST_OF_270)
                .lacks("2022-04-12T00:00:00Z", Reason.VACCINATION_OVER);
        under(eu, claims(band(Age.AgeBand.ADULT), DOSE)).lacks("2022-04-12T00:00:00Z", Reason.VACCINATION_OVER);
    }

    @Test
    void aMinorsWait_andTheOtherRules_areAsBefore() {
        RulePolicy before = ShippedPolicies.pinned("eu@2022-02-01");
        Age minor = born(2006, 5, 1);
        under(eu, claims(minor, dose(2, 2, "2022-05-01")))
                .lacks("2022-05-14T23:59:59Z", Reason.VACCINATION_WAIT_NOT_OVER);
        under(eu, claims(minor, dose(1, 2, "2022-01-01"))).lacks("2022-05-11T00:00:00Z", Reason.VACCINATION_INCOMPLETE);
        under(eu, claims(minor, recovered("2021-07-15"))).lacks("2022-05-11T00:00:00Z", Reason.RECOVERY_OVER);
        under(before, claims(minor, DOSE)).lacks("2022-05-11T00:00:00Z", Reason.VACCINATION_OVER);
        assertThat(eu.rules()).hasSameSizeAs(before.rules());
        assertThat(eu.rules().stream().filter(rule -> !before.rules().contains(rule)))
                .singleElement()
                .extracting(rule -> rule.code())
                .isEqualTo(RULE);
    }
}

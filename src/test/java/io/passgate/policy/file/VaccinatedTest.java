package io.passgate.policy.file;

import static io.passgate.policy.Samples.JANSSEN;
import static io.passgate.policy.Samples.at;
import static io.passgate.policy.Samples.dose;
import static io.passgate.policy.Samples.released;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Event;
import io.passgate.model.Vaccinated;
import io.passgate.policy.Policy;
import io.passgate.policy.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How far doses bring their holder by the rules of July 2021, with the 14 days that must pass. */
final class VaccinatedTest {
    private static final Policy KOREA = ShippedPolicies.pinned("kr@2021-07-12");
    private static final Event.Vaccination FIRST = dose(1, 2, "2021-05-10");
    private static final Event.Vaccination SECOND = dose(2, 2, "2021-06-28");

    private static Optional<Vaccinated> on(String day, Event... events) {
        return KOREA.vaccinated(Samples.claims(events), at(day + "T12:00:00+09:00"));
    }

    private static void assertThatOn(String day, boolean isComplete, boolean isWaitOver, Event.Vaccination... doses) {
        assertThat(on(day, doses)).hasValue(new Vaccinated(isComplete, isWaitOver, List.of(doses)));
    }

    @Test
    void withoutADose_nothingIsSaid() {
        assertThat(on("2021-07-12")).isEmpty();
        assertThat(on("2021-07-12", released("2021-05-01", "2021-05-12"))).isEmpty();
    }

    @Test
    void aSeriesIsCompleteWithItsLastDose_andTheWaitIsOverOnThe14thDayAfterIt() {
        assertThatOn("2021-07-12", false, false, FIRST);
        assertThatOn("2021-06-27", false, false, FIRST, SECOND);
        assertThatOn("2021-06-28", true, false, FIRST, SECOND);
        assertThatOn("2021-07-11", true, false, FIRST, SECOND);
        assertThatOn("2021-07-12", true, true, FIRST, SECOND);
        assertThatOn("2021-07-12", true, true, SECOND);
    }

    @Test
    void howManyDosesComplete_goesByTheProduct() {
        Event.Vaccination single = dose(JANSSEN, 1, 1, "2021-06-28");
        assertThatOn("2021-07-11", true, false, single);
        assertThatOn("2021-07-12", true, true, single);
    }

    @Test
    void aBooster_needsNoWait() {
        assertThatOn("2021-12-13", true, true, dose(3, 2, "2021-12-13"));
        assertThatOn("2021-12-12", false, false, dose(3, 2, "2021-12-13"));
    }

    @Test
    void aDoseOfAnotherProduct_isShownAndCompletesNothing() {
        Event.Vaccination unknown = dose("EU/1/99/9999", 2, 2, "2021-05-10");
        assertThatOn("2021-07-12", false, false, unknown);
        assertThatOn("2021-07-12", true, true, unknown, SECOND);
    }
}

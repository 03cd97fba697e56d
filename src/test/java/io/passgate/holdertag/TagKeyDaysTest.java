package io.passgate.holdertag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose keys are needed around midnight in Korea, which is 15:00 UTC. */
final class TagKeyDaysTest {

    @ParameterizedTest
    @CsvSource({
        "2021-07-12T03:00:00Z, 2021-07-12, 2021-07-12, ",
        "2021-07-12T14:00:00Z, 2021-07-12, 2021-07-12, ",
        "2021-07-12T14:00:00.001Z, 2021-07-12, 2021-07-12, 2021-07-13",
        "2021-07-12T14:59:59Z, 2021-07-12, 2021-07-12, 2021-07-13",
        "2021-07-12T15:00:00Z, 2021-07-12, 2021-07-13, ",
        "2021-07-12T15:04:59Z, 2021-07-12, 2021-07-13, ",
        "2021-07-12T15:05:00Z, 2021-07-13, 2021-07-13, "
    })
    void yesterdaysKeyStaysFiveMinutes_andTomorrowsIsMadeAnHourAhead(
            Instant now, LocalDate first, LocalDate today, LocalDate next) {
        assertThat(TagKeyDays.at(now)).isEqualTo(new TagKeyDays(first, today, Optional.ofNullable(next)));
    }
}

package io.passgate.format.hcert;

import static io.passgate.format.hcert.HandMade.array;
import static io.passgate.format.hcert.HandMade.hex;
import static io.passgate.format.hcert.HandMade.map;
import static io.passgate.format.hcert.HandMade.tag;
import static io.passgate.format.hcert.HandMade.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.passgate.model.Event;
import io.passgate.model.Slice;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of samples in shapes that the schema does not have, and that issuers write. */
final class DccTimesTest {
    private static Optional<Instant> sampledAt(byte[] time) {
        byte[] certificate = map(text("t"), array(map(text("sc"), time)));
        return new DccClaims()
                .read(Slice.of(certificate))
                .map(claims -> ((Event.Test) claims.events().getFirst()).at());
    }

    @Test
    void aYear_hasFourDigits() {
        assertThat(DccDates.date("0000-01-01")).isEqualTo(LocalDate.of(0, 1, 1));
        assertThat(DccDates.date("9999-12-31")).isEqualTo(LocalDate.of(9_999, 12, 31));
        assertThat(DccDates.instant("9999-12-31T23:59:59Z")).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
        for (String other : new String[] {"-0001-12-31", "+10000-01-01", "+999999999-12-31"}) {
            assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> DccDates.date(other));
            assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> DccDates.instant(other + "T00:00:00Z"));
        }
    }

    /** Offsets of one digit; the others are with {@link DccClaimsTest}. */
    @ParameterizedTest
    @CsvSource({
        "2021-07-11T09:30:15+2, 2021-07-11T07:30:15Z",
        "2021-07-11T09:30:15+2:00, 2021-07-11T07:30:15Z",
        "2021-07-11T09:30:15-3, 2021-07-11T12:30:15Z",
        "2021-07-11T09:30:15-3:30, 2021-07-11T13:00:15Z",
        "2021-07-11T09:30:15+0, 2021-07-11T09:30:15Z",
        "2021-07-11T09:30:15-0:00, 2021-07-11T09:30:15Z",
        "2021-07-11T09:30:15.25+9, 2021-07-11T00:30:15.250Z",
        "2021-07-11T09:30+9, 2021-07-11T00:30:00Z",
        "2021-07-11T09:30:15+18:00, 2021-07-10T15:30:15Z",
        "2021-07-11T09:30:15+02:00:30, 2021-07-11T07:29:45Z",
        "2020-02-29T09:30:15Z, 2020-02-29T09:30:15Z",
    })
    void anOffset_isReadInEachShape(String time, Instant at) {
        assertThat(sampledAt(text(time))).hasValue(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2021-07-11T09:30:15+25",
                "2021-07-11T09:30:15+25:00",
                "2021-07-11T09:30:15-2500",
                "2021-07-11T09:30:15+18:01",
                "2021-07-11T09:30:15+2:60",
                "2021-07-11T09:30:15+02:60",
                "2021-07-11T09:30:15+",
                "2021-07-11T09:30:15-",
                "2021-07-11T09:30:15+2:",
                "2021-07-11T09:30:15+2:0",
                "2021-07-11T09:30:15+200",
                "2021-07-11T09:30:15+02000",
                "2021-07-11T09:30:15+2+2",
                "2021-07-11T09:30:15+02:00+0200",
                "2021-07-11T09:30:15ZZ",
                "2021-07-11T09:30:15+\u0662",
                "2021-07-11+2",
                "2021-07-11T+2",
                "+2",
                "2021-02-30T09:30:15Z",
                "2021-02-29T09:30:15+2",
                "2022-03-09T25:00:00Z",
            })
    void aTimeOrOffsetThatCannotBe_isUnreadable(String time) {
        assertThat(sampledAt(text(time))).isEmpty();
    }

    /** RFC 8949 section 3.4.2; Korea's certificates carry their sample times so. */
    @ParameterizedTest
    @CsvSource({
        "c11a60eaba37, 2021-07-11T09:30:31Z",
        "d8011a60eaba37, 2021-07-11T09:30:31Z",
        "c11b0000000060eaba37, 2021-07-11T09:30:31Z",
        "c1fb41d83aae8dc00000, 2021-07-11T09:30:31Z",
        "c1fb41d83aae8dd00000, 2021-07-11T09:30:31.250Z",
        "c1fa4f000000, 2038-01-19T03:14:08Z",
        "c1f93e00, 1970-01-01T00:00:01.500Z",
        "c100, 1970-01-01T00:00:00Z",
        "c120, 1969-12-31T23:59:59Z",
        "c1f9be00, 1969-12-31T23:59:58.500Z",
        "d9d9f7c11a60eaba37, 2021-07-11T09:30:31Z",
        "c11b0000003afff4417f, 9999-12-31T23:59:59Z",
    })
    void aTaggedNumber_isATimeInSeconds(String item, Instant at) {
        assertThat(sampledAt(hex(item))).hasValue(at);
    }

    @Test
    void aTaggedText_isTheTimeInside() {
        Instant at = Instant.parse("2021-07-11T09:30:15Z");
        assertThat(sampledAt(tag(0, text("2021-07-11T09:30:15Z")))).hasValue(at);
        assertThat(sampledAt(tag(0, text("2021-07-11T11:30:15+2")))).hasValue(at);
        assertThat(sampledAt(tag(55_799, tag(0, text("2021-07-11T09:30:15Z"))))).hasValue(at);
    }

    /** Beyond year 9999 (so milliseconds), before year 0, no number, and a number without the tag or with another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c11b0000003afff44180",
                "c11b0000017a94e766d8",
                "c13b0000003afff44180",
                "c1fb7e37e43c8800759c",
                "c11bffffffffffffffff",
                "c1f97e00",
                "c1f97c00",
                "c1f9fc00",
                "c1f6",
                "c14100",
                "c1c24460eaba37",
                "c180",
                "1a60eaba37",
                "fb41d83aae8dc00000",
                "c01a60eaba37",
                "c1c01a60eaba37",
                "d8641a60eaba37",
                "d903e91a60eaba37",
            })
    void aNumberThatIsNoTime_isUnreadable(String item) {
        assertThat(sampledAt(hex(item))).isEmpty();
    }
}

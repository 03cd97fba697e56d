package io.passgate.format.hcert;

import static io.passgate.format.hcert.HandMade.CWT;
import static io.passgate.format.hcert.HandMade.DCC;
import static io.passgate.format.hcert.HandMade.EXP;
import static io.passgate.format.hcert.HandMade.IAT;
import static io.passgate.format.hcert.HandMade.cwt;
import static io.passgate.format.hcert.HandMade.hex;
import static io.passgate.format.hcert.HandMade.map;
import static io.passgate.format.hcert.HandMade.messageOf;
import static io.passgate.format.hcert.HandMade.num;
import static io.passgate.format.hcert.HandMade.refusal;
import static io.passgate.format.hcert.HandMade.well;
import static io.passgate.format.hcert.HandMade.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NumericDate in every number that CBOR has. */
final class HcertTimesTest {
    private static final byte[] HCERT = map(num(1), DCC);

    @ParameterizedTest
    @CsvSource({
        "00, 1970-01-01T00:00:00Z",
        "20, 1969-12-31T23:59:59Z",
        "1a5f5e1000, 2020-09-13T12:26:40Z",
        "1b000000005f5e1000, 2020-09-13T12:26:40Z",
        "c11a5f5e1000, 2020-09-13T12:26:40Z",
        "d8011a5f5e1000, 2020-09-13T12:26:40Z",
        "f93e00, 1970-01-01T00:00:01.500Z",
        "f9be00, 1969-12-31T23:59:58.500Z",
        "f98000, 1970-01-01T00:00:00Z",
        "f90001, 1970-01-01T00:00:00.000000059Z",
        "fa4ebebc20, 2020-09-13T12:26:40Z",
        "fb41d7d78400000000, 2020-09-13T12:26:40Z",
        "fb41d7d78400200000, 2020-09-13T12:26:40.500Z",
        "c1fb41d7d78400200000, 2020-09-13T12:26:40.500Z",
        "fb8000000000000000, 1970-01-01T00:00:00Z",
        "fb8000000000000001, 1970-01-01T00:00:00Z",
        "fb0000000000000001, 1970-01-01T00:00:00Z",
    })
    void aNumber_isThatInstant(String number, Instant instant) {
        byte[] time = hex(number);
        assertThat(well(messageOf(cwt(time, EXP, HCERT))).validFrom()).isEqualTo(instant);
        assertThat(well(messageOf(cwt(IAT, time, HCERT))).expiresAt()).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fb7e37e43c8800759c", "1bffffffffffffffff", "1b7fffffffffffffff", "fb7fefffffffffffff"})
    void aNumberBeyondAnyInstant_isTheLast(String number) {
        assertThat(well(messageOf(cwt(IAT, hex(number), HCERT))).expiresAt()).isEqualTo(Instant.MAX);
        assertThat(well(messageOf(cwt(hex(number), EXP, HCERT))).validFrom()).isEqualTo(Instant.MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fbfe37e43c8800759c", "3bffffffffffffffff", "3b7fffffffffffffff"})
    void aNumberBeforeAnyInstant_isTheFirst(String number) {
        assertThat(well(messageOf(cwt(IAT, hex(number), HCERT))).expiresAt()).isEqualTo(Instant.MIN);
        assertThat(well(messageOf(cwt(hex(number), EXP, HCERT))).validFrom()).isEqualTo(Instant.MIN);
    }

    /** NaN, infinities, and what is no number: text, bytes, null, bool, bignum, date text, doubly tagged. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "f97e00",
                "fa7fc00000",
                "fb7ff8000000000000",
                "fb7ff0000000000001",
                "f97c00",
                "f9fc00",
                "fb7ff0000000000000",
                "fbfff0000000000000",
                "6130",
                "4130",
                "f6",
                "f7",
                "f5",
                "c24100",
                "c06130",
                "c1c100",
                "c16130",
                "c1f97e00",
                "80",
                "a0",
                "d86400",
            })
    void whatIsNoTime_isRefused_inEachTimeClaim(String item) {
        byte[] time = hex(item);
        assertThat(refusal(messageOf(cwt(time, EXP, HCERT)))).isEqualTo(Reason.CWT_TIME_INVALID);
        assertThat(refusal(messageOf(cwt(IAT, time, HCERT)))).isEqualTo(Reason.CWT_TIME_INVALID);
        assertThat(refusal(messageOf(with(CWT, num(5), time)))).isEqualTo(Reason.CWT_TIME_INVALID);
    }

    @Test
    void notBefore_countsWhereItIsLater() {
        Instant issued = well(messageOf(CWT)).validFrom();
        assertThat(well(messageOf(with(CWT, num(5), num(issued.getEpochSecond() + 1))))
                        .validFrom())
                .isEqualTo(issued.plusSeconds(1));
        assertThat(well(messageOf(with(CWT, num(5), num(issued.getEpochSecond() - 1))))
                        .validFrom())
                .isEqualTo(issued);
    }
}

package io.passgate.format.hcert;

import static io.passgate.format.hcert.HandMade.array;
import static io.passgate.format.hcert.HandMade.hex;
import static io.passgate.format.hcert.HandMade.join;
import static io.passgate.format.hcert.HandMade.map;
import static io.passgate.format.hcert.HandMade.num;
import static io.passgate.format.hcert.HandMade.tag;
import static io.passgate.format.hcert.HandMade.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.codec.Bounds;
import io.passgate.model.Age;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.Slice;
import io.passgate.testing.CardSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the events of a certificate say, and which certificates say nothing readable. */
final class DccClaimsTest {
    private static final LocalDate DAY = LocalDate.of(2021, 6, 1);

    /** By a reader that has read nothing, and as well by one that has read everything and was wiped. */
    private static Optional<Claims> read(byte[] certificate) {
        Optional<Claims> read = new DccClaims().read(Slice.of(certificate));
        assertThat(used().read(Slice.of(certificate))).isEqualTo(read);
        return read;
    }

    private static DccClaims used() {
        byte[] dates = map(
                text("tg"),
                text("840539006"),
                text("dn"),
                num(1),
                text("sd"),
                num(1),
                text("dt"),
                text("2021-05-01"),
                text("sc"),
                text("2021-05-02T03:04:05Z"),
                text("fr"),
                text("2021-05-03"),
                text("df"),
                text("2021-05-04"),
                text("du"),
                text("2021-05-05"));
        byte[] everything = map(
                text("dob"),
                text("1980-01-02"),
                text("v"),
                array(dates),
                text("t"),
                array(dates),
                text("r"),
                array(dates));
        DccClaims reader = new DccClaims();
        assertThat(reader.read(Slice.of(everything))).isPresent();
        reader.wipe();
        return reader;
    }

    private static Optional<Event> only(String kind, byte[]... fields) {
        return read(map(text(kind), array(map(fields)))).map(claims -> {
            assertThat(claims.events()).hasSize(1);
            return claims.events().getFirst();
        });
    }

    private static Optional<Event> dose(byte[] dn, byte[] sd) {
        return only("v", text("dn"), dn, text("sd"), sd, text("dt"), text("2021-06-01"));
    }

    private static byte[] vaccinatedOn(byte[] date) {
        return map(text("v"), array(map(text("dn"), num(1), text("sd"), num(1), text("dt"), date)));
    }

    private static Optional<LocalDate> day(String date) {
        return only("v", text("dn"), num(1), text("sd"), num(1), text("dt"), text(date))
                .map(event -> ((Event.Vaccination) event).on());
    }

    private static Optional<Instant> sampledAt(String time) {
        return only("t", text("sc"), text(time)).map(event -> ((Event.Test) event).at());
    }

    private static Age age(byte[] birth) {
        return read(map(text("dob"), birth)).orElseThrow().age();
    }

    @Test
    void aVaccination_saysAllThatItSays() {
        assertThat(read(CardSpec.vaccination("EU/1/20/1525", 3, 1, DAY).certificate()))
                .hasValueSatisfying(claims -> assertThat(claims.events())
                        .containsExactly(new Event.Vaccination("840539006", "EU/1/20/1525", 3, 1, DAY)));
    }

    @Test
    void aTest_saysAllThatItSays() {
        Instant at = Instant.parse("2021-07-11T09:30:15Z");
        assertThat(read(CardSpec.test("LP217198-3", at, "260373001").certificate()))
                .hasValueSatisfying(claims -> assertThat(claims.events())
                        .containsExactly(new Event.Test("840539006", "LP217198-3", at, "260373001")));
    }

    @Test
    void aRecovery_saysAllThatItSays() {
        assertThat(read(CardSpec.recovery(DAY, DAY.plusDays(11), DAY.plusDays(180))
                        .certificate()))
                .hasValueSatisfying(claims -> assertThat(claims.events())
                        .containsExactly(new Event.Recovery(
                                "840539006",
                                DAY,
                                Optional.of(DAY.plusDays(11)),
                                Optional.of(DAY.plusDays(180)),
                                Optional.empty())));
    }

    @Test
    void aRecoveryWithoutItsWindow_hasNone() {
        assertThat(only("r", text("fr"), text("2021-06-01")))
                .hasValue(new Event.Recovery("", DAY, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void events_standInTheirOrder_acrossKinds() {
        byte[] recovery = map(text("fr"), text("2021-06-01"));
        byte[] dose = map(text("dn"), num(1), text("sd"), num(2), text("dt"), text("2021-06-01"));
        Claims claims = read(map(text("r"), array(recovery), text("v"), array(dose, dose)))
                .orElseThrow();
        assertThat(claims.events())
                .hasExactlyElementsOfTypes(Event.Recovery.class, Event.Vaccination.class, Event.Vaccination.class);
    }

    @Test
    void withoutEvents_nothingIsAttested() {
        for (byte[] none : new byte[][] {array(), hex("f6"), hex("f7"), hex("9fff")}) {
            for (String kind : new String[] {"v", "t", "r"}) {
                assertThat(read(map(text(kind), none)).orElseThrow().events()).isEmpty();
            }
        }
        assertThat(read(map()).orElseThrow()).isEqualTo(new Claims(List.of(), new Age.Unknown()));
    }

    /** Real issuers wrote doses as floats: 1.0 in 16, 32 and 64 bits. */
    @ParameterizedTest
    @CsvSource({
        "01, 1",
        "1803, 3",
        "f93c00, 1",
        "fa3f800000, 1",
        "fb3ff0000000000000, 1",
        "fb4008000000000000, 3",
        "1903e7, 999"
    })
    void aDoseInAnyNumber_isThatNumber(String number, int dose) {
        assertThat(dose(hex(number), num(2))).hasValue(new Event.Vaccination("", "", dose, 2, DAY));
        assertThat(dose(num(2), hex(number))).hasValue(new Event.Vaccination("", "", 2, dose, DAY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "20",
                "f90000",
                "f93e00",
                "fb3ff8000000000000",
                "f97e00",
                "f97c00",
                "fb7e37e43c8800759c",
                "1903e8",
                "1bffffffffffffffff",
                "6131",
                "f6",
                "f5",
                "80",
                "c101",
                "fbbff0000000000000",
            })
    void aDoseThatIsNoPositiveCount_isUnreadable(String number) {
        assertThat(dose(hex(number), num(2))).isEmpty();
        assertThat(dose(num(2), hex(number))).isEmpty();
    }

    @Test
    void moreDosesThanTheSeries_isReadAsItIs() {
        assertThat(dose(num(4), num(2))).hasValue(new Event.Vaccination("", "", 4, 2, DAY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2021-06-01",
                "2021-06-01T00:00:00",
                "2021-06-01T23:59:59Z",
                "2021-06-01T23:59:59+14:00",
                "2021-06-01T"
            })
    void aDay_isItsFirstTenCharacters_whereATimeFollows(String text) {
        assertThat(day(text)).hasValue(DAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2021",
                "2021-06",
                "2021-6-1",
                "2021-06-31",
                "2021-13-01",
                "2021-02-29",
                "01-06-2021",
                "2021-06-01 ",
                "2021-06-01 10:00:00",
                "+2021-06-01",
                "-2021-06-01",
                "2021/06/01",
                "\u0662\u0660\u0662\u0661-06-01",
            })
    void aDayInAnotherShape_isUnreadable(String text) {
        assertThat(day(text)).isEmpty();
        assertThat(only("r", text("fr"), text(text))).isEmpty();
    }

    /** A year of ten digits is a date to java.time, and the last of them has no morrow. */
    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31", "+12021-06-01", "-999999999-01-01"})
    void aYearBeyondFourDigits_isUnreadable(String text) {
        assertThat(day(text)).isEmpty();
        assertThat(only("r", text("fr"), text("2021-06-01"), text("du"), text(text)))
                .isEmpty();
        assertThat(sampledAt(text + "T00:00:00Z")).isEmpty();
        assertThat(age(text(text))).isEqualTo(new Age.Unknown());
    }

    @Test
    void aTaggedDate_isTheDateInside() {
        for (byte[] date : new byte[][] {
            tag(0, text("2021-06-01")),
            tag(1004, text("2021-06-01")),
            tag(0, tag(0, text("2021-06-01"))),
            hex("7f 6432303231 662d30362d3031 ff")
        }) {
            assertThat(read(vaccinatedOn(date)).orElseThrow().events())
                    .containsExactly(new Event.Vaccination("", "", 1, 1, DAY));
        }
        for (byte[] noText : new byte[][] {
            num(18_779), hex("c1fb41d7d78400000000"), hex("f6"), array(), hex("4a323032312d30362d3031")
        }) {
            assertThat(read(vaccinatedOn(noText))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2021-07-11T09:30:15Z, 2021-07-11T09:30:15Z",
        "2021-07-11T09:30Z, 2021-07-11T09:30:00Z",
        "2021-07-11T09:30:15.25Z, 2021-07-11T09:30:15.250Z",
        "2021-07-11T09:30:15+02:00, 2021-07-11T07:30:15Z",
        "2021-07-11T09:30:15+0200, 2021-07-11T07:30:15Z",
        "2021-07-11T09:30:15+02, 2021-07-11T07:30:15Z",
        "2021-07-11T09:30:15-05:30, 2021-07-11T15:00:15Z",
        "2021-07-11T09:30:15, 2021-07-11T09:30:15Z",
    })
    void aSampleTime_isReadInEachShape(String text, Instant at) {
        assertThat(sampledAt(text)).hasValue(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2021-07-11",
                "2021-07-11T",
                "2021-07-11T25:00:00Z",
                "2021-07-11 09:30:15",
                "2021-07-11T09:30:15+19:00",
                "2021-07-11T09:30:15+02:00Z",
                "2021-07-11T09:30:15 UTC",
                "1626000000",
            })
    void aSampleTimeInAnotherShape_isUnreadable(String text) {
        assertThat(sampledAt(text)).isEmpty();
    }

    @Test
    void aBirthDate_isADayAMonthAYearOrUnknown() {
        assertThat(age(text("1990-01-31"))).isEqualTo(new Age.Born(1990, Optional.of(1), Optional.of(31)));
        assertThat(age(text("1990-01-31T00:00:00"))).isEqualTo(new Age.Born(1990, Optional.of(1), Optional.of(31)));
        assertThat(age(text("1990-01"))).isEqualTo(new Age.Born(1990, Optional.of(1), Optional.empty()));
        assertThat(age(text("1990"))).isEqualTo(new Age.Born(1990, Optional.empty(), Optional.empty()));
        assertThat(age(tag(0, text("1990-01")))).isEqualTo(new Age.Born(1990, Optional.of(1), Optional.empty()));
        for (String unknown : new String[] {
            "", "x", "19", "199x", "1990-13", "1990-00", "1990-02-30", "1990--1", "31.01.1990", "-990", "+990"
        }) {
            assertThat(age(text(unknown))).as(unknown).isEqualTo(new Age.Unknown());
        }
        for (byte[] noText : new byte[][] {num(1990), hex("f6"), array(text("1990"))}) {
            assertThat(age(noText)).isEqualTo(new Age.Unknown());
        }
        assertThat(read(map()).orElseThrow().age()).isEqualTo(new Age.Unknown());
    }

    @Test
    void aBirthDateThatIsUnknown_doesNotCostTheEvents() {
        byte[] certificate = CardSpec.vaccination().birthDate("").certificate();
        assertThat(read(certificate).orElseThrow().events()).hasSize(1);
    }

    @Test
    void fieldsOfNoInterest_areNotLookedAt() {
        byte[] odd = map(
                text("nm"),
                hex("f97e00"),
                text("ma"),
                map(num(1), array()),
                num(7),
                hex("f6"),
                text("dn"),
                num(1),
                text("sd"),
                num(1),
                text("dt"),
                text("2021-06-01"));
        assertThat(read(map(text("nam"), num(0), text("v"), array(odd), num(3), num(3)))
                        .orElseThrow()
                        .events())
                .containsExactly(new Event.Vaccination("", "", 1, 1, DAY));
    }

    @Test
    void oneUnreadableEvent_makesTheCertificateUnreadable() {
        byte[] good = map(text("fr"), text("2021-06-01"));
        assertThat(read(map(text("r"), array(good, good)))).isPresent();
        assertThat(read(map(text("r"), array(good, map())))).isEmpty();
        assertThat(read(map(text("r"), array(good, num(0))))).isEmpty();
        assertThat(read(map(text("r"), array(good, hex("f6"))))).isEmpty();
        assertThat(read(map(text("r"), good))).isEmpty();
    }

    @Test
    void aFieldTwice_isUnreadable() {
        assertThat(only("r", text("fr"), text("2021-06-01"), text("fr"), text("2021-06-01")))
                .isEmpty();
        assertThat(only("r", text("fr"), text("2021-06-01"), hex("7f61666172ff"), text("2021-06-02")))
                .isEmpty();
        assertThat(read(map(text("dob"), text("1990"), text("dob"), text("1991"))))
                .isEmpty();
    }

    @Test
    void fieldsBeyondTheBound_areUnreadable() {
        byte[][] fields = new byte[2 * (Bounds.MAX_MAP_ENTRIES + 1)][];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = i == 0 ? text("fr") : num(i);
            fields[i + 1] = i == 0 ? text("2021-06-01") : num(0);
        }
        assertThat(only("r", fields)).isEmpty();
        assertThat(only("r", Arrays.copyOf(fields, fields.length - 2))).isPresent();
    }

    @Test
    void whatIsNoCertificate_isUnreadable() {
        for (byte[] wrong :
                new byte[][] {new byte[0], num(0), array(), hex("f6"), hex("a1"), hex("bf"), join(hex("a1"), text("v"))
                }) {
            assertThat(read(wrong)).isEmpty();
        }
    }

    @Test
    void aReaderThatMetSomethingUnreadable_readsOn() {
        DccClaims reader = new DccClaims();
        byte[] good = CardSpec.recovery().certificate();
        Optional<Claims> expected = reader.read(Slice.of(good));
        assertThat(expected).isPresent();
        assertThat(reader.read(Slice.of(map(text("v"), array(map()))))).isEmpty();
        assertThat(reader.read(Slice.of(good))).isEqualTo(expected);
    }

    /** Toleration of the reader does not reach the printed form: no name, no date. */
    @Test
    void claimsPrinted_sayNothingOfAPerson() {
        assertThat(read(CardSpec.vaccination().certificate()).orElseThrow()).hasToString("Claims[1 events]");
    }
}

package io.passgate.format.hcert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.upokecenter.cbor.CBORObject;
import io.passgate.model.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DccWriterTest {
    private static final String COVID_19 = "840539006";
    private static final LocalDate DAY = LocalDate.parse("2021-06-01");
    private static final Subject SUBJECT =
            new Subject("HONG", "GILDONG", Optional.of("홍"), Optional.of("길동"), "1990-01");

    private static final DccEvent.Attested ATTESTED = new DccEvent.Attested("KR", "KDCA", "URN:UVCI:01:KR:1");

    private static String json(DccEvent event) {
        return CBORObject.DecodeFromBytes(event.toByteArray()).ToJSONString();
    }

    @Test
    void aVaccinationIsTenFieldsInTheListV() {
        Event.Vaccination dose = new Event.Vaccination(COVID_19, "EU/1/20/1528", 2, 2, DAY);
        DccEvent event = DccEvent.vaccination(dose, "1119349007", "ORG-100030215", ATTESTED);
        assertThat(event.list()).isEqualTo("v");
        assertThat(CBORObject.FromJSONString(json(event))).isEqualTo(CBORObject.FromJSONString("""
                                {"tg": "840539006", "vp": "1119349007", "mp": "EU/1/20/1528", "ma": "ORG-100030215",
                                 "dn": 2, "sd": 2, "dt": "2021-06-01", "co": "KR", "is": "KDCA", "ci": "URN:UVCI:01:KR:1"}
                                """));
    }

    @Test
    void ofATestWhatIsKnownIsWritten() {
        Event.Test test = new Event.Test(COVID_19, "LP217198-3", Instant.parse("2021-06-01T08:00:00Z"), "260415000");
        assertThat(CBORObject.FromJSONString(json(DccEvent.test(test, DccEvent.TestDetails.UNKNOWN, ATTESTED))))
                .isEqualTo(CBORObject.FromJSONString("""
                                {"tg": "840539006", "tt": "LP217198-3", "sc": "2021-06-01T08:00:00Z", "tr": "260415000",
                                 "co": "KR", "is": "KDCA", "ci": "URN:UVCI:01:KR:1"}
                                """));
        DccEvent.TestDetails all =
                new DccEvent.TestDetails(Optional.of("qPCR"), Optional.of("1232"), Optional.of("Seoul"));
        assertThat(CBORObject.FromJSONString(json(DccEvent.test(test, all, ATTESTED))))
                .isEqualTo(CBORObject.FromJSONString("""
                                {"tg": "840539006", "tt": "LP217198-3", "nm": "qPCR", "ma": "1232",
                                 "sc": "2021-06-01T08:00:00Z", "tr": "260415000", "tc": "Seoul",
                                 "co": "KR", "is": "KDCA", "ci": "URN:UVCI:01:KR:1"}
                                """));
    }

    @Test
    void aRecoveryWithoutItsValidity_isRefused() {
        for (boolean hasStart : new boolean[] {true, false}) {
            Event.Recovery recovery = new Event.Recovery(
                    COVID_19,
                    DAY,
                    hasStart ? Optional.of(DAY) : Optional.empty(),
                    hasStart ? Optional.empty() : Optional.of(DAY),
                    Optional.of(DAY));
            assertThatIllegalArgumentException().isThrownBy(() -> DccEvent.recovery(recovery, ATTESTED));
        }
    }

    @Test
    void aTextOf80Characters_isTaken_andOneOf81IsNot() {
        String longest = "𠮷".repeat(80);
        assertThatCode(() -> new DccEvent.Attested("KR", longest, longest)).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> new DccEvent.Attested("KR", longest + "a", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new DccEvent.Attested("KR", "", longest + "a"));
        Optional<String> tooLong = Optional.of(longest + "a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DccEvent.TestDetails(tooLong, Optional.empty(), Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DccEvent.TestDetails(Optional.empty(), Optional.empty(), tooLong));
    }

    @Test
    void aClaimsSetHoldsTheCertificate_inWholeSeconds() {
        Event.Vaccination dose = new Event.Vaccination(COVID_19, "EU/1/20/1528", 1, 2, DAY);
        byte[] certificate =
                DccWriter.certificate(SUBJECT, DccEvent.vaccination(dose, "1119349007", "ORG-100030215", ATTESTED));
        Instant from = Instant.ofEpochSecond(1_000, 999_999_999);
        CBORObject named =
                CBORObject.DecodeFromBytes(DccWriter.cwt("KR", from, Instant.ofEpochSecond(2_000, 1), certificate));
        CBORObject expected = CBORObject.NewMap()
                .Add(1, "KR")
                .Add(4, 2_000)
                .Add(6, 1_000)
                .Add(-260, CBORObject.NewMap().Add(1, CBORObject.DecodeFromBytes(certificate)));
        assertThat(named).isEqualTo(expected);
        CBORObject nameless =
                CBORObject.DecodeFromBytes(DccWriter.cwt("", from, Instant.ofEpochSecond(2_000, 1), certificate));
        assertThat(expected.Remove(CBORObject.FromObject(1))).isTrue();
        assertThat(nameless).isEqualTo(expected);
    }

    @Test
    void aNameHasWhatIsKnown_andTheFamilysTransliterationAlways() {
        Event.Vaccination dose = new Event.Vaccination(COVID_19, "EU/1/20/1528", 1, 2, DAY);
        DccEvent event = DccEvent.vaccination(dose, "1119349007", "ORG-100030215", ATTESTED);
        assertThat(nameIn(DccWriter.certificate(SUBJECT, event)))
                .isEqualTo(CBORObject.FromJSONString(
                        "{\"fnt\": \"HONG\", \"gnt\": \"GILDONG\", \"fn\": \"홍\", \"gn\": \"길동\"}"));
        Subject one = new Subject("HONG", "", Optional.empty(), Optional.empty(), "1990-01");
        assertThat(nameIn(DccWriter.certificate(one, event)))
                .isEqualTo(CBORObject.FromJSONString("{\"fnt\": \"HONG\"}"));
    }

    private static CBORObject nameIn(byte[] certificate) {
        return CBORObject.DecodeFromBytes(certificate).get("nam");
    }
}

package io.passgate.format.hcert;

import static io.passgate.format.hcert.HandMade.array;
import static io.passgate.format.hcert.HandMade.map;
import static io.passgate.format.hcert.HandMade.num;
import static io.passgate.format.hcert.HandMade.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.Slice;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes of value sets, as databases fill them up with blanks. */
final class DccCodesTest {
    private static final LocalDate DAY = LocalDate.of(2021, 6, 1);

    private static Claims read(byte[] certificate) {
        return new DccClaims().read(Slice.of(certificate)).orElseThrow();
    }

    private static Event dose(String product) {
        byte[] dose =
                map(text("mp"), text(product), text("dn"), num(1), text("sd"), num(1), text("dt"), text("2021-06-01"));
        return read(map(text("v"), array(dose))).events().getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "   ", "\t", "\r\n", "\n", "\u00a0", "\u3000", "\u2007", "\u200b", "\ufeff", " \u00a0\t "})
    void blanksAroundACode_areNoPartOfIt(String blanks) {
        byte[] dose = map(
                text("tg"),
                text(blanks + "840539006" + blanks),
                text("mp"),
                text(blanks + "EU/1/20/1528" + blanks),
                text("dn"),
                num(2),
                text("sd"),
                num(2),
                text("dt"),
                text("2021-06-01"));
        byte[] test = map(
                text("tg"),
                text("840539006" + blanks),
                text("tt"),
                text(blanks + "LP6464-4"),
                text("tr"),
                text("260415000" + blanks),
                text("sc"),
                text("2021-07-11T09:30:15Z"));
        byte[] recovery = map(text("tg"), text(blanks + "840539006"), text("fr"), text("2021-06-01"));
        assertThat(read(map(text("v"), array(dose), text("t"), array(test), text("r"), array(recovery)))
                        .events())
                .containsExactly(
                        new Event.Vaccination("840539006", "EU/1/20/1528", 2, 2, DAY),
                        new Event.Test("840539006", "LP6464-4", Instant.parse("2021-07-11T09:30:15Z"), "260415000"),
                        new Event.Recovery("840539006", DAY, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void blanksInsideACode_arePartOfIt_andOfBlanksAloneNothingIsLeft() {
        assertThat(dose(" EU/1/20 /1528 ")).isEqualTo(new Event.Vaccination("", "EU/1/20 /1528", 1, 1, DAY));
        assertThat(dose(" \u00a0 ")).isEqualTo(new Event.Vaccination("", "", 1, 1, DAY));
    }
}

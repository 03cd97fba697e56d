package io.passgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.passgate.model.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthRecordTest {
    private static final LocalDate DAY = LocalDate.parse("2021-07-12");
    private static final Instant SAMPLED = Instant.parse("2021-07-12T10:00:00Z");

    private static HealthRecord.Immunization dose(String product, int dose, int of, LocalDate date, String country) {
        return new HealthRecord.Immunization(product, dose, of, date, country);
    }

    @Test
    void eachEntryIsItsEvent_andABirthYearIsNone() {
        assertThat(dose("EU/1/20/1528", 2, 2, DAY, "KR").event())
                .contains(new Event.Vaccination("840539006", "EU/1/20/1528", 2, 2, DAY));
        assertThat(new HealthRecord.Recovery(DAY, DAY.plusDays(10), "KR").event())
                .contains(new Event.Recovery(
                        "840539006", DAY, Optional.empty(), Optional.empty(), Optional.of(DAY.plusDays(10))));
        assertThat(new HealthRecord.Test("LP6464-4", SAMPLED, "260415000", "KR").event())
                .contains(new Event.Test("840539006", "LP6464-4", SAMPLED, "260415000"));
        assertThat(new HealthRecord.Exemption(Optional.of(DAY)).event())
                .contains(new Event.Exemption("840539006", Optional.of(DAY)));
        assertThat(new HealthRecord.BirthYear(1990).event()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "99, 1", "1, 99", "2, 1"})
    void dosesAreCountedFrom1To99(int dose, int of) {
        assertThatCode(() -> dose("CoronaVac", dose, of, DAY, "KR")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 2", "100, 1", "1, 100"})
    void anotherCountOfDoses_isRefused(int dose, int of) {
        assertThatIllegalArgumentException().isThrownBy(() -> dose("CoronaVac", dose, of, DAY, "KR"));
    }

    @Test
    void aCodeOf40Characters_isTaken_andOneOf41IsNot() {
        assertThatCode(() -> dose("a".repeat(40), 1, 1, DAY, "KR")).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> dose("a".repeat(41), 1, 1, DAY, "KR"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "EU 1", "코로나", "a\n", "a\"", "a,b"})
    void anotherCode_isRefusedAndNotRepeated(String code) {
        assertThatIllegalArgumentException().isThrownBy(() -> dose(code, 1, 1, DAY, "KR"));
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthRecord.Test(code, SAMPLED, "260415000", "KR"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthRecord.Test("LP6464-4", SAMPLED, code, "KR"))
                .withMessage("a code has 1 to 40 letters, digits, /, dots, - and _");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "K", "KOR", "kr", "K1", "KR\n", "ÄÖ"})
    void anotherCountry_isRefused(String country) {
        assertThatIllegalArgumentException().isThrownBy(() -> dose("CoronaVac", 1, 1, DAY, country));
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthRecord.Recovery(DAY, DAY, country));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthRecord.Test("LP6464-4", SAMPLED, "260415000", country));
    }

    @Test
    void aReleaseOnTheDayOfTheTest_isTaken_andOneBeforeItIsNot() {
        assertThatCode(() -> new HealthRecord.Recovery(DAY, DAY, "KR")).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthRecord.Recovery(DAY, DAY.minusDays(1), "KR"));
    }

    @Test
    void yearsAreFrom1900To2100() {
        assertThatCode(() -> new HealthRecord.BirthYear(1900)).doesNotThrowAnyException();
        assertThatCode(() -> new HealthRecord.BirthYear(2100)).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthRecord.BirthYear(1899));
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthRecord.BirthYear(2101));
        LocalDate last = LocalDate.of(2100, 12, 31);
        assertThatCode(() -> new HealthRecord.Exemption(Optional.of(last))).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthRecord.Exemption(Optional.of(last.plusDays(1))));
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthRecord.Recovery(DAY, LocalDate.MAX, "KR"));
        assertThatIllegalArgumentException().isThrownBy(() -> dose("CoronaVac", 1, 1, LocalDate.MIN, "KR"));
    }

    @ParameterizedTest
    @CsvSource({"1900-01-01T00:00:00Z, true", "1899-12-31T23:59:59.999Z, false"})
    void aTestIsMadeFrom1900On(Instant at, boolean taken) {
        assertThat(isTaken(at)).isEqualTo(taken);
    }

    @Test
    void aTestIsMadeUntilTheEndOf2100() {
        assertThat(isTaken(Instant.parse("2100-12-31T23:59:59.999999999Z"))).isTrue();
        assertThat(isTaken(Instant.parse("2101-01-01T00:00:00Z"))).isFalse();
        assertThat(isTaken(Instant.MIN)).isFalse();
        assertThat(isTaken(Instant.MAX)).isFalse();
    }

    private static boolean isTaken(Instant sampled) {
        try {
            return new HealthRecord.Test("LP6464-4", sampled, "260415000", "KR")
                    .testedAt()
                    .equals(sampled);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Test
    void theirTextShowsNothing() {
        List<HealthRecord> entries = List.of(
                dose("EU/1/20/1528", 2, 2, DAY, "KR"),
                new HealthRecord.Recovery(DAY, DAY, "KR"),
                new HealthRecord.Test("LP6464-4", SAMPLED, "260415000", "KR"),
                new HealthRecord.Exemption(Optional.of(DAY)),
                new HealthRecord.BirthYear(1990));
        assertThat(entries)
                .extracting(HealthRecord::toString)
                .containsExactly("Immunization[…]", "Recovery[…]", "Test[…]", "Exemption[…]", "BirthYear[…]");
    }
}

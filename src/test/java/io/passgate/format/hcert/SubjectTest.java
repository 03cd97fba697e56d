package io.passgate.format.hcert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubjectTest {
    private static Subject transliterated(String familyName, String givenName) {
        return new Subject(familyName, givenName, Optional.empty(), Optional.empty(), "");
    }

    private static Subject written(String name) {
        return new Subject("HONG", "GILDONG", Optional.of(name), Optional.of(name), "");
    }

    private static Subject born(String birthDate) {
        return new Subject("HONG", "GILDONG", Optional.empty(), Optional.empty(), birthDate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1900", "2099", "1990-02", "1990-12", "1990-01-01", "2000-02-29", "2099-12-31"})
    void aBirthDateOfTheSchema_isTaken(String birthDate) {
        assertThat(born(birthDate).birthDate()).isEqualTo(birthDate);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1899",
                "2100",
                "199",
                "19900",
                "1990-",
                "1990-1",
                "1990-00",
                "1990-13",
                "1990-01-",
                "1990-01-00",
                "1990-01-32",
                "1990-02-29",
                "1990-01-01-01",
                "1990-01-01T00:00",
                "1990\n",
                " 1990",
                "19٩٠",
                "1990/01"
            })
    void anotherBirthDate_isRefusedAndNotRepeated(String birthDate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> born(birthDate))
                .withMessage("a birth date is YYYY-MM-DD, YYYY-MM, YYYY or empty, 1900 to 2099");
    }

    @Test
    void aTransliteratedNameOf80Characters_isTaken_andOneOf81IsNot() {
        assertThatCode(() -> transliterated("A".repeat(80), "<".repeat(80))).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> transliterated("A".repeat(81), ""));
        assertThatIllegalArgumentException().isThrownBy(() -> transliterated("A", "<".repeat(81)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hong", "HONG GILDONG", "HONG-GILDONG", "홍", "HÔNG", "HONG1", "HONG\n"})
    void aNameThatIsNotTransliterated_isRefusedAndNotRepeated(String name) {
        String message = "a transliterated name has at most 80 of the letters A to Z and <";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transliterated(name, "A"))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transliterated("A", name))
                .withMessage(message);
    }

    @Test
    void oneOfTheTwoTransliteratedNamesMayBeMissing_notBoth() {
        assertThatCode(() -> transliterated("", "GILDONG")).doesNotThrowAnyException();
        assertThatCode(() -> transliterated("HONG", "")).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> transliterated("", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> transliterated("<<", "<"));
    }

    @Test
    void aNameIsCountedInCodePoints() {
        String astral = "𠮷";
        assertThatCode(() -> written(astral.repeat(80))).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> written(astral.repeat(80) + "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> written("홍".repeat(81)));
    }

    @Test
    void eachOfTheTwoWrittenNames_isHeldToIt() {
        Optional<String> tooLong = Optional.of("홍".repeat(81));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Subject("HONG", "GILDONG", tooLong, Optional.empty(), ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Subject("HONG", "GILDONG", Optional.empty(), tooLong, ""));
    }

    @Test
    void halfACharacter_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> written("Hong \ud842"));
        assertThatIllegalArgumentException().isThrownBy(() -> written("\udfb7 Hong"));
    }

    @Test
    void itsTextShowsNothing() {
        Subject subject = new Subject("HONG", "GILDONG", Optional.of("홍"), Optional.of("길동"), "1990-01-31");
        assertThat(subject).hasToString("Subject[…]");
    }
}

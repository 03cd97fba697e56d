package io.passgate.format.hcert;

import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom a certificate is about, as an EU DCC names a person (schema 1.3.0, {@code nam} and {@code dob}). Given for one
 * certificate and never kept.
 *
 * @param familyNameTransliterated DCC {@code fnt}: capital letters and {@code <} as ICAO 9303 part 3 writes them; empty
 *     for who has none
 * @param givenNameTransliterated DCC {@code gnt}, likewise
 * @param familyName DCC {@code fn}, in any script
 * @param givenName DCC {@code gn}, in any script
 * @param birthDate DCC {@code dob}: {@code YYYY-MM-DD}, {@code YYYY-MM}, {@code YYYY} or empty; 1900 to 2099
 */
public record Subject(
        String familyNameTransliterated,
        String givenNameTransliterated,
        Optional<String> familyName,
        Optional<String> givenName,
        String birthDate) {
    /** Characters of a name, as JSON Schema counts them: code points. */
    public static final int MAX_NAME_LENGTH = 80;

    private static final Pattern TRANSLITERATED = Pattern.compile("[A-Z<]{0," + MAX_NAME_LENGTH + "}");
    private static final Pattern BIRTH_DATE = Pattern.compile("((19|20)[0-9]{2}(-[0-9]{2}){0,2})?");
    private static final String FIRST_DAY_OF_A_YEAR = "0000-01-01";

    /**
     * Checks names and birth date.
     *
     * @throws IllegalArgumentException if the schema, or a calendar, refuses it; what it was is not in the message
     */
    public Subject {
        if (!TRANSLITERATED.matcher(familyNameTransliterated).matches()
                || !TRANSLITERATED.matcher(givenNameTransliterated).matches()) {
            throw new IllegalArgumentException(
                    "a transliterated name has at most " + MAX_NAME_LENGTH + " of the letters A to Z and <");
        }
        if (!hasLetter(familyNameTransliterated) && !hasLetter(givenNameTransliterated)) {
            throw new IllegalArgumentException("a person has a transliterated name");
        }
        familyName.ifPresent(Subject::requireName);
        givenName.ifPresent(Subject::requireName);
        if (!BIRTH_DATE.matcher(birthDate).matches() || !isInCalendar(birthDate)) {
            throw new IllegalArgumentException("a birth date is YYYY-MM-DD, YYYY-MM, YYYY or empty, 1900 to 2099");
        }
    }

    private static boolean hasLetter(String transliterated) {
        return transliterated.chars().anyMatch(character -> character != '<');
    }

    private static void requireName(String name) {
        CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
        if (name.codePointCount(0, name.length()) > MAX_NAME_LENGTH || !utf8.canEncode(name)) {
            throw new IllegalArgumentException("a name is Unicode text of at most " + MAX_NAME_LENGTH + " characters");
        }
    }

    private static boolean isInCalendar(String birthDate) {
        try {
            var _ = LocalDate.parse(birthDate + FIRST_DAY_OF_A_YEAR.substring(birthDate.length()));
            return true;
        } catch (DateTimeException none) {
            return false;
        }
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "Subject[…]";
    }
}

package io.passgate.model;

import java.util.regex.Pattern;

/**
 * The format a payload was recognised as. A format is data: whoever adds one names it, and answers and metrics tell it
 * like any other.
 *
 * @param code the stable name in answers: a letter and up to 31 more letters, digits and {@code -}, in lower case
 * @param isSingleUse whether a payload of it is for one use, which a check-in remembers
 */
public record FormatId(String code, boolean isSingleUse) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /**
     * Holds the code to its form.
     *
     * @throws IllegalArgumentException if the code has other characters, or too many
     */
    public FormatId {
        if (!FORM.matcher(code).matches()) {
            throw new IllegalArgumentException("a format's code is [a-z][a-z0-9-]{0,31}");
        }
    }

    /**
     * {@return one whose payloads may be shown as often as their holder likes}
     *
     * @param code the stable name in answers
     * @throws IllegalArgumentException if the code has other characters, or too many
     */
    public static FormatId of(String code) {
        return new FormatId(code, false);
    }

    /** The code. */
    @Override
    public String toString() {
        return code;
    }
}

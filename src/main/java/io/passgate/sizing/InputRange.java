package io.passgate.sizing;

import java.math.BigDecimal;

/**
 * What an input may be.
 *
 * @param name as who gives it knows it
 * @param least and
 * @param most themselves are allowed
 */
record InputRange(String name, BigDecimal least, BigDecimal most) {
    static InputRange of(String name, String least, String most) {
        return new InputRange(name, new BigDecimal(least), new BigDecimal(most));
    }

    /** @throws IllegalArgumentException if the value is out of range; the message begins with the name */
    void check(BigDecimal value) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s is from %s to %s, not %s"
                    .formatted(name, PlainNumber.of(least), PlainNumber.of(most), PlainNumber.of(value)));
        }
    }

    void check(long value) {
        check(BigDecimal.valueOf(value));
    }
}

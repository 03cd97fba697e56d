package io.passgate.sizing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as an operator reads them: thousands by commas, bytes in units of 1,000. */
final class PlainNumber {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};
    private static final BigDecimal STEP = BigDecimal.valueOf(1_000);

    private PlainNumber() {}

    static String of(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** With as many decimals as it has, and no zeros at the end. */
    static String of(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, stripped.scale()) + "f", stripped);
    }

    /** With two decimals. */
    static String rounded(BigDecimal value) {
        return String.format(Locale.ROOT, "%,.2f", value.setScale(2, RoundingMode.HALF_UP));
    }

    /** A number and a unit, such as {@code 668.3 GB}: a decimal, but for bytes themselves. */
    static String bytes(BigDecimal value) {
        BigDecimal left = value;
        int unit = 0;
        while (unit < UNITS.length - 1 && left.setScale(1, RoundingMode.HALF_UP).compareTo(STEP) >= 0) {
            left = left.divide(STEP);
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%,.0f %s" : "%,.1f %s", left, UNITS[unit]);
    }
}

package io.passgate.format.hcert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Dates of the usual shape, possible and not, beside the formatter: the same day, or none. */
final class UsualDateTest {
    private static final int TEXTS = 200_000;
    private static final String STRAY = "0123456789-+:TZ \u0664";

    @Test
    void aDay_isTheFormatters() throws Exception {
        Random random = new Random(20_210_712);
        int read = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = stray(random, digits(random, 4) + "-" + month(random) + "-" + day(random));
            String found = said(() -> DccDates.date(text));
            // A time may follow a day, and years of more digits are none.
            if (text.length() == 10) {
                assertThat(found).as(text).isEqualTo(said(() -> LocalDate.parse(text)));
            }
            read += found.equals("none") ? 0 : 1;
        }
        assertThat(read).isBetween(TEXTS / 4, TEXTS * 3 / 4);
    }

    /** The formatter reads every time that has a fraction. */
    @Test
    void aTime_isTheFormatters() throws Exception {
        Random random = new Random(20_210_713);
        int read = 0;
        for (int i = 0; i < TEXTS; i++) {
            String day = digits(random, 4) + "-" + month(random) + "-" + day(random);
            String time = stray(random, day + "T" + hour(random) + ":" + minute(random) + ":" + minute(random));
            String found = said(() -> DccDates.instant(time + "Z"));
            assertThat(found).as(time).isEqualTo(said(() -> DccDates.instant(time + ".0Z")));
            read += found.equals("none") ? 0 : 1;
        }
        assertThat(read).isBetween(TEXTS / 4, TEXTS * 3 / 4);
    }

    private static String said(Callable<?> reading) throws Exception {
        try {
            return reading.call().toString();
        } catch (DateTimeException none) {
            return "none";
        }
    }

    /** One text of four with a character that is another one. */
    private static String stray(Random random, String text) {
        if (random.nextInt(4) > 0) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + STRAY.charAt(random.nextInt(STRAY.length())) + text.substring(at + 1);
    }

    private static String month(Random random) {
        return two(random.nextInt(14));
    }

    private static String day(Random random) {
        return two(random.nextInt(33));
    }

    private static String hour(Random random) {
        return two(random.nextInt(25));
    }

    private static String minute(Random random) {
        return random.nextInt(4) == 0 ? "00" : two(random.nextInt(61));
    }

    private static String two(int number) {
        return "" + number / 10 + number % 10;
    }

    private static String digits(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(random.nextInt(10));
        }
        return text.toString();
    }
}

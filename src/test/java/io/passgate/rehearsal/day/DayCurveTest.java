package io.passgate.rehearsal.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.passgate.rehearsal.day.DayCurve.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of the Monday that is shipped, and what a file may not be. */
final class DayCurveTest {
    static final Path MONDAY = Path.of("bench/days/2021-12-13.csv");

    private static final long VISITS = 52_000_000L * 85 / 100 * 3;
    private static final long HOLDERS = 44_200_000;

    private static int slot(String time) {
        return time.equals("24:00") ? DayCurve.SLOTS : DayCurve.slotOf(LocalTime.parse(time));
    }

    private static String text() throws IOException {
        return Files.readString(MONDAY);
    }

    @Test
    void mondaysVisits_areThreeForEachOfThoseWhoGoOut() throws IOException {
        DayCurve monday = DayCurve.read(MONDAY);
        assertThat(monday.sum(Kind.CHECK_IN)).isEqualTo(VISITS).isEqualTo(132_600_000);
    }

    @Test
    void itsPeakHour_isLunch_andHasAFifthOfThem() throws IOException {
        DayCurve monday = DayCurve.read(MONDAY);
        int hour = monday.busiestHour(Kind.CHECK_IN);
        assertThat(DayCurve.timeOf(hour)).isEqualTo("11:40");
        assertThat(monday.sum(Kind.CHECK_IN, hour, hour + 12)).isEqualTo(VISITS / 5);
    }

    @Test
    void itsBusiestFiveMinutes_haveThreeTimesTheHoursMean_whichIsTheCeiling() throws IOException {
        DayCurve monday = DayCurve.read(MONDAY);
        int busiest = monday.busiestSlot(Kind.CHECK_IN);
        assertThat(DayCurve.timeOf(busiest)).isEqualTo("12:00");
        assertThat(monday.perSecond(Kind.CHECK_IN, busiest)).isEqualTo(22_100).isEqualTo((int)
                (VISITS / 5 * 3 / 3_600));
    }

    @ParameterizedTest
    @CsvSource({"00:00,06:00,1", "06:00,11:40,17", "11:40,12:40,20", "12:40,17:30,27", "17:30,21:00,30", "21:00,24:00,5"
    })
    void itsParts_haveTheSharesThatItsHeadNames(String from, String until, int percent) throws IOException {
        assertThat(DayCurve.read(MONDAY).sum(Kind.CHECK_IN, slot(from), slot(until)))
                .isEqualTo(VISITS * percent / 100);
    }

    @Test
    void itsEvening_isBusiestAtSix() throws IOException {
        DayCurve monday = DayCurve.read(MONDAY);
        int six = slot("18:00");
        assertThat(IntStream.range(slot("12:40"), DayCurve.SLOTS).map(slot -> monday.perSecond(Kind.CHECK_IN, slot)))
                .allMatch(perSecond -> perSecond <= monday.perSecond(Kind.CHECK_IN, six));
    }

    @Test
    void twoPassesAreMadeForEachVisit_andOneCertificateIsVerifiedForTen() throws IOException {
        DayCurve monday = DayCurve.read(MONDAY);
        for (int slot = 0; slot < DayCurve.SLOTS; slot++) {
            int checkIns = monday.perSecond(Kind.CHECK_IN, slot);
            assertThat(monday.perSecond(Kind.PASS, slot)).isEqualTo(2 * checkIns);
            assertThat((double) monday.perSecond(Kind.VERIFICATION, slot)).isCloseTo(checkIns / 10.0, within(1.0));
        }
        assertThat(monday.sum(Kind.VERIFICATION)).isEqualTo(VISITS / 10);
    }

    @Test
    void oneOfTwentyConsentsForTheFirstTime_halfOfThemAtLunch() throws IOException {
        DayCurve monday = DayCurve.read(MONDAY);
        double consents = monday.sum(Kind.FIRST_CONSENT);
        assertThat(consents / HOLDERS).isCloseTo(0.05, within(0.0001));
        assertThat(monday.sum(Kind.FIRST_CONSENT, slot("11:40"), slot("12:40")) / consents)
                .isCloseTo(0.5, within(0.001));
        assertThat(monday.sum(Kind.FIRST_CONSENT, slot("17:30"), slot("21:00")) / consents)
                .isCloseTo(0.2, within(0.001));
    }

    @Test
    void aLineThatIsMissing_isSaid() throws IOException {
        String without = text().replaceFirst("12:00,.*\n", "");
        assertThatThrownBy(() -> DayCurve.parse(without, "day"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("day: a day has 288 lines of five minutes each, not 287");
    }

    @Test
    void aLineAtTheWrongPlace_isSaidWithItsNumber() throws IOException {
        String wrong = text().replace("\n12:00,", "\n12:01,");
        long line = text().lines().takeWhile(one -> !one.startsWith("12:00,")).count() + 1;
        assertThatThrownBy(() -> DayCurve.parse(wrong, "day"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("day:" + line + ": this is the line of 12:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "", " 1", "01", "1.5", "1e3", "1000001", "99999999999", "NaN", "\u0661"})
    void aRateThatIsNoNumberOrTooLarge_isSaidWithItsColumn(String rate) throws IOException {
        String wrong = text().replace("\n12:00,22100,", "\n12:00," + rate + ",");
        assertThatThrownBy(() -> DayCurve.parse(wrong, "day"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("day:\\d+: check_ins are a whole number from 0 to 1,000,000");
    }

    @Test
    void theLargestRate_isTaken() throws IOException {
        String most = text().replace("\n12:00,22100,", "\n12:00,1000000,");
        assertThat(DayCurve.parse(most, "day").perSecond(Kind.CHECK_IN, slot("12:00")))
                .isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12:00,1,1,1", "12:00,1,1,1,1,1", "12:00,1,1,1,", "# 12:00", ""})
    void aLineOfAnotherForm_isRefused(String line) throws IOException {
        String wrong = text().replaceFirst("12:00,.*\n", line + "\n");
        assertThatThrownBy(() -> DayCurve.parse(wrong, "day"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("day:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# nothing\n", "time,check_ins\n", "time,passes,check_ins,verifications,first_consents\n"})
    void otherColumns_orNone_areRefused(String text) {
        assertThatThrownBy(() -> DayCurve.parse(text, "day"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "after the comments comes the line" + " time,check_ins,verifications,passes,first_consents");
    }

    @Test
    void aFileThatIsTooLarge_isNotReadToItsEnd(@TempDir Path folder) throws IOException {
        Path large = Files.writeString(folder.resolve("large.csv"), "#".repeat(64 * 1_024 + 1));
        assertThatThrownBy(() -> DayCurve.read(large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("large.csv: a day has at most 65536 bytes");
    }
}

package io.passgate.sizing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many come, and when. What is counted is rounded up.
 *
 * @param population people
 * @param coverage the share of them that takes part
 * @param visits of each of these on a day
 * @param peakShare of a day's visits in its busiest hour
 * @param peakFactor the rate of the busiest minutes, by that hour's mean
 * @param passesPerVisit entry passes that are made for one visit; zero where nobody makes passes here
 */
public record CountryLoad(
        long population,
        BigDecimal coverage,
        BigDecimal visits,
        BigDecimal peakShare,
        BigDecimal peakFactor,
        BigDecimal passesPerVisit) {

    private static final InputRange POPULATION = InputRange.of("population", "1", "10000000000");
    private static final InputRange COVERAGE = InputRange.of("coverage", "0.001", "1");
    private static final InputRange VISITS = InputRange.of("visits", "0.01", "100");

    /** The busiest of 24 hours has at least a 24th. */
    private static final InputRange PEAK_SHARE = InputRange.of("peak-share", "0.042", "1");

    private static final InputRange PEAK_FACTOR = InputRange.of("peak-factor", "1", "60");
    private static final InputRange PASSES = InputRange.of("passes-per-visit", "0", "100");
    private static final BigDecimal SECONDS_AN_HOUR = BigDecimal.valueOf(3_600);
    private static final BigDecimal MINUTES_AN_HOUR = BigDecimal.valueOf(60);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of its range; the message begins with its name
     */
    public CountryLoad {
        POPULATION.check(population);
        COVERAGE.check(coverage);
        VISITS.check(visits);
        PEAK_SHARE.check(peakShare);
        PEAK_FACTOR.check(peakFactor);
        PASSES.check(passesPerVisit);
    }

    /** {@return people who take part} */
    public long holders() {
        return up(BigDecimal.valueOf(population).multiply(coverage));
    }

    /** {@return visits on a day, of each of which a row is kept} */
    public long visitsADay() {
        return up(BigDecimal.valueOf(population).multiply(coverage).multiply(visits));
    }

    /** {@return visits in the busiest hour} */
    public long visitsInPeakHour() {
        return up(BigDecimal.valueOf(visitsADay()).multiply(peakShare));
    }

    /** {@return visits in so many minutes of the busiest hour's mean} */
    long visitsInPeakMinutes(int minutes) {
        return up(BigDecimal.valueOf(visitsInPeakHour()).multiply(BigDecimal.valueOf(minutes)), MINUTES_AN_HOUR);
    }

    /** {@return check-ins a second in the busiest minutes} */
    public long checkInsPerSecond() {
        return up(BigDecimal.valueOf(visitsInPeakHour()).multiply(peakFactor), SECONDS_AN_HOUR);
    }

    /** {@return entry passes that are made in a second of the busiest minutes} */
    public long passesPerSecond() {
        return up(BigDecimal.valueOf(checkInsPerSecond()).multiply(passesPerVisit));
    }

    private static long up(BigDecimal value) {
        return up(value, BigDecimal.ONE);
    }

    static long up(BigDecimal value, BigDecimal by) {
        return value.divide(by, 0, RoundingMode.CEILING).longValueExact();
    }
}

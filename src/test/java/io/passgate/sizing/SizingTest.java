package io.passgate.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.passgate.sizing.MeasuredFigures.CheckInCost;
import io.passgate.sizing.MeasuredFigures.RedisFootprint;
import io.passgate.sizing.MeasuredFigures.VisitFootprint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is needed, held to a slow count in whole millionths, and at the edges. */
final class SizingTest {
    private static final long MILLION = 1_000_000;
    private static final MeasuredFigures FIGURES = new MeasuredFigures(
            LocalDate.of(2026, 11, 30),
            "a machine",
            new CheckInCost(108, 44, 22),
            new CheckInCost(24, 23, 13),
            3_250,
            new VisitFootprint(100, 80, 300),
            new RedisFootprint(150, 140, 110),
            1_000);

    private static CountryLoad country(long population, String... decimals) {
        return new CountryLoad(
                population,
                new BigDecimal(decimals[0]),
                new BigDecimal(decimals[1]),
                new BigDecimal(decimals[2]),
                new BigDecimal(decimals[3]),
                new BigDecimal(decimals[4]));
    }

    private static CountryLoad usual(long population) {
        return country(population, "0.85", "3", "0.2", "3", "2");
    }

    private static MachineChoice machines(boolean inBatches, int cores, String load) {
        return new MachineChoice(inBatches, cores, new BigDecimal(load), 60);
    }

    private static Sizing sizing(CountryLoad country) {
        return new Sizing(country, machines(false, 2, "0.5"), FIGURES);
    }

    @Test
    void korea_needsWhatIsWellKnown() {
        Sizing korea = sizing(usual(52_000_000));
        assertThat(korea.country().visitsADay()).isEqualTo(132_600_000);
        assertThat(korea.country().visitsInPeakHour()).isEqualTo(26_520_000);
        assertThat(korea.country().checkInsPerSecond()).isEqualTo(22_100);
        assertThat(korea.country().passesPerSecond()).isEqualTo(44_200);
        assertThat(korea.doorGateways()).isEqualTo(4);
        assertThat(korea.issuingGateways()).isEqualTo(15);
        assertThat(korea.redisMasters()).contains(new RedisMasters(2, 3));
        assertThat(korea.postgresqlCoresNeeded()).isEqualTo(1);
        assertThat(korea.rowsKept()).isEqualTo(3_712_800_000L);
        assertThat(korea.visitBytes()).isEqualTo(BigDecimal.valueOf(668_304_000_000L));
    }

    /** A factor in whole millionths. */
    private static BigInteger millionths(BigDecimal value) {
        return value.multiply(BigDecimal.valueOf(MILLION)).toBigIntegerExact();
    }

    /** The least whole number that is no less than {@code value / by}. */
    private static long up(BigInteger value, BigInteger by) {
        BigInteger[] parts = value.divideAndRemainder(by);
        return parts[0].longValueExact() + (parts[1].signum() == 0 ? 0 : 1);
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    /** Counts machines up until they carry the work: so many microseconds a second, on cores loaded so far. */
    private static long counted(BigInteger workUs, long coresEach, BigDecimal load) {
        long count = 0;
        while (workUs.compareTo(big(count * coresEach).multiply(millionths(load))) > 0) {
            count++;
        }
        return count;
    }

    private static Optional<RedisMasters> countedMasters(BigInteger workUs, BigDecimal load) {
        for (int masters = 1; masters <= 16; masters++) {
            int[] shards = new int[masters];
            for (int shard = 0; shard < 16; shard++) {
                shards[shard % masters]++;
            }
            if (workUs.multiply(big(shards[0])).compareTo(millionths(load).multiply(big(16))) <= 0) {
                return Optional.of(new RedisMasters(masters, masters == 2 ? 3 : masters));
            }
        }
        return Optional.empty();
    }

    private static BigDecimal decimal(Random random, int least, int most) {
        return BigDecimal.valueOf(least + (long) random.nextInt(most - least + 1), 3);
    }

    @Test
    void whatIsNeeded_isWhatASlowCountFinds() {
        Random random = new Random(23);
        boolean wasTooMuch = false;
        for (int i = 0; i < 3_000; i++) {
            CountryLoad country = new CountryLoad(
                    1 + random.nextLong(1L << random.nextInt(1, 31)),
                    decimal(random, 1, 1_000),
                    decimal(random, 10, 9_000),
                    decimal(random, 42, 1_000),
                    decimal(random, 1_000, 6_000),
                    decimal(random, 0, 4_000));
            MachineChoice machines = new MachineChoice(
                    random.nextBoolean(), random.nextInt(1, 65), decimal(random, 50, 1_000), random.nextInt(10, 1_441));
            Sizing sizing = new Sizing(country, machines, FIGURES);
            assertAsCounted(sizing);
            wasTooMuch |= sizing.redisMasters().isEmpty();
        }
        assertThat(wasTooMuch).isTrue();
    }

    private static void assertAsCounted(Sizing sizing) {
        CountryLoad country = sizing.country();
        MachineChoice machines = sizing.machines();
        CheckInCost cost = machines.inBatches() ? FIGURES.inBatches() : FIGURES.oneByOne();
        BigInteger million = big(MILLION);
        long visits = up(
                big(country.population())
                        .multiply(millionths(country.coverage()))
                        .multiply(millionths(country.visits())),
                million.multiply(million));
        long hour = up(big(visits).multiply(millionths(country.peakShare())), million);
        long rate = up(big(hour).multiply(millionths(country.peakFactor())), million.multiply(big(3_600)));
        long passes = up(big(rate).multiply(millionths(country.passesPerVisit())), million);
        assertThat(country.visitsADay()).isEqualTo(visits);
        assertThat(country.visitsInPeakHour()).isEqualTo(hour);
        assertThat(country.checkInsPerSecond()).isEqualTo(rate);
        assertThat(country.passesPerSecond()).isEqualTo(passes);
        assertThat(sizing.doorGateways())
                .as("%s", sizing)
                .isEqualTo(counted(big(rate * cost.gatewayUs()), machines.cores(), machines.load()) + 1);
        long issuing = 0;
        while (big(passes)
                        .multiply(million)
                        .compareTo(big(issuing * machines.cores() * FIGURES.passesPerCore())
                                .multiply(millionths(machines.load())))
                > 0) {
            issuing++;
        }
        assertThat(sizing.issuingGateways()).isEqualTo(passes == 0 ? 0 : issuing + 1);
        assertThat(sizing.redisMasters()).isEqualTo(countedMasters(big(rate * cost.redisUs()), machines.load()));
        assertThat(sizing.postgresqlCoresNeeded())
                .isEqualTo(counted(big(rate * cost.postgresqlUs()), 1, machines.load()));
        assertBytes(sizing, visits, hour, rate);
    }

    private static void assertBytes(Sizing sizing, long visits, long hour, long rate) {
        int outage = sizing.machines().outageMinutes();
        long away = up(big(hour).multiply(big(outage)), big(60));
        long between = up(big(hour).multiply(big(5)), big(60));
        long checkpoints = 0;
        for (int minute = 0; minute < outage; minute += 5) {
            checkpoints++;
        }
        long holders = up(
                big(sizing.country().population())
                        .multiply(millionths(sizing.country().coverage())),
                big(MILLION));
        long disk = visits * 28 * 180 + holders * 1_000 + away * 300 + checkpoints * visits * 80;
        assertThat(sizing.diskBytes()).isEqualByComparingTo(BigDecimal.valueOf(disk));
        assertThat(sizing.maxWalBytes()).isEqualByComparingTo(BigDecimal.valueOf(2 * (between * 300 + visits * 80)));
        long requests = sizing.machines().inBatches() ? (rate + 63) / 64 : rate;
        assertThat(sizing.redisBytes())
                .isEqualByComparingTo(BigDecimal.valueOf(2 * (rate * 25 * 150 + requests * 60 * 140 + away * 110)));
    }

    @Test
    void onePerson_needsOneOfEach_andASpareGateway() {
        Sizing one = sizing(usual(1));
        assertThat(one.country().visitsADay()).isEqualTo(3);
        assertThat(one.country().checkInsPerSecond()).isEqualTo(1);
        assertThat(one.doorGateways()).isEqualTo(2);
        assertThat(one.issuingGateways()).isEqualTo(2);
        assertThat(one.redisMasters()).contains(new RedisMasters(1, 1));
        assertThat(one.postgresqlCoresNeeded()).isEqualTo(1);
    }

    @Test
    void theLargestOfEverything_isReckoned_andTooMuchForRedis() {
        CountryLoad all = country(10_000_000_000L, "1", "100", "1", "60", "100");
        Sizing sizing = new Sizing(all, new MachineChoice(false, 1, new BigDecimal("0.05"), 1_440), FIGURES);
        assertThat(all.visitsADay()).isEqualTo(1_000_000_000_000L);
        assertThat(all.checkInsPerSecond()).isEqualTo(16_666_666_667L);
        assertThat(sizing.redisMasters()).isEmpty();
        assertThat(new SizingSheet(sizing).lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void whatIsJustCarried_needsNoMore_andOneMoreASecondDoes() {
        MeasuredFigures plain = new MeasuredFigures(
                FIGURES.measuredOn(),
                FIGURES.machine(),
                new CheckInCost(1_000, 1_000, 1_000),
                FIGURES.inBatches(),
                1_000,
                FIGURES.visit(),
                FIGURES.redis(),
                FIGURES.holderBytes());
        for (int more = 0; more < 2; more++) {
            CountryLoad country = country(3_600_000 + more, "1", "1", "1", "1", "1");
            assertThat(country.checkInsPerSecond()).isEqualTo(1_000 + more);
            Sizing sizing = new Sizing(country, machines(false, 1, "1"), plain);
            assertThat(sizing.doorGateways()).isEqualTo(2 + more);
            assertThat(sizing.issuingGateways()).isEqualTo(2 + more);
            assertThat(sizing.postgresqlCoresNeeded()).isEqualTo(1 + more);
            assertThat(sizing.redisMasters()).contains(new RedisMasters(1 + more, 1 + 2 * more));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.5, 1, 0.2, 3, 2, population",
        "-1, 0.5, 1, 0.2, 3, 2, population",
        "10000000001, 0.5, 1, 0.2, 3, 2, population",
        "1, 0, 1, 0.2, 3, 2, coverage",
        "1, 1.000001, 1, 0.2, 3, 2, coverage",
        "1, 1, 0.009, 0.2, 3, 2, visits",
        "1, 1, 100.1, 0.2, 3, 2, visits",
        "1, 1, 1, 0.041999, 3, 2, peak-share",
        "1, 1, 1, 1.1, 3, 2, peak-share",
        "1, 1, 1, 1, 0.999, 2, peak-factor",
        "1, 1, 1, 1, 61, 2, peak-factor",
        "1, 1, 1, 1, 60, -0.1, passes-per-visit",
        "1, 1, 1, 1, 60, 101, passes-per-visit"
    })
    void aCountryOutOfRange_isRefusedByTheInputsName(
            long population, String coverage, String visits, String share, String factor, String passes, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> country(population, coverage, visits, share, factor, passes))
                .withMessageStartingWith(name + " is from ");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.5, 60, cores",
        "1025, 0.5, 60, cores",
        "1, 0.049, 60, load",
        "1, 1.01, 60, load",
        "1, 1, 9, outage",
        "1, 1, 1441, outage"
    })
    void aChoiceOutOfRange_isRefusedByTheInputsName(int cores, String load, int outage, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MachineChoice(false, cores, new BigDecimal(load), outage))
                .withMessageStartingWith(name + " is from ");
    }
}

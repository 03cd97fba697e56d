package io.passgate.sizing;

import io.passgate.sizing.MeasuredFigures.CheckInCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a country needs, from measured figures. Machines are rounded up from exact numbers.
 *
 * @param country how many come, and when
 * @param machines how they are to be used
 * @param figures what an item takes
 */
public record Sizing(CountryLoad country, MachineChoice machines, MeasuredFigures figures) {
    /** Days that a visit is kept, that of the visit among them. */
    public static final int DAYS = 28;

    /** From the making of a pass until its use is forgotten, in seconds. */
    public static final int USED_PASS_SECONDS = 25;

    /** For how long an Idempotency-Key is remembered, in seconds. */
    public static final int REQUEST_SECONDS = 60;

    /** PostgreSQL's {@code checkpoint_timeout} as it is shipped, in minutes. */
    public static final int CHECKPOINT_MINUTES = 5;

    /** One may fail. */
    static final int SPARE = 1;

    private static final BigDecimal MICROSECONDS = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal TWICE = BigDecimal.valueOf(2);

    CheckInCost cost() {
        return machines.inBatches() ? figures.inBatches() : figures.oneByOne();
    }

    private BigDecimal cores(long microseconds) {
        return product(country.checkInsPerSecond(), microseconds).divide(MICROSECONDS);
    }

    /** {@return cores of gateways at work for doors} */
    public BigDecimal doorCores() {
        return cores(cost().gatewayUs());
    }

    /** {@return the fewest gateways at doors, without a spare one} */
    long fewestDoorGateways() {
        return CountryLoad.up(doorCores(), coresOfAGateway());
    }

    /** {@return gateways at doors} */
    public long doorGateways() {
        return fewestDoorGateways() + SPARE;
    }

    /** {@return cores at work that issue passes, to two decimals} */
    BigDecimal issuingCores() {
        return BigDecimal.valueOf(country.passesPerSecond())
                .divide(BigDecimal.valueOf(figures.passesPerCore()), 2, RoundingMode.HALF_UP);
    }

    /** {@return the fewest gateways that issue passes, without a spare one} */
    long fewestIssuingGateways() {
        return CountryLoad.up(
                BigDecimal.valueOf(country.passesPerSecond()),
                coresOfAGateway().multiply(BigDecimal.valueOf(figures.passesPerCore())));
    }

    /** {@return gateways that issue passes; none where no passes are made} */
    public long issuingGateways() {
        return country.passesPerSecond() == 0 ? 0 : fewestIssuingGateways() + SPARE;
    }

    private BigDecimal coresOfAGateway() {
        return machines.load().multiply(BigDecimal.valueOf(machines.cores()));
    }

    /** {@return cores of Redis at work for check-ins} */
    public BigDecimal redisCores() {
        return cores(cost().redisUs());
    }

    /** {@return the masters for check-ins; empty where one installation cannot have enough} */
    public Optional<RedisMasters> redisMasters() {
        return RedisMasters.of(redisCores(), machines.load());
    }

    /** {@return bytes of the passes that were used and are remembered} */
    public BigDecimal usedPassBytes() {
        return product(
                country.checkInsPerSecond(), USED_PASS_SECONDS, figures.redis().usedPassBytes());
    }

    /** {@return requests in a second of the busiest minutes} */
    long requestsPerSecond() {
        return machines.inBatches()
                ? Math.ceilDiv(country.checkInsPerSecond(), MeasuredFigures.BATCH)
                : country.checkInsPerSecond();
    }

    /** {@return bytes of the Idempotency-Keys that are remembered} */
    public BigDecimal requestBytes() {
        return product(requestsPerSecond(), REQUEST_SECONDS, figures.redis().requestBytes());
    }

    /** {@return visits that come while PostgreSQL, or a standby, is away} */
    long visitsInOutage() {
        return country.visitsInPeakMinutes(machines.outageMinutes());
    }

    /** {@return bytes of the visits that wait in Redis while PostgreSQL is away} */
    public BigDecimal waitingBytes() {
        return product(visitsInOutage(), figures.redis().waitingVisitBytes());
    }

    /** {@return bytes of memory in all masters, twice what they hold: a fork rewrites the file beside new data} */
    public BigDecimal redisBytes() {
        return usedPassBytes().add(requestBytes()).add(waitingBytes()).multiply(TWICE);
    }

    /** {@return cores of PostgreSQL at work for check-ins} */
    public BigDecimal postgresqlCores() {
        return cores(cost().postgresqlUs());
    }

    /** {@return cores of the primary} */
    public long postgresqlCoresNeeded() {
        return CountryLoad.up(postgresqlCores(), machines.load());
    }

    /** {@return rows of the entry log when it holds all its days} */
    public long rowsKept() {
        return Math.multiplyExact(country.visitsADay(), DAYS);
    }

    /** {@return bytes of the entry log with its indexes} */
    public BigDecimal visitBytes() {
        return product(rowsKept(), figures.visit().rowBytes() + figures.visit().indexBytes());
    }

    /** {@return bytes of records, consents and their audit} */
    public BigDecimal holderBytes() {
        return product(country.holders(), figures.holderBytes());
    }

    /** {@return bytes of the indexes of one day, whose pages a checkpoint has written into the log once more} */
    BigDecimal indexBytesOfADay() {
        return product(country.visitsADay(), figures.visit().indexBytes());
    }

    /** {@return checkpoints while a standby is away} */
    long checkpointsInOutage() {
        return Math.ceilDiv(machines.outageMinutes(), CHECKPOINT_MINUTES);
    }

    /** {@return bytes of write-ahead log of the visits that come while a standby is away} */
    BigDecimal walRowBytes() {
        return product(visitsInOutage(), figures.visit().walBytes());
    }

    /** {@return bytes of whole pages in that log, at most} */
    BigDecimal walPageBytes() {
        return indexBytesOfADay().multiply(BigDecimal.valueOf(checkpointsInOutage()));
    }

    /** {@return visits in the busiest hour between two checkpoints} */
    long visitsBetweenCheckpoints() {
        return country.visitsInPeakMinutes(CHECKPOINT_MINUTES);
    }

    /** {@return the least {@code max_wal_size} by which checkpoints come by time: what two of them are apart, twice} */
    public BigDecimal maxWalBytes() {
        return product(visitsBetweenCheckpoints(), figures.visit().walBytes())
                .add(indexBytesOfADay())
                .multiply(TWICE);
    }

    /** {@return bytes of disk of a primary, and of each standby} */
    public BigDecimal diskBytes() {
        return visitBytes().add(holderBytes()).add(walRowBytes()).add(walPageBytes());
    }

    private static BigDecimal product(long... factors) {
        BigDecimal product = BigDecimal.ONE;
        for (long factor : factors) {
            product = product.multiply(BigDecimal.valueOf(factor));
        }
        return product;
    }
}

package io.passgate.sizing;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Properties;

/**
 * What this release was measured to take, from the resource {@code figures.properties}, which says how each was
 * measured.
 *
 * @param measuredOn when
 * @param machine on what, in words
 * @param oneByOne of a check-in at doors that send one by one
 * @param inBatches of a check-in in batches of {@link #BATCH}
 * @param passesPerCore entry passes a second that a core makes, stores included
 * @param visit in PostgreSQL
 * @param redis in Redis
 * @param holderBytes of a holder in PostgreSQL
 */
public record MeasuredFigures(
        LocalDate measuredOn,
        String machine,
        CheckInCost oneByOne,
        CheckInCost inBatches,
        long passesPerCore,
        VisitFootprint visit,
        RedisFootprint redis,
        long holderBytes) {

    /** Check-ins in one request of a batch. */
    public static final int BATCH = 64;

    private static final String RESOURCE = "figures.properties";

    /**
     * Processor time of one check-in.
     *
     * @param gatewayUs microseconds of a gateway
     * @param redisUs of the one thread of Redis that runs scripts
     * @param postgresqlUs of PostgreSQL
     */
    public record CheckInCost(long gatewayUs, long redisUs, long postgresqlUs) {}

    /**
     * Bytes of a visit in PostgreSQL.
     *
     * @param rowBytes in the table
     * @param indexBytes in its indexes
     * @param walBytes in the write-ahead log, without images of whole pages
     */
    public record VisitFootprint(long rowBytes, long indexBytes, long walBytes) {}

    /**
     * Bytes in Redis.
     *
     * @param usedPassBytes of a pass that was used
     * @param requestBytes of what an Idempotency-Key stands for
     * @param waitingVisitBytes of a visit that is not in PostgreSQL yet
     */
    public record RedisFootprint(long usedPassBytes, long requestBytes, long waitingVisitBytes) {}

    /** {@return the figures of this release} */
    public static MeasuredFigures ofThisRelease() {
        Properties properties = new Properties();
        try (var in = Objects.requireNonNull(MeasuredFigures.class.getResourceAsStream(RESOURCE), RESOURCE);
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException broken) {
            throw new UncheckedIOException(RESOURCE, broken);
        }
        return of(properties);
    }

    private static MeasuredFigures of(Properties properties) {
        return new MeasuredFigures(
                LocalDate.parse(text(properties, "measuredOn")),
                text(properties, "machine"),
                cost(properties, "checkIn.single."),
                cost(properties, "checkIn.batch."),
                number(properties, "pass.perCoreAndSecond"),
                new VisitFootprint(
                        number(properties, "visit.rowBytes"),
                        number(properties, "visit.indexBytes"),
                        number(properties, "visit.walBytes")),
                new RedisFootprint(
                        number(properties, "redis.usedPassBytes"),
                        number(properties, "redis.requestBytes"),
                        number(properties, "redis.waitingVisitBytes")),
                number(properties, "holder.bytes"));
    }

    private static CheckInCost cost(Properties properties, String prefix) {
        return new CheckInCost(
                number(properties, prefix + "gatewayUs"),
                number(properties, prefix + "redisUs"),
                number(properties, prefix + "postgresqlUs"));
    }

    private static long number(Properties properties, String key) {
        return Long.parseLong(text(properties, key));
    }

    private static String text(Properties properties, String key) {
        return Objects.requireNonNull(properties.getProperty(key), key);
    }
}

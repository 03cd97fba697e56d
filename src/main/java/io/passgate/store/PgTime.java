package io.passgate.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Instants as PostgreSQL's {@code timestamptz} takes them. */
public final class PgTime {
    private PgTime() {}

    /**
     * {@return the instant in UTC}
     *
     * @param instant of which PostgreSQL keeps the microseconds
     */
    public static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

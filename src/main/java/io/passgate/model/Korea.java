package io.passgate.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The days by which passes are stamped and entries are kept, wherever a gateway runs. */
public final class Korea {
    public static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

    private Korea() {}

    /** The day in Korea at a moment. */
    public static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }
}

package io.passgate.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The days by which passes are stamped and entries are kept, wherever a gateway runs. */
public final class Korea {
    /** UTC+9 all the year since 1988. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

    private Korea() {}

    /**
     * {@return the day in Korea at a moment}
     *
     * @param at any moment, whatever zone this machine is in
     */
    public static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }
}

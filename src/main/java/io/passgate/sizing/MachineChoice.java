package io.passgate.sizing;

import java.math.BigDecimal;

/**
 * How the machines are to be used.
 *
 * @param inBatches whether doors send in batches of {@link MeasuredFigures#BATCH}, or one by one
 * @param cores of a gateway
 * @param load the share of a core that may be at work
 * @param outageMinutes for how long PostgreSQL, or a standby of it, may be away in the busiest hour
 */
public record MachineChoice(boolean inBatches, int cores, BigDecimal load, int outageMinutes) {
    private static final InputRange CORES = InputRange.of("cores", "1", "1024");
    private static final InputRange LOAD = InputRange.of("load", "0.05", "1");
    private static final InputRange OUTAGE = InputRange.of("outage", "10", "1440");

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of its range; the message begins with its name
     */
    public MachineChoice {
        CORES.check(cores);
        LOAD.check(load);
        OUTAGE.check(outageMinutes);
    }
}

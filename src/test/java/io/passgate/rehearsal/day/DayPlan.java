package io.passgate.rehearsal.day;

import io.passgate.rehearsal.day.DayCurve.Kind;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How a day is played: every rate by one factor, time by another one. It is an open model: who comes, and when, does
 * not depend on what is answered. Immutable.
 *
 * <p>Rates are not raised where time is shortened: a second that is played is as busy as the second of the day it
 * stands for, times the factor of rates. The busiest five minutes may be held for longer than their share of the time,
 * so that what is broken in them meets all of the load for as long as it takes to mend.
 */
public final class DayPlan {
    private static final double MOST_PER_SECOND = 10_000_000;
    private static final double MOST_SHARE = 20;
    private static final double MOST_COMPRESSION = 2_880;
    private static final Duration LONGEST_HOLD = Duration.ofHours(1);
    private static final double NS_PER_SECOND = 1e9;

    private final DayCurve curve;
    private final double scale;
    private final double compression;
    private final int peakSlot;

    /** When each slot begins, and at last when the day is over. */
    private final long[] startNs = new long[DayCurve.SLOTS + 1];

    /** How many have come before each slot, and at last how many in all. */
    private final Map<Kind, double[]> before = new EnumMap<>(Kind.class);

    /**
     * How a day is shortened and weakened.
     *
     * @param capacityPerSecond check-ins that the machine can do while it has the rest of the load
     * @param peakShare of the capacity that the busiest five minutes have: 0.8 leaves some, 2 is too much
     * @param compression seconds of the day in a second that is played
     * @param peakHeld how long the busiest five minutes are played at least
     */
    public record Terms(double capacityPerSecond, double peakShare, double compression, Duration peakHeld) {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if a term is out of them
         */
        public Terms {
            within("capacity a second", capacityPerSecond, 1, MOST_PER_SECOND);
            within("share of the capacity", peakShare, 0.001, MOST_SHARE);
            within("compression", compression, 1, MOST_COMPRESSION);
            if (peakHeld.isNegative() || peakHeld.compareTo(LONGEST_HOLD) > 0) {
                throw new IllegalArgumentException("the peak is held for at most " + LONGEST_HOLD);
            }
        }

        private static void within(String what, double value, double least, double most) {
            if (!(value >= least && value <= most)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s: %s is not from %s to %s", what, value, least, most));
            }
        }
    }

    /**
     * A plan for a day.
     *
     * @throws IllegalArgumentException if nobody checks in on it
     */
    public DayPlan(DayCurve curve, Terms terms) {
        this.curve = curve;
        compression = terms.compression();
        peakSlot = curve.busiestSlot(Kind.CHECK_IN);
        int peak = curve.perSecond(Kind.CHECK_IN, peakSlot);
        if (peak == 0) {
            throw new IllegalArgumentException("a day without a check-in has no peak");
        }
        scale = terms.capacityPerSecond() * terms.peakShare() / peak;
        double slotNs = DayCurve.SLOT_SECONDS * NS_PER_SECOND / compression;
        long held = Math.max(Math.round(slotNs), terms.peakHeld().toNanos());
        for (int slot = 0; slot < DayCurve.SLOTS; slot++) {
            startNs[slot + 1] = slot < peakSlot
                    ? Math.round(slotNs * (slot + 1))
                    : startNs[peakSlot] + held + Math.round(slotNs * (slot - peakSlot));
        }
        for (Kind kind : Kind.values()) {
            double[] sums = new double[DayCurve.SLOTS + 1];
            for (int slot = 0; slot < DayCurve.SLOTS; slot++) {
                sums[slot + 1] = sums[slot] + rate(kind, slot) * (startNs[slot + 1] - startNs[slot]) / NS_PER_SECOND;
            }
            before.put(kind, sums);
        }
    }

    private double rate(Kind kind, int slot) {
        return scale * curve.perSecond(kind, slot);
    }

    /** By which every rate of the day is multiplied. */
    public double scale() {
        return scale;
    }

    /** How long it is played. */
    public Duration length() {
        return Duration.ofNanos(startNs[DayCurve.SLOTS]);
    }

    /**
     * How many come in a second.
     *
     * @param elapsedNs since the beginning; nobody comes before it, or when the day is over
     */
    public double perSecond(Kind kind, long elapsedNs) {
        return isOutside(elapsedNs) ? 0 : rate(kind, slotAt(elapsedNs));
    }

    /**
     * How many have come.
     *
     * @param elapsedNs since the beginning
     * @return never less than for an earlier instant
     */
    public long due(Kind kind, long elapsedNs) {
        double[] sums = before.get(kind);
        if (isOutside(elapsedNs)) {
            return elapsedNs < 0 ? 0 : (long) sums[DayCurve.SLOTS];
        }
        int slot = slotAt(elapsedNs);
        double more = rate(kind, slot) * (elapsedNs - startNs[slot]) / NS_PER_SECOND;
        return (long) Math.min(sums[slot] + more, sums[slot + 1]);
    }

    /** How many come in all. */
    public long total(Kind kind) {
        return (long) before.get(kind)[DayCurve.SLOTS];
    }

    /** What time of the day it is; the last second of it when it is over. */
    public LocalTime timeOfDay(long elapsedNs) {
        if (isOutside(elapsedNs)) {
            return elapsedNs < 0 ? LocalTime.MIN : LocalTime.of(23, 59, 59);
        }
        int slot = slotAt(elapsedNs);
        double part = (double) (elapsedNs - startNs[slot]) / (startNs[slot + 1] - startNs[slot]);
        return DayCurve.timeOf(slot).plusSeconds((long) (part * DayCurve.SLOT_SECONDS));
    }

    /** When it is that time of the day, from the beginning. */
    public Duration at(LocalTime time) {
        int slot = DayCurve.slotOf(time);
        double part = (double) (time.toSecondOfDay() % DayCurve.SLOT_SECONDS) / DayCurve.SLOT_SECONDS;
        return Duration.ofNanos(startNs[slot] + (long) (part * (startNs[slot + 1] - startNs[slot])));
    }

    /** When the busiest five minutes begin. */
    public Duration peak() {
        return Duration.ofNanos(startNs[peakSlot]);
    }

    /** When they are over. */
    public Duration peakOver() {
        return Duration.ofNanos(startNs[peakSlot + 1]);
    }

    /**
     * When something is broken: all at the peak, with equally long until the next or the peak's end.
     *
     * @param faults how many; 1 to 20
     * @return the first after half of a gap, so that the peak is seen without a fault before it
     */
    public List<Duration> faultInstants(int faults) {
        if (faults < 1 || faults > 20) {
            throw new IllegalArgumentException("1 to 20 faults, not " + faults);
        }
        long gap = 2 * (startNs[peakSlot + 1] - startNs[peakSlot]) / (2L * faults + 1);
        return IntStream.range(0, faults)
                .mapToObj(fault -> Duration.ofNanos(startNs[peakSlot] + gap / 2 + fault * gap))
                .toList();
    }

    private boolean isOutside(long elapsedNs) {
        return elapsedNs < 0 || elapsedNs >= startNs[DayCurve.SLOTS];
    }

    private int slotAt(long elapsedNs) {
        int found = Arrays.binarySearch(startNs, elapsedNs);
        return found >= 0 ? found : -found - 2;
    }

    /** For people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "rates times %.3f, at most %,.0f check-ins/s; the day in %.0f s, %.0f times as fast; its peak for %.1f"
                        + " s",
                scale,
                rate(Kind.CHECK_IN, peakSlot),
                length().toNanos() / NS_PER_SECOND,
                compression,
                peakOver().minus(peak()).toNanos() / NS_PER_SECOND);
    }
}

package io.passgate.rehearsal.day;

import io.passgate.rehearsal.day.DayRun.Lane;
import io.passgate.rehearsal.day.DayRun.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What became of the payloads of a lane, second by second. Instants are since the beginning of the play; what comes
 * after its end counts in the last second. One thread.
 */
public final class LaneTally {
    /** What became of a payload. */
    public enum Outcome {
        ANSWERED,
        SHED,
        INDETERMINATE,
        REFUSED,
        UNANSWERED
    }

    private static final double US_PER_MS = 1_000;

    private final String name;
    private final long[] offered;
    private final long[][] outcomes;
    private final double[] p50Ms;
    private final double[] p99Ms;
    private final double[] queue;

    /** Latencies of the second that has answers now, in microseconds. */
    private int[] latenciesUs = new int[1_024];

    private int latencies;
    private int second;
    private long lastAnswerNs;
    private long silenceNs;

    /** A tally of so many seconds. */
    public LaneTally(String name, int seconds) {
        this.name = name;
        offered = new long[seconds];
        outcomes = new long[Outcome.values().length][seconds];
        queue = new double[seconds];
        p50Ms = new double[seconds];
        p99Ms = new double[seconds];
        Arrays.fill(p50Ms, Double.NaN);
        Arrays.fill(p99Ms, Double.NaN);
    }

    private int secondOf(long elapsedNs) {
        return (int) Math.clamp(TimeUnit.NANOSECONDS.toSeconds(elapsedNs), 0, offered.length - 1L);
    }

    /** Payloads were sent. */
    public void offered(long elapsedNs, int payloads) {
        offered[secondOf(elapsedNs)] += payloads;
    }

    /** Something became of payloads. */
    public void count(Outcome outcome, long elapsedNs, int payloads) {
        outcomes[outcome.ordinal()][secondOf(elapsedNs)] += payloads;
    }

    /**
     * A request was answered, whatever of its payloads.
     *
     * @param elapsedNs never less than before
     */
    public void took(long elapsedNs, long latencyNs) {
        int now = secondOf(elapsedNs);
        if (now != second) {
            close();
            second = now;
        }
        if (latencies == latenciesUs.length) {
            latenciesUs = Arrays.copyOf(latenciesUs, 2 * latencies);
        }
        latenciesUs[latencies++] =
                (int) Math.clamp(TimeUnit.NANOSECONDS.toMicros(latencyNs), 0, (long) Integer.MAX_VALUE);
        silenceNs = Math.max(silenceNs, elapsedNs - lastAnswerNs);
        lastAnswerNs = elapsedNs;
    }

    /** The longest between two answers since this was asked the last time, or since the beginning. */
    public long takeSilenceNs(long elapsedNs) {
        long longest = Math.max(silenceNs, elapsedNs - lastAnswerNs);
        silenceNs = 0;
        return longest;
    }

    /** So many waited in the gateways. */
    public void queue(long elapsedNs, double payloads) {
        queue[secondOf(elapsedNs)] = payloads;
    }

    private void close() {
        if (latencies > 0) {
            Arrays.sort(latenciesUs, 0, latencies);
            p50Ms[second] = rank(50);
            p99Ms[second] = rank(99);
            latencies = 0;
        }
    }

    private double rank(int percent) {
        return latenciesUs[(latencies * percent + 99) / 100 - 1] / US_PER_MS;
    }

    /** All seconds. */
    public Lane lane() {
        close();
        List<Sample> samples = IntStream.range(0, offered.length)
                .mapToObj(i -> new Sample(
                        offered[i],
                        of(Outcome.ANSWERED, i),
                        of(Outcome.SHED, i),
                        of(Outcome.INDETERMINATE, i),
                        of(Outcome.REFUSED, i),
                        of(Outcome.UNANSWERED, i),
                        p50Ms[i],
                        p99Ms[i],
                        queue[i]))
                .toList();
        return new Lane(name, samples);
    }

    private double of(Outcome outcome, int at) {
        return outcomes[outcome.ordinal()][at];
    }
}

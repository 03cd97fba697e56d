package io.passgate.rehearsal.day;

import io.passgate.rehearsal.day.DayRun.Lane;
import io.passgate.rehearsal.day.DayRun.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    private static final long LEAST_SILENCE_NS = TimeUnit.MILLISECONDS.toNanos(10);

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
    private final List<Silence> silences = new ArrayList<>();

    private record Silence(long fromNs, long untilNs) {}

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
        if (elapsedNs - lastAnswerNs >= LEAST_SILENCE_NS) {
            silences.add(new Silence(lastAnswerNs, elapsedNs));
        }
        lastAnswerNs = elapsedNs;
    }

    /**
     * The longest that nobody had an answer.
     *
     * @param untilNs what is silent still counts up to here
     * @return 0 where it is less than 10 ms; of a silence that began before, or ended after it, what lies within
     */
    public long silenceNs(long fromNs, long untilNs) {
        return Stream.concat(silences.stream(), Stream.of(new Silence(lastAnswerNs, Long.MAX_VALUE)))
                .mapToLong(silence -> Math.min(silence.untilNs(), untilNs) - Math.max(silence.fromNs(), fromNs))
                .filter(lengthNs -> lengthNs >= LEAST_SILENCE_NS)
                .max()
                .orElse(0);
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

    /** A second that is over, for people. */
    public String said(int past) {
        return String.format(
                Locale.ROOT,
                "%s: %,d/s offered, %,.0f answered, %,.0f shed, %,.0f indeterminate, %,.0f unanswered, p99 %,.0f ms",
                name,
                offered[past],
                of(Outcome.ANSWERED, past),
                of(Outcome.SHED, past),
                of(Outcome.INDETERMINATE, past),
                of(Outcome.UNANSWERED, past),
                p99Ms[past]);
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

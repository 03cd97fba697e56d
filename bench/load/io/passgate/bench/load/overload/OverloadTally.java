package io.passgate.bench.load.overload;

import io.passgate.testing.load.LoadAnswer;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What became of one phase's requests. Latencies are of requests that were answered while the load lasted, from when each
 * was sent. What is answered after it is counted beside them: a request that has waited for long goes on then.
 */
final class OverloadTally {
    private static final double NS_PER_MS = 1e6;

    private final int batch;
    private final Histogram latencies = new Histogram(3);
    private double seconds;
    private long answeredInTime;
    private long answeredAfter;
    private long longestAfterNs;
    private long shed;
    private long closed;
    private long unsent;
    private long unanswered;

    OverloadTally(int batch) {
        this.batch = batch;
    }

    /** It lasts so much longer. */
    void lasts(double more) {
        seconds += more;
    }

    /**
     * Counts an answer.
     *
     * @param inTime whether it came before the phase was over; what came later is no goodput
     * @return whether it was a good one, and not a 503
     * @throws IllegalStateException if it is neither
     */
    boolean answered(LoadAnswer answer, long latencyNs, boolean inTime) {
        if (answer.status() == 503) {
            shed++;
            return false;
        }
        if (answer.status() != 200 || answer.accepted() != batch) {
            throw new IllegalStateException("status " + answer.status() + " with " + answer.accepted() + " of " + batch
                    + " good payloads" + " accepted: " + answer.beginning());
        }
        if (inTime) {
            answeredInTime++;
            latencies.recordValue(Math.max(0, latencyNs));
        } else {
            answeredAfter++;
            longestAfterNs = Math.max(longestAfterNs, latencyNs);
        }
        return true;
    }

    /** The gateway closed a connection with a request on it. */
    void closed() {
        closed++;
    }

    /** A client came, and all connections were busy. */
    void unsent() {
        unsent++;
    }

    /** A request had neither an answer nor an end when the phase had been over for long. */
    void unanswered() {
        unanswered++;
    }

    long unansweredRequests() {
        return unanswered;
    }

    /** Accepted payloads a second. */
    double goodput() {
        return answeredInTime * batch / seconds;
    }

    double latencyMs(double percentile) {
        return latencies.getValueAtPercentile(percentile) / NS_PER_MS;
    }

    static String header() {
        return String.format(
                Locale.ROOT,
                "%-14s %12s %9s %9s %9s %9s %8s %10s %9s %9s",
                "offered",
                "goodput/s",
                "p50 ms",
                "p99 ms",
                "503s/s",
                "closed",
                "unsent/s",
                "unanswered",
                "after",
                "most ms");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,12.0f %,9.1f %,9.1f %,9.0f %,9d %,8.0f %,10d %,9d %,9.0f",
                goodput(),
                latencyMs(50),
                latencyMs(99),
                shed / seconds,
                closed,
                unsent / seconds,
                unanswered,
                answeredAfter,
                longestAfterNs / NS_PER_MS);
    }

    static String csvHeader() {
        return "goodput,p50_ms,p99_ms,shed,closed,unsent,unanswered,after,longest_after_ms";
    }

    String csv() {
        return String.format(
                Locale.ROOT,
                "%.0f,%.2f,%.2f,%d,%d,%d,%d,%d,%.0f",
                goodput(),
                latencyMs(50),
                latencyMs(99),
                shed,
                closed,
                unsent,
                unanswered,
                answeredAfter,
                longestAfterNs / NS_PER_MS);
    }
}

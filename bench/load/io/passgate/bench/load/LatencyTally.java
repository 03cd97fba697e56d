package io.passgate.bench.load;

import io.passgate.testing.load.LoadAnswer;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What became of the requests of one phase. Latencies count from when a request should have gone out. */
public final class LatencyTally {
    private static final double NS_PER_MS = 1e6;

    private final int batch;
    private final int wanted;
    private final double offeredPerSecond;
    private final double seconds;
    private final Histogram latencies = new Histogram(3);
    private long answered;
    private long answeredInTime;
    private long shed;
    private long unsent;
    private long unanswered;

    /**
     * A tally of a phase of {@code seconds} with these requests.
     *
     * @param offeredPerSecond payloads, or 0 for a closed loop, which offers what is taken
     */
    LatencyTally(RequestBytes requestBytes, double offeredPerSecond, double seconds) {
        this.batch = requestBytes.batch();
        this.wanted = requestBytes.accepted();
        this.offeredPerSecond = offeredPerSecond;
        this.seconds = seconds;
    }

    /**
     * Counts an answer. Where the gateway could not tell of all payloads, it is none.
     *
     * @param inTime whether it came before the phase was over; what came later does not count as throughput
     * @throws IllegalStateException if it is neither 200 with no payload refused nor 503
     */
    void answered(LoadAnswer loadAnswer, long latencyNs, boolean inTime) {
        int status = loadAnswer.status();
        if (status == 503) {
            shed++;
            return;
        }
        int accepted = status == 200 ? loadAnswer.accepted() : 0;
        if (status == 200 && accepted < wanted && accepted + loadAnswer.indeterminate() == wanted) {
            unanswered++;
            return;
        }
        if (status != 200 || accepted != wanted) {
            throw new IllegalStateException("status " + status + " with " + accepted + " of " + wanted
                    + " good payloads accepted: " + loadAnswer.beginning());
        }
        answered++;
        answeredInTime += inTime ? 1 : 0;
        latencies.recordValue(Math.max(0, latencyNs));
    }

    /** Counts a request that did not go out because too many were under way. */
    void unsent() {
        unsent++;
    }

    void unanswered() {
        unanswered++;
    }

    /** Good answers, those that came late among them. */
    public long answered() {
        return answered;
    }

    /** Requests without a good answer: shed, not sent, or not answered. */
    public long failed() {
        return shed + unsent + unanswered;
    }

    public long unansweredRequests() {
        return unanswered;
    }

    int batch() {
        return batch;
    }

    double offeredPerSecond() {
        return offeredPerSecond;
    }

    /** Accepted payloads a second. */
    public double payloadsPerSecond() {
        return answeredInTime * batch / seconds;
    }

    public double latencyMs(double percentile) {
        return latencies.getValueAtPercentile(percentile) / NS_PER_MS;
    }

    public static String header() {
        return String.format(
                Locale.ROOT,
                "%-6s %12s %14s %9s %9s %9s %9s %8s %8s %10s",
                "batch",
                "offered/s",
                "payloads/s",
                "answered",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "503s",
                "unsent",
                "unanswered");
    }

    /** One line of the table: payloads a second, the others in requests. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-6d %12s %,14.0f %,9d %,9.2f %,9.2f %,9.2f %,8d %,8d %,10d",
                batch,
                offeredPerSecond == 0 ? "closed" : String.format(Locale.ROOT, "%,.0f", offeredPerSecond),
                payloadsPerSecond(),
                answered,
                latencyMs(50),
                latencyMs(99),
                latencyMs(99.9),
                shed,
                unsent,
                unanswered);
    }

    public static String csvHeader() {
        return "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\",\"Score Error (99.9%)\",\"Unit\","
                + "\"Param: batch\",\"Param: offered\",\"p50 ms\",\"p99 ms\",\"p99.9 ms\",\"503s\",\"unsent\",\"unanswered\"";
    }

    public String csv() {
        return String.format(
                Locale.ROOT,
                "\"io.passgate.bench.load.HttpLoad.http\",\"thrpt\",1,%d,%f,NaN,\"ops/s\",%d,%.0f,%f,%f,%f,%d,%d,%d",
                answered,
                payloadsPerSecond(),
                batch,
                offeredPerSecond,
                latencyMs(50),
                latencyMs(99),
                latencyMs(99.9),
                shed,
                unsent,
                unanswered);
    }
}

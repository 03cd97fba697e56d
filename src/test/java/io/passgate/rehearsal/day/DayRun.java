package io.passgate.rehearsal.day;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * A play of a day, as it was recorded. Seconds are counted from its beginning.
 *
 * @param name for people, such as {@code with faults}
 * @param isJudged whether all promises are held against it; a crowd or a baseline is there to be compared with
 * @param lanes what is served by itself, such as doors and issuing
 * @param fired all alerts that were set off, where somebody watched
 * @param ledger what the entry log was found to hold, where somebody looked; then that is held against it in any case
 */
public record DayRun(
        String name,
        boolean isJudged,
        List<Lane> lanes,
        List<Fault> faults,
        List<ExpectedAlert> expected,
        Optional<List<FiredAlert>> fired,
        Optional<Ledger> ledger) {
    private static final int MOST_SAMPLES = 2 * 60 * 60;
    private static final int MOST_NAMED = 100;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if there are more than 100 of anything that has a name, or an alert is expected
     *     of a fault that was not made
     */
    public DayRun {
        lanes = List.copyOf(lanes);
        faults = List.copyOf(faults);
        expected = List.copyOf(expected);
        fired = fired.map(List::copyOf);
        if (Math.max(
                        Math.max(lanes.size(), faults.size()),
                        Math.max(expected.size(), fired.map(List::size).orElse(0)))
                > MOST_NAMED) {
            throw new IllegalArgumentException("at most " + MOST_NAMED + " lanes, faults and alerts");
        }
        for (ExpectedAlert alert : expected) {
            if (faults.stream().noneMatch(fault -> fault.name().equals(alert.fault()))) {
                throw new IllegalArgumentException(alert.name() + " is expected of a fault that was not made");
            }
        }
    }

    /**
     * Requests that are served together.
     *
     * @param samples one for each second
     */
    public record Lane(String name, List<Sample> samples) {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if they last for more than two hours
         */
        public Lane {
            samples = List.copyOf(samples);
            if (samples.size() > MOST_SAMPLES) {
                throw new IllegalArgumentException("at most " + MOST_SAMPLES + " seconds");
            }
        }
    }

    /**
     * A second, in payloads; each that was offered is one of the five that follow it.
     *
     * @param offered those that came, and those who asked again
     * @param answered with a verdict that says something of the payload
     * @param shed told to come later
     * @param indeterminate told that nobody can tell
     * @param refused though they are good: by a fault of ours
     * @param unanswered without an answer, or without a connection
     * @param p50Ms half of what was answered took no longer; NaN where nothing was
     * @param p99Ms likewise of 99 %
     * @param queue payloads that wait in all gateways
     */
    public record Sample(
            double offered,
            double answered,
            double shed,
            double indeterminate,
            double refused,
            double unanswered,
            double p50Ms,
            double p99Ms,
            double queue) {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if a number is negative or not finite
         */
        public Sample {
            boolean isCount = DoubleStream.of(offered, answered, shed, indeterminate, refused, unanswered, queue)
                    .allMatch(count -> count >= 0 && Double.isFinite(count));
            boolean isLatency =
                    DoubleStream.of(p50Ms, p99Ms).allMatch(ms -> Double.isNaN(ms) || ms >= 0 && Double.isFinite(ms));
            if (!isCount || !isLatency) {
                throw new IllegalArgumentException("a sample counts from 0 on");
            }
        }
    }

    /**
     * Something that was broken on purpose.
     *
     * @param atSecond when
     * @param untilSecond when it was mended, or took itself up again
     * @param silenceSeconds the longest that nobody had an answer
     * @param mostSilenceSeconds what is promised
     */
    public record Fault(
            String name, double atSecond, double untilSecond, double silenceSeconds, double mostSilenceSeconds) {}

    /**
     * An alert that a fault should set off.
     *
     * @param fault its name
     * @param withinSeconds of the fault
     */
    public record ExpectedAlert(String name, String fault, double withinSeconds) {}

    /** An alert that was set off. */
    public record FiredAlert(String name, double atSecond) {}

    /**
     * The entry log beside what people were told.
     *
     * @param acknowledged visits that somebody was told are recorded
     * @param logged rows of the log
     * @param missing acknowledged visits that are not there
     * @param twice visits that are there more than once
     * @param unasked rows that nobody asked for
     * @param unheard visits that are there, and whose answer was lost on its way
     */
    public record Ledger(long acknowledged, long logged, long missing, long twice, long unasked, long unheard) {
        boolean isExact() {
            return missing == 0 && twice == 0 && unasked == 0 && acknowledged + unheard == logged;
        }

        /**
         * Compares what people were told with the log.
         *
         * @param asked ids of the visits that somebody asked for; those that were acknowledged are among them
         * @param rows ids of the log's rows
         */
        public static Ledger of(Set<String> asked, Set<String> acknowledged, Collection<String> rows) {
            Set<String> logged = new HashSet<>(rows);
            return new Ledger(
                    acknowledged.size(),
                    rows.size(),
                    acknowledged.stream().filter(id -> !logged.contains(id)).count(),
                    rows.size() - logged.size(),
                    logged.stream().filter(id -> !asked.contains(id)).count(),
                    logged.stream()
                            .filter(id -> asked.contains(id) && !acknowledged.contains(id))
                            .count());
        }
    }

    /** Good payloads that were refused, in all lanes. */
    double refused() {
        return lanes.stream()
                .flatMap(lane -> lane.samples().stream())
                .mapToDouble(Sample::refused)
                .sum();
    }

    /** Of those that were offered from a second to before another, the share that was answered; NaN of none. */
    double answeredShare(long from, long until) {
        double offered = 0;
        double answered = 0;
        for (Lane lane : lanes) {
            for (int second = (int) from;
                    second < Math.min(until, lane.samples().size());
                    second++) {
                offered += lane.samples().get(second).offered();
                answered += lane.samples().get(second).answered();
            }
        }
        return answered / offered;
    }
}

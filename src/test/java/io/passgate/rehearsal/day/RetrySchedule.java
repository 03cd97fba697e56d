package io.passgate.rehearsal.day;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Those who did not get what they came for, and when they ask again. Seconds are those of the clock, however fast a day
 * is played: a second that is played is as busy as one of the day. One thread.
 *
 * @param <T> who asks, with what
 */
public final class RetrySchedule<T> {
    private static final long LEAST_PAUSE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long MOST_PAUSE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int LONGEST_RETRY_AFTER_SECONDS = 120;

    /**
     * What people do.
     *
     * @param obeyingShare of those who are told when to come again: they do, in the second after it; the others ask
     *     again after 2 to 10 s, as all do who are not told
     * @param mostAttempts after which somebody gives up
     * @param mostWaiting how many may be about to ask again; who comes beyond them gives up at once
     */
    public record Habits(double obeyingShare, int mostAttempts, int mostWaiting) {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if a share is not from 0 to 1, or a number below 1
         */
        public Habits {
            if (!(obeyingShare >= 0 && obeyingShare <= 1) || mostAttempts < 1 || mostWaiting < 1) {
                throw new IllegalArgumentException("habits are a share from 0 to 1, and numbers from 1 on");
            }
        }
    }

    /**
     * Somebody who asks again.
     *
     * @param attempts how often they have asked before
     */
    public record Returning<T>(T who, int attempts, long atNs) {}

    private final Habits habits;
    private final RandomGenerator random;
    private final PriorityQueue<Returning<T>> waiting = new PriorityQueue<>(Comparator.comparingLong(Returning::atNs));
    private long givenUp;

    /** Nobody waits yet. */
    public RetrySchedule(Habits habits, RandomGenerator random) {
        this.habits = habits;
        this.random = random;
    }

    /**
     * Somebody did not get what they came for.
     *
     * @param attempts how often they have asked, this time among them
     * @param retryAfterSeconds what they were told, if anything
     */
    public void failed(T who, int attempts, OptionalInt retryAfterSeconds, long nowNs) {
        if (attempts >= habits.mostAttempts() || waiting.size() >= habits.mostWaiting()) {
            givenUp++;
            return;
        }
        waiting.add(new Returning<>(who, attempts, nowNs + pauseNs(retryAfterSeconds)));
    }

    private long pauseNs(OptionalInt retryAfterSeconds) {
        if (retryAfterSeconds.isPresent() && random.nextDouble() < habits.obeyingShare()) {
            int seconds = Math.clamp(retryAfterSeconds.getAsInt(), 0, LONGEST_RETRY_AFTER_SECONDS);
            return TimeUnit.SECONDS.toNanos(seconds) + random.nextLong(TimeUnit.SECONDS.toNanos(1));
        }
        return random.nextLong(LEAST_PAUSE_NS, MOST_PAUSE_NS);
    }

    /** The next one whose time has come, who does not wait any more. */
    public Optional<Returning<T>> due(long nowNs) {
        Returning<T> first = waiting.peek();
        return first == null || first.atNs() > nowNs ? Optional.empty() : Optional.of(waiting.remove());
    }

    /** How many are about to ask again. */
    public int waiting() {
        return waiting.size();
    }

    /** How many have gone away without what they came for. */
    public long givenUp() {
        return givenUp;
    }
}

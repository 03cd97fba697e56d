package io.passgate.http.response;

import java.util.random.RandomGenerator;

/** The seconds after which a client that was shed may come again: 1 to 3, so that those shed at once do not. */
public final class RetryAfter {
    private static final int MIN_SECONDS = 1;
    private static final int MAX_SECONDS = 3;

    private final RandomGenerator random;

    /**
     * Seconds by this chance.
     *
     * @param random as good as it takes to spread clients
     */
    public RetryAfter(RandomGenerator random) {
        this.random = random;
    }

    /** {@return the value of the next {@code Retry-After}, in whole seconds} */
    public String next() {
        return Integer.toString(random.nextInt(MIN_SECONDS, MAX_SECONDS + 1));
    }
}

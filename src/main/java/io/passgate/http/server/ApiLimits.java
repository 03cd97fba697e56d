package io.passgate.http.server;

import java.time.Duration;

/**
 * What one request, and all requests under way, may take.
 *
 * @param maxBodyBytes one request's body
 * @param maxBytesUnderWay the bodies of all requests being answered, of each part of the interface; each byte that
 *     arrives counts {@value BodyRoom#COPIES}
 * @param maxBytesPerClient those of one client, counted alike
 * @param maxPayloads payloads of one request
 * @param bodyPatience from a request's headers to the end of its body
 * @param patience for what a store is to keep or the issuing side to decide; longer than any takes that is going to
 *     succeed
 * @param shedDelay how long a request for which there is no room waits for it, its body unread; zero: not at all
 * @param idle after which a connection that says nothing is closed
 */
public record ApiLimits(
        int maxBodyBytes,
        long maxBytesUnderWay,
        long maxBytesPerClient,
        int maxPayloads,
        Duration bodyPatience,
        Duration patience,
        Duration shedDelay,
        Duration idle) {
    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a number is not positive, or a bound on bodies is less than one body's
     */
    public ApiLimits {
        if (maxBodyBytes < 1
                || maxBytesUnderWay < maxBodyBytes
                || maxBytesPerClient < maxBodyBytes
                || maxPayloads < 1) {
            throw new IllegalArgumentException(
                    "limits are positive, and bodies under way, of one client too, may take at least one body's size");
        }
    }
}

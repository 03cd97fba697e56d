package io.passgate.attack;

/**
 * What each connection of a {@link Crowd} does.
 *
 * @param said at once, as far as the socket takes it
 * @param repeated how often
 * @param trickled said then byte by byte, over and over
 * @param betweenMs so long between two of those bytes
 * @param isHalfClosed whether it says that nothing more comes once all is said
 * @param staysMs after so long it goes by itself (RST); 0 if it stays
 * @param comesAgain whether another comes in the place of one that is gone
 */
public record Manner(
        byte[] said,
        int repeated,
        byte[] trickled,
        int betweenMs,
        Reading reading,
        boolean isHalfClosed,
        int staysMs,
        boolean comesAgain) {
    private static final int BETWEEN_MS = 1_000;

    /** How much of what comes back is read. */
    public enum Reading {
        ALL,
        /** A byte a second. */
        SLOWLY,
        /** So much that an answer has begun, and then no more. */
        THE_BEGINNING,
        NOTHING
    }

    /** Says something, and then nothing. */
    public static Manner saying(String text, int repeated, Reading reading) {
        return new Manner(Requests.bytes(text), repeated, new byte[0], 0, reading, false, 0, false);
    }

    /** Says something, and goes on a byte a second. */
    public static Manner trickling(String text, String on) {
        return new Manner(Requests.bytes(text), 1, Requests.bytes(on), BETWEEN_MS, Reading.ALL, false, 0, false);
    }

    /** The same, but it says that nothing more comes. */
    public Manner halfClosed() {
        return new Manner(said, repeated, trickled, betweenMs, reading, true, staysMs, comesAgain);
    }

    /** The same, but it goes after a time. */
    public Manner goingAfter(int ms) {
        return new Manner(said, repeated, trickled, betweenMs, reading, isHalfClosed, ms, comesAgain);
    }

    /** The same, but another comes in the place of one that is gone, be it turned away. */
    public Manner comingAgain() {
        return new Manner(said, repeated, trickled, betweenMs, reading, isHalfClosed, staysMs, true);
    }
}

package io.passgate.trust;

/**
 * An entry of a trust source that was not taken, or a source that could not be read.
 *
 * @param where which entry: a file, an index or a KID
 * @param why for the person who maintains the list
 * @param ofSource whether the source itself is cut off or not what it should be, so that nobody knows which signers are
 *     missing
 */
public record Rejection(String where, String why, boolean ofSource) {
    /**
     * An entry that was not taken; the rest of its source is whole.
     *
     * @param where which entry: an index or a KID
     * @param why for the person who maintains the list
     */
    public Rejection(String where, String why) {
        this(where, why, false);
    }
}

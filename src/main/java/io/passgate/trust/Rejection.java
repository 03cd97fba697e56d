package io.passgate.trust;

/**
 * An entry of a trust source that was not taken.
 *
 * @param where which entry: a file, an index or a KID
 * @param why for the person who maintains the list
 */
public record Rejection(String where, String why) {}

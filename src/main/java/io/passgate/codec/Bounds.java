package io.passgate.codec;

/** What a payload may cost at most. Each bound is checked before memory is taken for what it bounds. */
public final class Bounds {
    /** Characters of a payload: the most a QR code holds in alphanumeric mode (version 40, level L). */
    public static final int MAX_PAYLOAD_CHARS = 4_296;

    /** Bytes of blanks that are taken off at each end of a payload: a scanner writes a few. */
    public static final int MAX_BLANK_BYTES = 1_024;

    /** Bytes after inflating. The largest certificates seen in the wild stay below 2 KiB. */
    public static final int MAX_INFLATED_BYTES = 16 * 1_024;

    /**
     * Blocks of the zlib stream. An encoder writes one for a certificate, and some a few empty ones behind it; each may
     * bring codes of its own, which is what costs.
     */
    public static final int MAX_DEFLATE_BLOCKS = 8;

    /** Bytes of a text that becomes a String. The longest that issuers write are their own names. */
    public static final int MAX_TEXT_BYTES = 512;

    /** CBOR arrays, maps and tags inside each other. A DCC with two tags nests 7 deep. */
    public static final int MAX_CBOR_DEPTH = 16;

    /**
     * CBOR items of one message, at all depths, each as often as it is passed over. A DCC has about 60, thrice; with
     * {@link #MAX_EVENTS} of all fields and tagged times, about 430, thrice.
     */
    public static final int MAX_CBOR_ITEMS = 2_048;

    /**
     * Entries of a map that is read rather than passed over. A DCC has 10 at most. Each key is compared with all before
     * it: with 64 a few maps of long keys cost more than 20 good cards.
     */
    public static final int MAX_MAP_ENTRIES = 32;

    /** Events of one kind in one certificate: as many as a policy can allow of all kinds. */
    public static final int MAX_EVENTS = 16;

    private Bounds() {}
}

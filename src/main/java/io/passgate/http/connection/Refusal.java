package io.passgate.http.connection;

/** What is wrong with a request that no route sees. */
public enum Refusal {
    /** It can be read in more than one way, or is no HTTP/1.1 (RFC 9112 sections 3, 5 and 6). */
    AMBIGUOUS(400),
    /** It took too long from its first byte to its last. */
    TOO_SLOW(408),
    /** Its first line is too long. */
    URI_TOO_LONG(414),
    /** Its header fields are too long. */
    FIELDS_TOO_LONG(431);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    /** The status of the answer. */
    int status() {
        return status;
    }
}

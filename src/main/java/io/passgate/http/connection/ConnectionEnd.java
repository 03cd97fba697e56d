package io.passgate.http.connection;

import java.util.Locale;

/** Why a connection was not taken, or was ended by us though its client had not asked for it. */
public enum ConnectionEnd {
    /** There are as many as may be, and each of them has shown a token. */
    TOO_MANY,
    /** The same of one address. */
    TOO_MANY_OF_ADDRESS,
    /** It had shown no token when another client needed its place. */
    MADE_ROOM,
    /** Its request took too long. */
    REQUEST_TOO_SLOW,
    /** It did not take its answer in time. */
    ANSWER_NOT_TAKEN,
    /** It held too much, or the longest when all together held too much. */
    HELD_TOO_MUCH,
    /** What it sent could be read in more than one way, or was no HTTP. */
    AMBIGUOUS,
    /** It did not begin as the proxy that it comes from has to begin. */
    NO_PROXY_HEADER;

    /** {@return the name that metrics have, such as {@code too_many}} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

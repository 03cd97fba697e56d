package io.passgate.checkin;

import io.vertx.core.Future;
import java.util.List;

/** Where it is known which passes have been used. What is used is in the entry log, or on its way there. */
public interface OneTimeUse {

    /** What became of one showing. */
    enum Answer {
        /** It had not been used, and is now. */
        FIRST,
        /** This very request had used it: its answer got lost. */
        AGAIN,
        /** Another request had used it. */
        USED,
        /** What was used is not known for all of the pass's life. */
        UNKNOWN,
        /** It could not be written down, and is not used. */
        NOT_LOGGED,
        /** Its request has the key of another one, with other payloads; it is not used. */
        KEY_REUSED
    }

    /** Who knows of the use. */
    enum Memory {
        /** Every gateway, by Redis. */
        SHARED,
        /** Every gateway that also falls back to PostgreSQL. */
        FALLBACK,
        /** This gateway alone. */
        LOCAL
    }

    /**
     * What became of one showing, and who knows.
     *
     * @param answer what became of it
     * @param memory who knows of the use
     */
    record Use(Answer answer, Memory memory) {}

    /**
     * Uses the showings of one request up, in order; of two that are alike the first.
     *
     * @param showings those of one request
     * @return what became of each; the future never fails
     */
    Future<List<Use>> use(List<CheckInAttempt> showings);

    /** {@return whether so many wait that no more should come} */
    boolean isFull();
}

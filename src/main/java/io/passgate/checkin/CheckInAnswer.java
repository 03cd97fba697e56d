package io.passgate.checkin;

import java.util.List;

/** What a facility is told about a request. */
public sealed interface CheckInAnswer {

    /**
     * One result a payload, in their order.
     *
     * @param results in the order of the payloads
     * @param isRepeated whether this very request had let somebody in before: who is accepted is no further visitor
     */
    record Decided(List<CheckInResult> results, boolean isRepeated) implements CheckInAnswer {
        /** Copies the results. */
        public Decided {
            results = List.copyOf(results);
        }
    }

    /** Its Idempotency-Key was another request's, with other payloads. Nobody is let in by it. */
    record KeyReused() implements CheckInAnswer {}
}

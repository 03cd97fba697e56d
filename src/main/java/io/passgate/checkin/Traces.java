package io.passgate.checkin;

import io.passgate.model.OpaqueId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Finds who was at a facility, by names that only each provider can resolve. */
public interface Traces {

    /**
     * What a tracer asks.
     *
     * @param tracer the name of its token
     * @param caseNumber of the outbreak, for the audit
     * @param facility whose visits are asked for
     * @param from the first instant
     * @param until the first instant that is not asked for
     */
    record Question(String tracer, String caseNumber, String facility, Instant from, Instant until) {}

    /** What is found. */
    sealed interface Trace {
        /**
         * The visits.
         *
         * @param passes the ids of passes by provider, in the order of the visits
         * @param walletVisits visits with a wallet certificate, of which nobody knows whose
         */
        record Found(Map<String, List<OpaqueId>> passes, long walletVisits) implements Trace {}

        /** There are more visits than are given out at once. */
        record TooMany() implements Trace {}
    }

    /** How many visits one answer has at most. */
    int MOST = 50_000;

    /** For how long a store looks at most: a day of a whole country is long. */
    Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Finds the visits still kept. They are written into the audit before anything is told.
     *
     * @param question what the tracer asks
     * @return the visits; the future fails where store or audit is out of reach
     */
    Future<Trace> find(Question question);
}

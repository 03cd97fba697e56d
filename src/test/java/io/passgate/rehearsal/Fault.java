package io.passgate.rehearsal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Something that breaks on a bad day, and what is promised of it.
 *
 * @param name for people
 * @param breaks returns when it is broken
 * @param mends returns when all is as before
 * @param alerts those that it sets off, each of some gateways; no other is to fire
 * @param brokenFor how long it is left broken
 * @param mostSilence the longest that nobody at any door has an answer
 */
public record Fault(
        String name, Step breaks, Step mends, List<Expected> alerts, Duration brokenFor, Duration mostSilence) {
    /** Bounds the list. */
    public Fault {
        alerts = List.copyOf(alerts);
    }

    /** What is done to the engines; one thread at a time. */
    public interface Step {
        void run() throws IOException, InterruptedException;
    }

    /**
     * An alert that has to come.
     *
     * @param instances the targets it is told of, as Prometheus names them
     * @param within of the moment when the fault was begun
     */
    public record Expected(String alert, Set<String> instances, Duration within) {
        /** Bounds the set. */
        public Expected {
            instances = Set.copyOf(instances);
        }
    }
}

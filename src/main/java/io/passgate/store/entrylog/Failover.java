package io.passgate.store.entrylog;

import static io.passgate.checkin.OneTimeUse.Memory.FALLBACK;
import static io.passgate.checkin.OneTimeUse.Memory.LOCAL;
import static io.passgate.checkin.OneTimeUse.Memory.SHARED;

import io.passgate.checkin.OneTimeUse.Memory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who is asked about used passes: Redis ({@code SHARED}), PostgreSQL ({@code FALLBACK}) or this gateway alone
 * ({@code LOCAL}). Redis is asked whenever it can be reached; PostgreSQL's coming and going counts only while it
 * cannot. Any thread.
 */
final class Failover {
    /** Every state and event, and the state that comes of them. */
    static final List<Transition> TRANSITIONS = List.of(
            new Transition(SHARED, Event.REDIS_LOST, FALLBACK),
            new Transition(SHARED, Event.REDIS_BACK, SHARED),
            new Transition(SHARED, Event.POSTGRESQL_LOST, SHARED),
            new Transition(SHARED, Event.POSTGRESQL_ANSWERED, SHARED),
            new Transition(FALLBACK, Event.REDIS_LOST, FALLBACK),
            new Transition(FALLBACK, Event.REDIS_BACK, SHARED),
            new Transition(FALLBACK, Event.POSTGRESQL_LOST, LOCAL),
            new Transition(FALLBACK, Event.POSTGRESQL_ANSWERED, FALLBACK),
            new Transition(LOCAL, Event.REDIS_LOST, LOCAL),
            new Transition(LOCAL, Event.REDIS_BACK, SHARED),
            new Transition(LOCAL, Event.POSTGRESQL_LOST, LOCAL),
            new Transition(LOCAL, Event.POSTGRESQL_ANSWERED, FALLBACK));

    private final Map<Cell, Memory> table = new HashMap<>();
    private volatile Memory state = SHARED;

    /** What is noticed of the stores. */
    enum Event {
        /** A call of Redis failed. */
        REDIS_LOST,
        /** Redis is connected again. */
        REDIS_BACK,
        /** A call of PostgreSQL failed, or is not tried again yet. */
        POSTGRESQL_LOST,
        /** PostgreSQL answered. */
        POSTGRESQL_ANSWERED
    }

    /** What comes of an event in a state. */
    record Transition(Memory from, Event event, Memory to) {}

    private record Cell(Memory from, Event event) {}

    /** A machine that begins with Redis. */
    Failover() {
        this(TRANSITIONS);
    }

    /** @throws IllegalArgumentException if a cell is missing or there twice */
    Failover(List<Transition> transitions) {
        for (Transition transition : transitions) {
            if (table.put(new Cell(transition.from, transition.event), transition.to) != null) {
                throw new IllegalArgumentException(transition.from + " has " + transition.event + " twice");
            }
        }
        for (Memory from : Memory.values()) {
            for (Event event : Event.values()) {
                if (!table.containsKey(new Cell(from, event))) {
                    throw new IllegalArgumentException(from + " lacks " + event);
                }
            }
        }
    }

    Memory state() {
        return state;
    }

    boolean isShared() {
        return state == SHARED;
    }

    /**
     * Takes an event in.
     *
     * @return whether the state is another one now; of several threads that notice the same, one is told so
     */
    synchronized boolean changes(Event event) {
        Memory before = state;
        state = Objects.requireNonNull(table.get(new Cell(before, event)));
        return state != before;
    }
}

package io.passgate.model;

import java.util.List;

/**
 * What a credential says about its holder, as far as an acceptance rule needs it: never a name.
 *
 * @param events in the order they stand in the credential; none for an entry-only pass
 * @param age what it says about the holder's age
 */
public record Claims(List<Event> events, Age age) {
    /** Copies the events. */
    public Claims {
        events = List.copyOf(events);
    }

    /** Number of events only: the rest is a person's. */
    @Override
    public String toString() {
        return "Claims[" + events.size() + " events]";
    }
}

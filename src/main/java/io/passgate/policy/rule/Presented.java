package io.passgate.policy.rule;

import io.passgate.model.Age;
import io.passgate.model.Event;
import java.util.List;

/**
 * What a rule looks at.
 *
 * @param events those about an accepted target only
 * @param age what the credential says about its holder's age
 * @param now when it is judged
 */
record Presented(List<Event> events, Age age, Moment now) {
    /** Number of events only: the rest is a person's. */
    @Override
    public String toString() {
        return "Presented[" + events.size() + " events]";
    }
}

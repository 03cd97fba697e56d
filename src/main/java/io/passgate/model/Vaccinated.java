package io.passgate.model;

import java.util.List;

/**
 * How far the doses that a credential shows bring its holder, for a door. There is none where no dose is shown: that
 * says nothing of a person.
 *
 * @param complete whether a primary series is complete
 * @param waitOver whether the days that must pass after the completing dose have passed; true of a booster
 * @param doses those shown, in the credential's order
 */
public record Vaccinated(boolean complete, boolean waitOver, List<Event.Vaccination> doses) {
    /** Copies the doses. */
    public Vaccinated {
        doses = List.copyOf(doses);
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "Vaccinated[…]";
    }
}

package io.passgate.demo.phone;

import io.passgate.model.OpaqueId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Invented people, in memory only and no more than there is room for: whoever was asked for longest ago is forgotten
 * for the next one. One event loop.
 */
final class InventedPeople {
    private static final float LOAD = .75f;

    private final RandomGenerator random;
    private final Map<OpaqueId, InventedPerson> people;

    /**
     * Nobody yet.
     *
     * @param most how many there are at once
     * @param random for secrets
     */
    InventedPeople(int most, RandomGenerator random) {
        this.random = random;
        this.people = new LinkedHashMap<>(most + 1, LOAD, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<OpaqueId, InventedPerson> eldest) {
                return size() > most;
            }
        };
    }

    /** One more. */
    InventedPerson invent() {
        InventedPerson person = new InventedPerson(random);
        people.put(person.id(), person);
        return person;
    }

    Optional<InventedPerson> find(OpaqueId id) {
        return Optional.ofNullable(people.get(id));
    }

    /** Nobody of that id is there any more. */
    void forget(OpaqueId id) {
        people.remove(id);
    }

    int count() {
        return people.size();
    }
}

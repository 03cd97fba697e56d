package io.passgate.demo.phone;

import io.passgate.model.OpaqueId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Somebody who does not exist, as the registrar and the providers know them. One event loop. */
final class InventedPerson {
    /** Doses of the series. */
    static final int SERIES = 2;

    private static final int CI_BYTES = 64;

    private final OpaqueId id;
    private final String ci;

    /** By which the registrar's records are told apart; says nothing of the connecting information. */
    private final String recordPrefix;

    private final Map<String, String> consents = new HashMap<>();
    private final List<LocalDate> doses = new ArrayList<>();

    InventedPerson(RandomGenerator random) {
        id = OpaqueId.random(random);
        byte[] fresh = new byte[CI_BYTES];
        random.nextBytes(fresh);
        ci = Base64.getEncoder().encodeToString(fresh);
        recordPrefix = OpaqueId.random(random).text();
    }

    /** By which the page speaks of the person. */
    OpaqueId id() {
        return id;
    }

    /** The connecting information, which only the gateway is told. */
    String ci() {
        return ci;
    }

    /** The id of the record of a dose, the same however often it is sent. */
    String recordId(int dose) {
        return recordPrefix + '-' + dose;
    }

    /** The number of the next dose, if it can be given that day: after the last one, and there is one left. */
    Optional<Integer> nextDose(LocalDate on) {
        boolean isLater = doses.isEmpty() || on.isAfter(doses.getLast());
        return doses.size() < SERIES && isLater ? Optional.of(doses.size() + 1) : Optional.empty();
    }

    /** A dose was recorded; told twice it is the same one. */
    void isGiven(int dose, LocalDate on) {
        if (dose == doses.size() + 1) {
            doses.add(on);
        }
    }

    /** How many doses were given. */
    int doses() {
        return doses.size();
    }

    Optional<String> consent(String provider) {
        return Optional.ofNullable(consents.get(provider));
    }

    void consents(String provider, String consent) {
        consents.put(provider, consent);
    }

    void withdraws(String provider) {
        consents.remove(provider);
    }
}

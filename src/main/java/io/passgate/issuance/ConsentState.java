package io.passgate.issuance;

import io.passgate.dpop.DeviceKey;
import io.passgate.registry.HealthRecord;
import io.passgate.registry.Holder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one consent at one moment: all that a pass is made of.
 *
 * @param provider to whom it was given
 * @param holder who gave it
 * @param scope what may be shown; nothing after a withdrawal
 * @param device the key of the phone that was registered for it, if any
 * @param entries the holder's newest records; none where the scope is empty
 */
public record ConsentState(
        String provider, Holder holder, Set<ConsentScope> scope, Optional<DeviceKey> device, List<Recorded> entries) {

    /**
     * A record as it is kept.
     *
     * @param id the number that it is kept under
     * @param revision the registrar's number of its version
     * @param healthRecord what it says
     */
    public record Recorded(long id, int revision, HealthRecord healthRecord) {}

    /** Copies {@code scope} and {@code entries}. */
    public ConsentState {
        scope = Set.copyOf(scope);
        entries = List.copyOf(entries);
    }

    /** {@return the records that the holder lets the provider show} */
    public List<Recorded> shown() {
        return entries.stream()
                .filter(recorded -> scope.contains(ConsentScope.of(recorded.healthRecord())))
                .toList();
    }

    /** The provider only: the rest is a person's. */
    @Override
    public String toString() {
        return "ConsentState[" + provider + "]";
    }
}

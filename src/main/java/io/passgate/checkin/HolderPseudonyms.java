package io.passgate.checkin;

import io.passgate.format.entrypass.PresentedPass;
import io.passgate.model.OpaqueId;
import java.time.LocalDate;
import java.util.Optional;

/** Reads the name that a pass's holder has for a day, where this gateway can. On event loops: waits for nobody. */
public interface HolderPseudonyms {

    /**
     * {@return the name; empty if the pass shows no record, or the day's key is not here}
     *
     * @param pass that was accepted
     * @param day on which it was issued, in Asia/Seoul
     */
    Optional<OpaqueId> of(PresentedPass pass, LocalDate day);

    /** Knows nobody. */
    HolderPseudonyms NONE = (pass, day) -> Optional.empty();
}

package io.passgate.format;

import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.Slice;
import java.util.Optional;

/** Reads what credentials of one format say of their holder. Belongs to one thread. */
public interface ClaimsReader {
    /**
     * Reads the claims of one credential.
     *
     * @param claims what {@link Credential#claims} is, read in place
     * @return what they say; empty if something that a rule needs cannot be read
     */
    Optional<Claims> read(Slice claims);

    /** Lets go of the claims that were read last. */
    void wipe();
}

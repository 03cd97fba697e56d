package io.passgate.format;

import io.passgate.model.Credential;
import io.passgate.model.Reason;
import io.passgate.revocation.RevocationSnapshot;
import io.passgate.trust.Signer;
import java.time.Instant;
import java.util.Optional;

/** Looks a signed credential up among what has been revoked. Belongs to one thread. */
public interface RevocationLookup {
    /** That of a format that nothing revokes: it keeps nothing, and all threads may share it. */
    RevocationLookup NONE = new RevocationLookup() {
        @Override
        public Optional<Reason> objection(
                Credential credential, Signer signer, RevocationSnapshot revocations, Instant at) {
            return Optional.empty();
        }

        @Override
        public void wipe() {}
    };

    /**
     * {@return what is said of the credential instead of accepting it; empty if nothing is revoked}
     *
     * @param credential whose signature holds
     * @param signer whose signature it bears
     * @param revocations of the batch
     * @param at the instant that the credential is judged at
     */
    Optional<Reason> objection(Credential credential, Signer signer, RevocationSnapshot revocations, Instant at);

    /** Overwrites and lets go of what is left of the credentials looked up so far. */
    void wipe();
}

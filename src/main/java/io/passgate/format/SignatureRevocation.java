package io.passgate.format;

import io.passgate.model.Credential;
import io.passgate.model.Reason;
import io.passgate.revocation.RevocationHashes;
import io.passgate.revocation.RevocationKind;
import io.passgate.revocation.RevocationList;
import io.passgate.revocation.RevocationSnapshot;
import io.passgate.trust.Signer;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks credentials up by the hash of their signature, which any format has. Hashes only where the list has such
 * entries.
 */
public final class SignatureRevocation implements RevocationLookup {
    private final RevocationHashes hashes = new RevocationHashes();

    /** Creates one for one thread. */
    public SignatureRevocation() {}

    @Override
    public Optional<Reason> objection(
            Credential credential, Signer signer, RevocationSnapshot revocations, Instant at) {
        if (revocations.isStale(at)) {
            return Optional.of(Reason.REVOCATION_STALE);
        }
        return isRevoked(credential, revocations.list(), at) ? Optional.of(Reason.REVOKED) : Optional.empty();
    }

    private boolean isRevoked(Credential credential, RevocationList list, Instant at) {
        return list.mayHold(RevocationKind.SIGNATURE)
                && list.isRevoked(
                        RevocationKind.SIGNATURE,
                        hashes.ofSignature(credential.algorithm(), credential.signature()),
                        credential.kid(),
                        at);
    }

    @Override
    public void wipe() {
        hashes.wipe();
    }
}

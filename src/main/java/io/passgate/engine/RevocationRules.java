package io.passgate.engine;

import io.passgate.codec.DccIdentifiers;
import io.passgate.model.Credential;
import io.passgate.model.Reason;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationHashes;
import io.passgate.revocation.RevocationKind;
import io.passgate.revocation.RevocationList;
import io.passgate.revocation.RevocationSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks a signed credential up among what has been revoked; hashes only what the list has entries of. One thread. */
final class RevocationRules {
    private final RevocationHashes hashes = new RevocationHashes();
    private final DccIdentifiers identifiers = new DccIdentifiers();

    /** What is said of the credential instead of accepting it; empty if nothing is revoked. */
    Optional<Reason> objection(Credential credential, RevocationSnapshot revocations, Instant at) {
        if (revocations.isStale(at)) {
            return Optional.of(Reason.REVOCATION_STALE);
        }
        return isRevoked(credential, revocations.list(), at) ? Optional.of(Reason.REVOKED) : Optional.empty();
    }

    /** Overwrites and lets go of what is left of the credentials looked up so far. */
    void wipe() {
        hashes.wipe();
        identifiers.wipe();
    }

    private boolean isRevoked(Credential credential, RevocationList list, Instant at) {
        if (list.mayHold(RevocationKind.SIGNATURE)
                && list.isRevoked(
                        RevocationKind.SIGNATURE,
                        hashes.ofSignature(credential.algorithm(), credential.signature()),
                        credential.kid(),
                        at)) {
            return true;
        }
        return (list.mayHold(RevocationKind.UCI) || list.mayHold(RevocationKind.COUNTRYCODEUCI))
                && isRevokedByIdentifier(credential, list, at);
    }

    private boolean isRevokedByIdentifier(Credential credential, RevocationList list, Instant at) {
        List<String> ucis = identifiers.read(credential.claims());
        for (String uci : ucis) {
            RevocationHash plain = hashes.ofUci(uci);
            if (list.isRevoked(RevocationKind.UCI, plain, credential.kid(), at)) {
                return true;
            }
            if (credential.issuer().isPresent()) {
                RevocationHash full =
                        hashes.ofCountryCodeUci(credential.issuer().get(), uci);
                if (list.isRevoked(RevocationKind.COUNTRYCODEUCI, full, credential.kid(), at)) {
                    return true;
                }
            }
        }
        return false;
    }
}

package io.passgate.format;

import io.passgate.model.Credential;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKinds;
import java.time.Instant;
import java.util.Optional;

/** All that has to be known of a kind of credential to verify it. Shared by all threads. */
public interface CredentialFormat {
    /** What its payloads are recognised as; the same instance at each call. */
    FormatId id();

    /** What its payloads are in. */
    Envelope envelope();

    /** The kind of its signers. */
    SignerKinds.Declared signers();

    /** Whether the signer is one of such payloads at all. */
    boolean maySign(Signer signer, Credential credential);

    /** Whether its times are so narrow that nothing can be told of them by a clock that is off. */
    boolean needsExactClock();

    /** The first rule between a credential, the signer whose signature it bears, and the instant that does not hold. */
    Optional<Reason> violation(Credential credential, Signer signer, Instant at);

    /** The last second at which credential and signer are both valid, as seconds since 1970. */
    long lastValidSecond(Credential credential, Signer signer);

    /** What looks up whether a credential is revoked, for one thread. */
    RevocationLookup newRevocationLookup();

    /** What reads the claims of a credential, for one thread. */
    ClaimsReader newClaimsReader();

    /** What is said of a credential whose claims cannot be read. */
    Reason unreadable();
}

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
    /** {@return what its payloads are recognised as; the same instance at each call} */
    FormatId id();

    /** {@return what its payloads are in; the same instance at each call} */
    Envelope envelope();

    /** {@return the kind of its signers} */
    SignerKinds.Declared signers();

    /**
     * {@return whether the signer is one of such payloads at all}
     *
     * @param signer one that the credential's KID hints at
     * @param credential whose signature was not looked at yet
     */
    boolean maySign(Signer signer, Credential credential);

    /** {@return whether its times are so narrow that nothing can be told of them by a clock that is off} */
    boolean needsExactClock();

    /**
     * {@return the first rule that does not hold; empty if all hold}
     *
     * @param credential of this format
     * @param signer whose signature it bears
     * @param at the instant that it is judged at
     */
    Optional<Reason> violation(Credential credential, Signer signer, Instant at);

    /**
     * {@return the last second at which credential and signer are both valid, since 1970}
     *
     * @param credential of this format
     * @param signer whose signature it bears
     */
    long lastValidSecond(Credential credential, Signer signer);

    /** {@return what looks up whether a credential is revoked, for one thread} */
    RevocationLookup newRevocationLookup();

    /** {@return what reads the claims of a credential, for one thread} */
    ClaimsReader newClaimsReader();

    /** {@return what is said of a credential whose claims cannot be read} */
    Reason unreadable();
}

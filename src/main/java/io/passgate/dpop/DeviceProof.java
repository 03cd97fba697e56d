package io.passgate.dpop;

import io.passgate.crypto.P256Verifier;
import io.passgate.model.Slice;

/**
 * A DPoP proof (RFC 9449) that is well formed; nothing is said about its signature or what it claims.
 *
 * @param key the {@code jwk} of its header, which it says it is signed by
 * @param claims what it says of the request
 * @param signed the JWS signing input (RFC 7515 section 5.2): the first two parts as they came, with the dot between
 * @param signature r then s, 64 bytes
 */
public record DeviceProof(DeviceKey key, ProofClaims claims, Slice signed, Slice signature) {

    /** Whether it is signed by the key that it names. */
    boolean isSigned(P256Verifier verifier) {
        return key.verifies(verifier, signed, signature);
    }

    /** Nothing of the proof: with it one could ask for a pass. */
    @Override
    public String toString() {
        return "DeviceProof";
    }
}

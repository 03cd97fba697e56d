package io.passgate.crypto;

import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import io.passgate.p256.PublicPoint;
import java.security.PublicKey;
import java.util.Optional;

/**
 * A public key that was checked and fits exactly one {@link Algorithm}; made by {@link VerificationKeys}. Two keys are
 * equal when their points or their moduli and exponents are.
 */
public final class VerificationKey {
    private final Algorithm algorithm;
    private final JcaKey key;
    private final Slice spki;
    private final int signatureLength;
    private final Optional<PublicPoint> point;
    private final int hash;

    /** @param point of a key for ES256, and of no other */
    VerificationKey(Algorithm algorithm, JcaKey key, Slice spki, int signatureLength, Optional<PublicPoint> point) {
        this.algorithm = algorithm;
        this.key = key;
        this.spki = spki;
        this.signatureLength = signatureLength;
        this.point = point;
        this.hash = spki.hashCode();
    }

    /** {@return the one algorithm that the key is used with} */
    public Algorithm algorithm() {
        return algorithm;
    }

    /**
     * {@return the SubjectPublicKeyInfo (RFC 5280 section 4.1) in its usual encoding: named curve, uncompressed point}
     */
    public Slice spki() {
        return spki;
    }

    /** The only length in bytes that a signature by this key can have. */
    int signatureLength() {
        return signatureLength;
    }

    /**
     * {@return the key as the provider that it was imported for has it}
     *
     * @throws IllegalStateException if the provider fails
     */
    public PublicKey jcaKey() {
        return key.get();
    }

    /** What a table is built of; empty where tables are of no use. */
    Optional<PublicPoint> point() {
        return point;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof VerificationKey that && hash == that.hash && spki.equals(that.spki));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "VerificationKey[" + algorithm + "]";
    }
}

package io.passgate.crypto;

import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import java.security.PublicKey;

/**
 * A public key that was checked and fits exactly one {@link Algorithm}; made by {@link IssuerKeys}. Two keys are equal
 * when their points or their moduli and exponents are.
 */
public final class IssuerKey {
    private final Algorithm algorithm;
    private final PublicKey key;
    private final Slice spki;
    private final int signatureLength;

    IssuerKey(Algorithm algorithm, PublicKey key, Slice spki, int signatureLength) {
        this.algorithm = algorithm;
        this.key = key;
        this.spki = spki;
        this.signatureLength = signatureLength;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /** The SubjectPublicKeyInfo (RFC 5280 section 4.1) in its usual encoding: named curve, uncompressed point. */
    public Slice spki() {
        return spki;
    }

    /** The only length in bytes that a signature by this key can have. */
    int signatureLength() {
        return signatureLength;
    }

    PublicKey jcaKey() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IssuerKey that && spki.equals(that.spki);
    }

    @Override
    public int hashCode() {
        return spki.hashCode();
    }

    @Override
    public String toString() {
        return "IssuerKey[" + algorithm + "]";
    }
}

package io.passgate.crypto;

import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import io.passgate.p256.PublicPoint;
import java.security.Provider;
import java.util.Optional;

/**
 * Turns a SubjectPublicKeyInfo into a {@link VerificationKey}: P-256 and P-384 points on their curve, RSA of 2048 to
 * 4096 bits. The key is decoded once here, however it was written (named or explicit curve, compressed point,
 * id-RSASSA-PSS), and encoded anew in its usual form for the provider.
 *
 * <p>A key of P-256 in its usual form, as nearly all of a trust list are, is checked here by the equation of its curve,
 * and given to the provider when it first verifies: no provider refuses such a point, for the curve's order is a prime.
 */
public final class VerificationKeys {
    /** More than an RSA key of 4096 bits or an explicit curve takes. */
    private static final int MAX_SPKI_BYTES = 4_096;

    private final Provider provider;

    /**
     * Makes keys for one provider.
     *
     * @param provider verifies by the keys
     */
    public VerificationKeys(Provider provider) {
        this.provider = provider;
    }

    /**
     * Reads and checks one key.
     *
     * @param der SubjectPublicKeyInfo (RFC 5280 section 4.1) in DER; may be anything
     * @return the key, or why it is refused
     */
    public KeyImport ofSpki(byte[] der) {
        if (der.length > MAX_SPKI_BYTES) {
            return new KeyImport.Rejected("the key takes more than " + MAX_SPKI_BYTES + " bytes");
        }
        Optional<PublicPoint> usual = P256Spki.point(der);
        return usual.isPresent() ? usable(der.clone(), usual) : new KeyDecoder(provider).read(der);
    }

    /**
     * {@return whether this is a key of P-256 as it is usually written: named curve, uncompressed point} Nothing is said
     * of its point.
     *
     * @param spki any bytes
     */
    public static boolean isUsualForm(byte[] spki) {
        return P256Spki.isUsual(spki);
    }

    private KeyImport usable(byte[] spki, Optional<PublicPoint> point) {
        JcaKey key = JcaKey.onFirstUse(provider, spki);
        return new KeyImport.Usable(
                new VerificationKey(Algorithm.ES256, key, Slice.of(spki), P256Spki.SIGNATURE_BYTES, point));
    }
}

package io.passgate.crypto;

import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Destroyable;

/**
 * Verifies ES256 signatures by keys that come once and with the signature, such as a phone's: one at a time, by a JCA
 * provider. Thread-safe. Variable time: all it sees is public.
 *
 * <p>Key factories and engines are made anew for each signature: of some 58 µs on Corretto that is 0.2, and decoding
 * the key 1.6, so that neither is worth a pool. Corretto's keys hold native memory until they are destroyed, or else
 * until two collections later: as objects that wait for it they were nearly all that a collection had to copy.
 */
public final class P256Verifier {
    /** A point's x then y, 32 bytes each, big-endian. */
    public static final int POINT_BYTES = P256Spki.POINT_BYTES;

    /** A signature's r then s, 32 bytes each, big-endian. */
    public static final int SIGNATURE_BYTES = P256Spki.SIGNATURE_BYTES;

    private final Provider provider;

    /**
     * Creates one for any number of keys.
     *
     * @param provider does the arithmetic
     * @throws IllegalStateException if the provider lacks ES256
     */
    public P256Verifier(Provider provider) {
        this.provider = provider;
        try {
            var _ = keys();
            var _ = engine();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(provider.getName() + " has no " + Algorithm.ES256, missing);
        }
    }

    /**
     * {@return whether these are the affine coordinates of a point on the curve, each below p} The point at infinity
     * has none.
     *
     * @param point any length; only {@link #POINT_BYTES} can be a point
     */
    public static boolean isOnCurve(byte[] point) {
        return point.length == POINT_BYTES && P256Spki.onCurve(point, 0).isPresent();
    }

    /**
     * {@return whether {@code signature} is one of {@code message} by the key {@code point}} Both s and n - s are, as
     * ECDSA has it.
     *
     * @param point read only; one that is not on the curve has no signatures
     * @param message what was signed, not hashed yet
     * @param signature any length; only {@link #SIGNATURE_BYTES} can be valid
     * @throws IllegalStateException if the provider fails, so that nothing can be said
     */
    public boolean verify(byte[] point, Slice message, Slice signature) {
        if (signature.length() != SIGNATURE_BYTES
                || point.length != POINT_BYTES
                || !EcdsaSignature.isInRange(Algorithm.ES256, signature)) {
            return false;
        }
        try {
            PublicKey key = keys().generatePublic(new X509EncodedKeySpec(P256Spki.of(point)));
            try {
                Signature engine = engine();
                engine.initVerify(key);
                engine.update(message.array(), message.offset(), message.length());
                return engine.verify(signature.array(), signature.offset(), signature.length());
            } finally {
                letGo(key);
            }
        } catch (InvalidKeySpecException | SignatureException refused) {
            return false;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("verifying failed", failed);
        }
    }

    private static void letGo(PublicKey key) {
        if (key instanceof Destroyable holdsMemory) {
            try {
                holdsMemory.destroy();
            } catch (DestroyFailedException kept) {
                throw new IllegalStateException("a public key could not be let go of", kept);
            }
        }
    }

    private KeyFactory keys() throws GeneralSecurityException {
        return KeyFactory.getInstance("EC", provider);
    }

    private Signature engine() throws GeneralSecurityException {
        return Signature.getInstance("SHA256withECDSAinP1363Format", provider);
    }
}

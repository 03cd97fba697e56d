package io.passgate.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A public key as its provider has it, decoded beforehand or when it is first asked for. Thread-safe. */
final class JcaKey {
    private final Supplier<PublicKey> decoder;
    private volatile @Nullable PublicKey key;

    private JcaKey(Supplier<PublicKey> decoder) {
        this.decoder = decoder;
    }

    static JcaKey of(PublicKey key) {
        return new JcaKey(() -> key);
    }

    /**
     * A key of an elliptic curve that was checked before, so that the provider has no reason to refuse it.
     *
     * @param spki shared, not copied
     */
    static JcaKey onFirstUse(Provider provider, byte[] spki) {
        return new JcaKey(() -> decode(provider, spki));
    }

    /**
     * The key. Two threads that ask first at once may each decode it.
     *
     * @throws IllegalStateException if the provider fails
     */
    PublicKey get() {
        PublicKey known = key;
        if (known == null) {
            known = decoder.get();
            key = known;
        }
        return known;
    }

    private static PublicKey decode(Provider provider, byte[] spki) {
        try {
            return KeyFactory.getInstance("EC", provider).generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("the provider refuses a key that was checked", failed);
        }
    }
}

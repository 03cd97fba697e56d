package io.passgate.crypto;

import io.passgate.model.Algorithm;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;

/** Signs with ES256 by a JCA provider. */
public final class JcaSigner {
    private final Provider provider;
    private final PrivateKey key;

    public JcaSigner(Provider provider, PrivateKey key) {
        this.provider = provider;
        this.key = key;
    }

    public Algorithm algorithm() {
        return Algorithm.ES256;
    }

    /**
     * Signs {@code message}.
     *
     * @return r then s, 32 bytes each
     * @throws IllegalStateException if the provider fails
     */
    public byte[] sign(byte[] message) {
        try {
            Signature engine = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
            engine.initSign(key);
            engine.update(message);
            return engine.sign();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("signing failed", failed);
        }
    }
}

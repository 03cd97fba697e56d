package io.passgate.crypto.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Signs with ES256 by a JCA provider, on any number of threads at once.
 *
 * <p>The key is made the provider's own once, since a foreign one is translated at each use, which takes as long as
 * half the signature; and an engine that has signed signs again, so that there are as many as threads have signed at
 * once.
 */
public final class JcaSigner {
    private final Provider provider;
    private final PrivateKey key;
    private final Queue<Signature> idle = new ConcurrentLinkedQueue<>();

    /**
     * Creates one for one key.
     *
     * @param provider signs with it
     * @param key of P-256; that of another provider will do
     * @throws IllegalArgumentException if the provider cannot take the key
     */
    public JcaSigner(Provider provider, PrivateKey key) {
        this.provider = provider;
        try {
            this.key = (PrivateKey) KeyFactory.getInstance("EC", provider).translateKey(key);
        } catch (GeneralSecurityException refused) {
            throw new IllegalArgumentException("the provider refuses the key", refused);
        }
    }

    PrivateKey key() {
        return key;
    }

    /**
     * Signs a message.
     *
     * @param message whole, not hashed yet; only read
     * @return r then s, 32 bytes each, big-endian
     * @throws IllegalStateException if the provider fails
     */
    public byte[] sign(byte[] message) {
        try {
            Signature waiting = idle.poll();
            Signature engine = waiting == null ? engine() : waiting;
            engine.update(message);
            byte[] signature = engine.sign();
            var _ = idle.offer(engine);
            return signature;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("signing failed", failed);
        }
    }

    private Signature engine() throws GeneralSecurityException {
        Signature engine = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
        engine.initSign(key);
        return engine;
    }
}

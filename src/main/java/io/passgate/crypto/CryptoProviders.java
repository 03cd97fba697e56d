package io.passgate.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The JCA providers Passgate verifies and signs with. */
public final class CryptoProviders {
    private CryptoProviders() {}

    /** {@return Amazon Corretto Crypto Provider where it has a build for this machine, otherwise BouncyCastle} */
    public static Provider preferred() {
        AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
        return corretto.getLoadingError() == null ? corretto : fallback();
    }

    /** {@return BouncyCastle, which is pure Java and runs on every machine} */
    public static Provider fallback() {
        return BouncyCastle.create();
    }

    /** By itself, so that whoever needs the other provider only does not load this one. */
    private static final class BouncyCastle {
        static Provider create() {
            return new BouncyCastleProvider();
        }
    }

    /**
     * {@return random bits for secrets, from the provider where it has a generator} Corretto's waits for no other
     * thread.
     *
     * @param provider asked first; the JDK's generator stands in
     */
    public static SecureRandom random(Provider provider) {
        try {
            return provider instanceof AmazonCorrettoCryptoProvider
                    ? SecureRandom.getInstance("DEFAULT", provider)
                    : new SecureRandom();
        } catch (NoSuchAlgorithmException missing) {
            return new SecureRandom();
        }
    }
}

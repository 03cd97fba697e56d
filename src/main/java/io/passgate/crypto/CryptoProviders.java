package io.passgate.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The JCA providers Passgate verifies and signs with. */
public final class CryptoProviders {
    private CryptoProviders() {}

    /** Amazon Corretto Crypto Provider where it has a build for this machine, otherwise BouncyCastle. */
    public static Provider preferred() {
        AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
        return corretto.getLoadingError() == null ? corretto : fallback();
    }

    /** BouncyCastle: pure Java, on every machine. */
    public static Provider fallback() {
        return new BouncyCastleProvider();
    }
}

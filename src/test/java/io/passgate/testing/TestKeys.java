package io.passgate.testing;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.signing.KeyPurpose;
import io.passgate.crypto.signing.SigningKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Instant;

/** Signing keys for tests. */
public final class TestKeys {
    public static final Provider PROVIDER = CryptoProviders.preferred();
    public static final KeyPurpose KAKAO = new KeyPurpose.Passes("kakao");
    public static final KeyPurpose NAVER = new KeyPurpose.Passes("naver");
    public static final KeyPurpose WALLET = new KeyPurpose.Certificates();

    private TestKeys() {}

    public static SigningKey key(KeyPurpose purpose, Instant notBefore, Instant notAfter) {
        return key(purpose, "Passgate", notBefore, notAfter);
    }

    public static SigningKey key(KeyPurpose purpose, String organization, Instant notBefore, Instant notAfter) {
        return SigningKey.make(PROVIDER, new SecureRandom(), purpose, organization, notBefore, notAfter);
    }
}

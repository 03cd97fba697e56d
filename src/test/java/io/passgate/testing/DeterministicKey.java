package io.passgate.testing;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.KeyImport;
import io.passgate.crypto.VerificationKey;
import io.passgate.crypto.VerificationKeys;
import io.passgate.sample.SeededKey;
import java.math.BigInteger;
import java.time.Instant;

/** A P-256 key that is known beforehand and signs one message always alike (RFC 6979). */
public final class DeterministicKey {
    private final SeededKey key;

    /** The key of a private scalar in [1, n). */
    public DeterministicKey(BigInteger scalar) {
        key = new SeededKey(scalar);
    }

    /** The signature of {@code message}: r then s. */
    public byte[] sign(byte[] message) {
        return key.sign(message);
    }

    /** A certificate that it has signed itself, see {@link SeededKey#certificate}. */
    public byte[] certificate(String country, String organization, String commonName, Instant from, Instant until) {
        return key.certificate(country, organization, commonName, from, until);
    }

    /** Its public half, for verification by the preferred provider. */
    public VerificationKey publicKey() {
        return switch (new VerificationKeys(CryptoProviders.preferred()).ofSpki(key.spki())) {
            case KeyImport.Usable(VerificationKey usable) -> usable;
            case KeyImport.Rejected(String why) -> throw new AssertionError(why);
        };
    }
}

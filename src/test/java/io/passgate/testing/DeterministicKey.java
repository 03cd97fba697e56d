package io.passgate.testing;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.KeyImport;
import io.passgate.crypto.VerificationKey;
import io.passgate.crypto.VerificationKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.util.BigIntegers;

/** A P-256 key that is known beforehand and signs one message always alike (RFC 6979). */
public final class DeterministicKey {
    private static final int HALF = 32;
    private static final ECNamedDomainParameters P256 = new ECNamedDomainParameters(
            SECObjectIdentifiers.secp256r1, ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1));

    private final ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    private final byte[] spki;

    /** The key of a private scalar in [1, n). */
    public DeterministicKey(BigInteger scalar) {
        signer.init(true, new ECPrivateKeyParameters(scalar, P256));
        try {
            spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                            new ECPublicKeyParameters(P256.getG().multiply(scalar), P256))
                    .getEncoded();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The signature of {@code message}: r then s. */
    public byte[] sign(byte[] message) {
        BigInteger[] halves = signer.generateSignature(sha256(message));
        byte[] signature = new byte[2 * HALF];
        BigIntegers.asUnsignedByteArray(halves[0], signature, 0, HALF);
        BigIntegers.asUnsignedByteArray(halves[1], signature, HALF, HALF);
        return signature;
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Its public half, for verification by the preferred provider. */
    public VerificationKey publicKey() {
        return switch (new VerificationKeys(CryptoProviders.preferred()).ofSpki(spki)) {
            case KeyImport.Usable(VerificationKey key) -> key;
            case KeyImport.Rejected(String why) -> throw new AssertionError(why);
        };
    }
}

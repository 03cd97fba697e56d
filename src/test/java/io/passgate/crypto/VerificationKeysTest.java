package io.passgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.SignatureBatch.Decision;
import io.passgate.model.Algorithm;
import io.passgate.testing.TestIssuer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ECPoint;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which keys are taken, and in what clothes. */
final class VerificationKeysTest {
    private static final X9ECParameters P256 = ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1);
    private static final BigInteger F4 = BigInteger.valueOf(65_537);
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    private static ECPoint point(TestIssuer issuer) {
        var w = ((ECPublicKey) issuer.keys().getPublic()).getW();
        return P256.getCurve().createPoint(w.getAffineX(), w.getAffineY());
    }

    private static byte[] ecSpki(ASN1Encodable parameters, byte[] encodedPoint) {
        try {
            AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters);
            return new SubjectPublicKeyInfo(algorithm, encodedPoint).getEncoded();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] rsaSpki(BigInteger modulus, BigInteger exponent) {
        return rsaSpki(PKCSObjectIdentifiers.rsaEncryption, modulus, exponent);
    }

    private static byte[] rsaSpki(ASN1ObjectIdentifier algorithm, BigInteger modulus, BigInteger exponent) {
        try {
            return new SubjectPublicKeyInfo(
                            new AlgorithmIdentifier(algorithm),
                            new org.bouncycastle.asn1.pkcs.RSAPublicKey(modulus, exponent))
                    .getEncoded();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * The right size and no small factor: an RSA modulus to look at, though of many primes, which are quicker found.
     */
    private static BigInteger modulus(int bits) {
        Random seeded = new Random(bits);
        BigInteger product = BigInteger.ONE;
        while (bits - product.bitLength() > 400) {
            product = product.multiply(BigInteger.probablePrime(256, seeded));
        }
        BigInteger whole = product;
        while (whole.bitLength() != bits) {
            whole = product.multiply(BigInteger.probablePrime(bits - product.bitLength() + 1, seeded));
        }
        return whole;
    }

    private static void assertRefused(OnProvider on, byte[] spki, String why) {
        assertThat(on.read(spki))
                .isInstanceOfSatisfying(
                        KeyImport.Rejected.class,
                        rejected -> assertThat(rejected.why()).contains(why));
    }

    @ParameterizedTest
    @EnumSource
    void aPointInOtherClothes_isTheSameKey(OnProvider on) {
        TestIssuer issuer = TestIssuer.ec256("XX");
        VerificationKey usual = on.key(issuer.spki());
        byte[] signature = issuer.sign(MESSAGE);
        byte[] compressed = point(issuer).getEncoded(true);
        byte[] whole = point(issuer).getEncoded(false);
        for (byte[] spki : new byte[][] {
            ecSpki(SECObjectIdentifiers.secp256r1, compressed), ecSpki(P256, whole), ecSpki(P256, compressed),
        }) {
            VerificationKey key = on.key(spki);
            assertThat(key).isEqualTo(usual).hasSameHashCodeAs(usual);
            assertThat(key.spki().toByteArray()).isEqualTo(issuer.spki());
            assertThat(on.decide(key, MESSAGE, signature)).isEqualTo(Decision.VALID);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExplicitCurveWithAnotherGenerator_isRefused(OnProvider on) {
        ECPoint other = P256.getG().multiply(BigInteger.valueOf(5)).normalize();
        X9ECParameters forged =
                new X9ECParameters(P256.getCurve(), new X9ECPoint(other, false), P256.getN(), BigInteger.ONE);
        assertRefused(on, ecSpki(forged, other.getEncoded(false)), "neither P-256 nor P-384");
    }

    @ParameterizedTest
    @EnumSource
    void aPointOffTheCurve_isRefused(OnProvider on) {
        byte[] point = point(TestIssuer.ec256("XX")).getEncoded(false);
        point[point.length - 1] ^= 1;
        assertRefused(on, ecSpki(SECObjectIdentifiers.secp256r1, point), "cannot be read");
    }

    @ParameterizedTest
    @EnumSource
    void aCoordinateNotBelowThePrime_isRefused(OnProvider on) {
        byte[] point = point(TestIssuer.ec256("XX")).getEncoded(false);
        Arrays.fill(point, 1, 33, (byte) 0xff);
        assertRefused(on, ecSpki(SECObjectIdentifiers.secp256r1, point), "cannot be read");
    }

    @ParameterizedTest
    @EnumSource
    void thePointAtInfinity_isRefused(OnProvider on) {
        assertRefused(on, ecSpki(SECObjectIdentifiers.secp256r1, new byte[1]), "cannot be read");
        assertRefused(on, ecSpki(SECObjectIdentifiers.secp256r1, new byte[] {4}), "cannot be read");
        byte[] zeros = new byte[65];
        zeros[0] = 4;
        assertRefused(on, ecSpki(SECObjectIdentifiers.secp256r1, zeros), "cannot be read");
    }

    @ParameterizedTest
    @EnumSource
    void anotherCurve_isRefused(OnProvider on) {
        for (ASN1ObjectIdentifier curve : new ASN1ObjectIdentifier[] {
            SECObjectIdentifiers.secp521r1,
            SECObjectIdentifiers.secp256k1,
            SECObjectIdentifiers.secp224r1,
            TeleTrusTObjectIdentifiers.brainpoolP256r1,
            TeleTrusTObjectIdentifiers.brainpoolP384r1,
        }) {
            byte[] generator = ECNamedCurveTable.getByOID(curve).getG().getEncoded(false);
            assertRefused(on, ecSpki(curve, generator), "neither P-256 nor P-384");
        }
    }

    @ParameterizedTest
    @EnumSource
    void p384_isForEs384(OnProvider on) {
        TestIssuer issuer = TestIssuer.of(Algorithm.ES384, "XX");
        VerificationKey key = on.key(issuer.spki());
        assertThat(key.algorithm()).isEqualTo(Algorithm.ES384);
        assertThat(on.decide(key, MESSAGE, issuer.sign(MESSAGE))).isEqualTo(Decision.VALID);
    }

    @ParameterizedTest
    @CsvSource({
        "PREFERRED, 2048", "PREFERRED, 3072", "PREFERRED, 4096",
        "FALLBACK, 2048", "FALLBACK, 3072", "FALLBACK, 4096",
    })
    void rsaOfUsualSize_isForPs256(OnProvider on, int bits) {
        VerificationKey key = on.key(rsaSpki(modulus(bits), F4));
        assertThat(key.algorithm()).isEqualTo(Algorithm.PS256);
        assertThat(key.signatureLength()).isEqualTo(bits / 8);
    }

    @ParameterizedTest
    @CsvSource({
        "PREFERRED, 1024", "PREFERRED, 2047", "PREFERRED, 4097", "PREFERRED, 8192",
        "FALLBACK, 1024", "FALLBACK, 2047", "FALLBACK, 4097", "FALLBACK, 8192",
    })
    void rsaOfAnotherSize_isRefused(OnProvider on, int bits) {
        assertRefused(on, rsaSpki(modulus(bits), F4), "2048 to 4096 bits, not " + bits);
    }

    @ParameterizedTest
    @CsvSource({
        "PREFERRED, 1", "PREFERRED, 0", "PREFERRED, 2", "PREFERRED, 65536",
        "FALLBACK, 1", "FALLBACK, 0", "FALLBACK, 2", "FALLBACK, 65536",
    })
    void anExponentThatProvesNothing_isRefused(OnProvider on, BigInteger exponent) {
        assertThat(on.read(rsaSpki(modulus(2_048), exponent))).isInstanceOf(KeyImport.Rejected.class);
    }

    @ParameterizedTest
    @EnumSource
    void anExponentOfMoreThan64Bits_isRefused(OnProvider on) {
        BigInteger long65 = BigInteger.ONE.shiftLeft(64).setBit(0);
        assertRefused(on, rsaSpki(modulus(2_048), long65), "exponent");
    }

    @ParameterizedTest
    @EnumSource
    void anRsaKeyNamedAsPss_isTheSameKey(OnProvider on) {
        TestIssuer issuer = TestIssuer.of(Algorithm.PS256, "XX");
        RSAPublicKey rsa = (RSAPublicKey) issuer.keys().getPublic();
        VerificationKey key =
                on.key(rsaSpki(PKCSObjectIdentifiers.id_RSASSA_PSS, rsa.getModulus(), rsa.getPublicExponent()));
        assertThat(key).isEqualTo(on.key(issuer.spki()));
        assertThat(on.decide(key, MESSAGE, issuer.sign(MESSAGE))).isEqualTo(Decision.VALID);
    }

    @ParameterizedTest
    @CsvSource({"PREFERRED, Ed25519", "FALLBACK, Ed25519", "PREFERRED, X25519", "FALLBACK, DSA"})
    void anotherKindOfKey_isRefused(OnProvider on, String kind) throws GeneralSecurityException {
        byte[] spki =
                KeyPairGenerator.getInstance(kind).generateKeyPair().getPublic().getEncoded();
        assertRefused(on, spki, "neither EC nor RSA");
    }

    @ParameterizedTest
    @EnumSource
    void garbage_isRefused(OnProvider on) {
        byte[] good = TestIssuer.ec256("XX").spki();
        assertRefused(on, new byte[0], "cannot be read");
        assertRefused(on, MESSAGE, "cannot be read");
        assertRefused(on, new byte[4_097], "more than 4096 bytes");
        assertRefused(on, Arrays.copyOf(good, good.length + 1), "cannot be read");
        for (int length = 1; length < good.length; length++) {
            assertRefused(on, Arrays.copyOf(good, length), "cannot be read");
        }
    }

    @ParameterizedTest
    @EnumSource
    void derNestedAsDeepAsItFits_isRefused(OnProvider on) {
        byte[] nested = new byte[4_096];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        assertRefused(on, nested, "cannot be read");
    }
}

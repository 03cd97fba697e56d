package io.passgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.TestIssuer;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key of P-256 in its usual form is decided on as it would be by the decoder of all other keys, and the provider. */
final class UsualKeyTest {
    private static final X9ECParameters P256 = ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1);
    private static final BigInteger P = P256.getCurve().getField().getCharacteristic();
    private static final int HEAD = 27;
    private static final int WHOLE = 91;

    private static byte[] spki(byte[] point) throws IOException {
        AlgorithmIdentifier named =
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        return new SubjectPublicKeyInfo(named, point).getEncoded();
    }

    private static byte[] spki(BigInteger x, BigInteger y) throws IOException {
        byte[] spki = spki(P256.getG().getEncoded(false));
        byte[] point = new byte[2 * 32];
        put(x, point, 0);
        put(y, point, 32);
        System.arraycopy(point, 0, spki, HEAD, point.length);
        return spki;
    }

    private static void put(BigInteger number, byte[] into, int offset) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, into, offset + 32 - length, length);
    }

    /** The usual decision is that of the decoder; whether a key is taken, in what form, with what point, and if not why. */
    private static void assertSame(OnProvider on, byte[] der) {
        KeyImport usual = on.read(der);
        KeyImport decoded = new KeyDecoder(on.provider()).read(der);
        if (usual instanceof KeyImport.Usable(var key) && decoded instanceof KeyImport.Usable(var expected)) {
            assertThat(key).isEqualTo(expected).hasSameHashCodeAs(expected);
            assertThat(key.algorithm()).isEqualTo(expected.algorithm());
            assertThat(key.signatureLength()).isEqualTo(expected.signatureLength());
            assertThat(key.point()).usingRecursiveComparison().isEqualTo(expected.point());
            assertThat(key.jcaKey().getEncoded()).isEqualTo(expected.jcaKey().getEncoded());
        } else {
            assertThat(usual).isEqualTo(decoded);
        }
    }

    private static boolean isTaken(OnProvider on, byte[] der) {
        return on.read(der) instanceof KeyImport.Usable;
    }

    @ParameterizedTest
    @EnumSource
    void aGoodKey_isTheSame(OnProvider on) throws IOException {
        SplittableRandom random = new SplittableRandom(25);
        for (int i = 0; i < 50; i++) {
            ECPoint point = P256.getG()
                    .multiply(BigInteger.valueOf(random.nextLong(1, Long.MAX_VALUE)))
                    .normalize();
            byte[] der = spki(point.getEncoded(false));
            assertThat(der).hasSize(WHOLE);
            assertThat(P256Spki.point(der)).isPresent();
            assertSame(on, der);
            assertSame(on, spki(point.getEncoded(true)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void coordinatesAtTheirEnds_areDecidedOnAlike(OnProvider on) throws IOException {
        BigInteger root = P256.getCurve().getB().sqrt().toBigInteger();
        byte[] zero = spki(BigInteger.ZERO, root);
        assertThat(isTaken(on, zero)).isTrue();
        assertSame(on, zero);
        assertSame(on, spki(BigInteger.ZERO, P.subtract(root)));
        for (BigInteger x : List.of(BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE), P, P.add(root))) {
            for (BigInteger y : List.of(BigInteger.ZERO, root, P.subtract(root), P.subtract(BigInteger.ONE), P)) {
                assertSame(on, spki(x, y));
            }
        }
        assertThat(isTaken(on, spki(P, root))).isFalse();
        assertThat(isTaken(on, spki(BigInteger.ZERO, BigInteger.ZERO))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anotherFormOfAPoint_isDecidedOnAlike(OnProvider on) throws IOException {
        byte[] point = P256.getG().getEncoded(false);
        for (int form = 0; form <= 8; form++) {
            byte[] other = point.clone();
            other[0] = (byte) form;
            assertSame(on, spki(other));
            assertSame(on, spki(Arrays.copyOf(other, 33)));
        }
        assertSame(on, spki(new byte[1]));
        assertSame(on, spki(new byte[point.length]));
    }

    @ParameterizedTest
    @EnumSource
    void everyBitThatIsTurned_isDecidedOnAlike(OnProvider on) throws IOException {
        byte[] good = spki(P256.getG().getEncoded(false));
        for (int bit = 0; bit < good.length * Byte.SIZE; bit++) {
            byte[] bad = good.clone();
            bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(isTaken(on, bad) && bit / Byte.SIZE >= HEAD)
                    .as("bit %d", bit)
                    .isFalse();
            assertSame(on, bad);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyOfAnyLength_isDecidedOnAlike(OnProvider on) throws IOException {
        byte[] good = spki(P256.getG().getEncoded(false));
        for (int length = 0; length < good.length + 4; length++) {
            assertSame(on, Arrays.copyOf(good, length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasRead_isNotChangedBehindTheKey(OnProvider on) {
        byte[] der = TestIssuer.ec256("XX").spki();
        VerificationKey key = on.key(der);
        byte[] before = key.spki().toByteArray();
        Arrays.fill(der, (byte) 0);
        assertThat(key.spki().toByteArray()).isEqualTo(before);
        assertThat(key.jcaKey().getEncoded()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aPointThatHolds_isOneThatTheProviderTakes(OnProvider on) throws GeneralSecurityException, IOException {
        KeyFactory factory = KeyFactory.getInstance("EC", on.provider());
        List<byte[]> keys = new ArrayList<>();
        for (long x = 0; keys.size() < 40; x++) {
            Optional<BigInteger> y = ordinate(BigInteger.valueOf(x));
            if (y.isPresent()) {
                keys.add(spki(BigInteger.valueOf(x), y.get()));
            }
        }
        for (byte[] der : keys) {
            assertThat(P256Spki.point(der)).isPresent();
            assertThat(factory.generatePublic(new X509EncodedKeySpec(der)).getEncoded())
                    .isEqualTo(der);
        }
    }

    private static Optional<BigInteger> ordinate(BigInteger x) {
        var abscissa = P256.getCurve().fromBigInteger(x);
        var root = abscissa.square()
                .add(P256.getCurve().getA())
                .multiply(abscissa)
                .add(P256.getCurve().getB())
                .sqrt();
        return Optional.ofNullable(root).map(found -> found.toBigInteger());
    }
}

package io.passgate.crypto;

import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import io.passgate.p256.PublicPoint;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Reads a SubjectPublicKeyInfo however it was written: named or explicit curve, compressed point, id-RSASSA-PSS. The key
 * is encoded anew in its usual form for the provider. By itself, so that who reads usual keys only loads no library for
 * the others.
 */
final class KeyDecoder {
    private static final int MIN_RSA_BITS = 2_048;
    private static final int MAX_RSA_BITS = 4_096;

    /** Under an exponent of 1 a signature is the encoded message itself, which anyone can write. */
    private static final BigInteger MIN_RSA_EXPONENT = BigInteger.valueOf(3);

    /** A longer exponent only makes verification dear. */
    private static final int MAX_RSA_EXPONENT_BITS = 64;

    private static final ECDomainParameters P256 = named(SECObjectIdentifiers.secp256r1);
    private static final ECDomainParameters P384 = named(SECObjectIdentifiers.secp384r1);

    private final Provider provider;

    /** @param provider verifies by the keys */
    KeyDecoder(Provider provider) {
        this.provider = provider;
    }

    private static ECDomainParameters named(ASN1ObjectIdentifier curve) {
        X9ECParameters parameters = ECNamedCurveTable.getByOID(curve);
        return new ECNamedDomainParameters(curve, parameters);
    }

    /** Reads and checks one key in DER of a bounded length; it may be anything. */
    KeyImport read(byte[] der) {
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(der);
            return of(PublicKeyFactory.createKey(plain(info)));
        } catch (IOException | RuntimeException unreadable) {
            return new KeyImport.Rejected("the key cannot be read: " + unreadable.getMessage());
        }
    }

    /** An RSA key under id-RSASSA-PSS (RFC 4055 section 1.2) is read as the RSA key it is. */
    private static SubjectPublicKeyInfo plain(SubjectPublicKeyInfo info) throws IOException {
        if (!info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return info;
        }
        AlgorithmIdentifier rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption);
        return new SubjectPublicKeyInfo(rsa, info.parsePublicKey());
    }

    private KeyImport of(AsymmetricKeyParameter key) throws IOException {
        return switch (key) {
            case ECPublicKeyParameters point -> ofPoint(point);
            case RSAKeyParameters rsa when !rsa.isPrivate() -> ofRsa(rsa);
            default -> new KeyImport.Rejected("the key is neither EC nor RSA");
        };
    }

    private KeyImport ofPoint(ECPublicKeyParameters point) throws IOException {
        Optional<ECDomainParameters> curve = curve(point.getParameters());
        if (curve.isEmpty()) {
            return new KeyImport.Rejected("the key's curve is neither P-256 nor P-384");
        }
        Algorithm algorithm = curve.get().equals(P256) ? Algorithm.ES256 : Algorithm.ES384;
        int scalarBytes = curve.get().getN().bitLength() / Byte.SIZE;
        byte[] encodedPoint = point.getQ().getEncoded(false);
        ECPoint onCurve = curve.get().getCurve().decodePoint(encodedPoint).normalize();
        Optional<PublicPoint> forTables = algorithm == Algorithm.ES256
                ? PublicPoint.of(
                        onCurve.getAffineXCoord().toBigInteger(),
                        onCurve.getAffineYCoord().toBigInteger())
                : Optional.empty();
        if (algorithm == Algorithm.ES256 && forTables.isEmpty()) {
            return new KeyImport.Rejected("the key's point is not on its curve");
        }
        return usable(algorithm, new ECPublicKeyParameters(onCurve, curve.get()), 2 * scalarBytes, forTables);
    }

    private static Optional<ECDomainParameters> curve(ECDomainParameters parameters) {
        if (P256.equals(parameters)) {
            return Optional.of(P256);
        }
        return P384.equals(parameters) ? Optional.of(P384) : Optional.empty();
    }

    private KeyImport ofRsa(RSAKeyParameters key) throws IOException {
        BigInteger modulus = key.getModulus();
        int bits = modulus.bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            return new KeyImport.Rejected(
                    "an RSA key has " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits, not " + bits);
        }
        if (key.getExponent().compareTo(MIN_RSA_EXPONENT) < 0) {
            return new KeyImport.Rejected("the RSA exponent is less than " + MIN_RSA_EXPONENT);
        }
        if (key.getExponent().bitLength() > MAX_RSA_EXPONENT_BITS) {
            return new KeyImport.Rejected("the RSA exponent has more than " + MAX_RSA_EXPONENT_BITS + " bits");
        }
        return usable(Algorithm.PS256, key, (bits + Byte.SIZE - 1) / Byte.SIZE, Optional.empty());
    }

    private KeyImport usable(
            Algorithm algorithm, AsymmetricKeyParameter key, int signatureLength, Optional<PublicPoint> point)
            throws IOException {
        byte[] spki =
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key).getEncoded();
        try {
            KeyFactory factory = KeyFactory.getInstance(algorithm == Algorithm.PS256 ? "RSA" : "EC", provider);
            PublicKey jcaKey = factory.generatePublic(new X509EncodedKeySpec(spki));
            return new KeyImport.Usable(
                    new VerificationKey(algorithm, JcaKey.of(jcaKey), Slice.of(spki), signatureLength, point));
        } catch (GeneralSecurityException refused) {
            return new KeyImport.Rejected("the provider refuses the key: " + refused.getMessage());
        }
    }
}

package io.passgate.crypto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.ECPoint;

/** Many distinct P-256 keys, quickly: 1G, 2G, 3G and so on. */
final class ManyKeys {
    private static final X9ECParameters P256 = ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1);
    private static final AlgorithmIdentifier ALGORITHM =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);

    private ManyKeys() {}

    /** Equal keys at equal places, however often it is called; never the same instances. */
    static List<VerificationKey> of(int count) {
        List<VerificationKey> keys = new ArrayList<>(count);
        ECPoint point = P256.getG();
        for (int i = 0; i < count; i++) {
            keys.add(OnProvider.PREFERRED.key(spki(point.normalize())));
            point = point.add(P256.getG());
        }
        return keys;
    }

    private static byte[] spki(ECPoint point) {
        try {
            return new SubjectPublicKeyInfo(ALGORITHM, point.getEncoded(false)).getEncoded();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

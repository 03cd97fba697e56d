package io.passgate.bench;

import io.passgate.codec.CborWriter;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.KeyImport;
import io.passgate.crypto.VerificationKeys;
import io.passgate.format.hcert.HcertEncoder;
import io.passgate.model.Algorithm;
import io.passgate.model.Kid;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustList;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Trust lists as bad as they come: as many signers as may share one KID, all with keys of one kind. */
public enum HostileSigners {
    ES256(Algorithm.ES256, "EC", 256),
    ES384(Algorithm.ES384, "EC", 384),
    PS256_2048(Algorithm.PS256, "RSA", 2_048),
    PS256_4096(Algorithm.PS256, "RSA", 4_096);

    private static final Kid SHARED = Kid.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

    /** With it the card's claims fill what may be inflated. */
    private static final int FILLING = 15_000;

    private final Algorithm algorithm;
    private final String keyAlgorithm;
    private final int bits;

    HostileSigners(Algorithm algorithm, String keyAlgorithm, int bits) {
        this.algorithm = algorithm;
        this.keyAlgorithm = keyAlgorithm;
        this.bits = bits;
    }

    /** The signers, each with a fresh key. */
    public TrustList trust() {
        List<Signer> signers = new ArrayList<>();
        for (int i = 0; i < TrustList.MAX_CANDIDATES; i++) {
            byte[] spki = newKeys().getPublic().getEncoded();
            switch (new VerificationKeys(CryptoProviders.preferred()).ofSpki(spki)) {
                case KeyImport.Usable(var key) ->
                    signers.add(new Signer(SHARED, key, SignerKind.DCC, Signer.ANY_USAGE, Optional.empty()));
                case KeyImport.Rejected(String why) -> throw new IllegalStateException(why);
            }
        }
        return TrustList.of(signers);
    }

    private KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The QR text of a well-formed card under the shared KID, as long as allowed, that none of the signers signed. */
    public String card() {
        byte[] certificate =
                new CborWriter().map(1).text("ver").text("1".repeat(FILLING)).toByteArray();
        byte[] cwt = new CborWriter()
                .map(3)
                .integer(4)
                .integer(2_000_000_000)
                .integer(6)
                .integer(1_600_000_000)
                .integer(-260)
                .map(1)
                .integer(1)
                .encoded(certificate)
                .toByteArray();
        return HcertEncoder.encode(algorithm, SHARED, cwt, toBeSigned -> signature());
    }

    /** In range for every key, so that no check before the arithmetic refuses it. */
    private byte[] signature() {
        byte[] signature = new byte[algorithm == Algorithm.PS256 ? bits / Byte.SIZE : bits / 4];
        Arrays.fill(signature, (byte) 0x55);
        return signature;
    }
}

package io.passgate.bench;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.signing.JcaSigner;
import io.passgate.model.Algorithm;
import io.passgate.testing.TestIssuer;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Distinct signed messages of 300 bytes, about what a card signs. The seed fixes what they say and which key signs
 * each; keys and signatures are fresh every time.
 */
final class SignedMessages {
    static final int SIZE = 4_096;
    private static final int MESSAGE_BYTES = 300;

    private final List<ECPublicKey> keys = new ArrayList<>();
    private final byte[][] messages = new byte[SIZE][MESSAGE_BYTES];
    private final byte[][] signatures = new byte[SIZE][];
    private final int[] signers = new int[SIZE];

    /** Makes them for so many keys and prints the seed. */
    SignedMessages(int keyCount) {
        long seed = Corpus.seed();
        SplittableRandom random = new SplittableRandom(seed);
        List<JcaSigner> engines = new ArrayList<>();
        for (int i = 0; i < keyCount; i++) {
            KeyPair pair = TestIssuer.newKeys(Algorithm.ES256);
            keys.add((ECPublicKey) pair.getPublic());
            engines.add(new JcaSigner(CryptoProviders.preferred(), pair.getPrivate()));
        }
        for (int i = 0; i < SIZE; i++) {
            random.nextBytes(messages[i]);
            signers[i] = random.nextInt(keyCount);
            signatures[i] = engines.get(signers[i]).sign(messages[i]);
        }
        System.out.printf("%d messages of %d bytes by %d keys, seed %d%n", SIZE, MESSAGE_BYTES, keyCount, seed);
    }

    List<ECPublicKey> keys() {
        return keys;
    }

    byte[] message(int index) {
        return messages[index];
    }

    /** r then s. */
    byte[] signature(int index) {
        return signatures[index];
    }

    /** Which of the keys. */
    int signer(int index) {
        return signers[index];
    }
}

package io.passgate.format.entrypass;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.codec.SlowBase45;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.crypto.SignatureBatch.Decision;
import io.passgate.crypto.VerificationKey;
import io.passgate.format.Decoded;
import io.passgate.format.Envelope;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Credential;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestProvider;
import io.passgate.testing.UsualFormats;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Change any one byte or character of a signed pass: it is refused. There is no part of a pass that nobody signed. */
final class EntryPassMutationTest {
    private static final VerificationKey KEY = PassSamples.KEY.publicKey();
    private static final String PASS =
            PassSamples.encode(PassSamples.pass("kakao", PassSamples.everything(), Optional.of(AgeBand.EIGHTEEN)));

    private final Envelope.Decoder decoder = UsualFormats.decoder();
    private final JcaSignatureBatch batch = new JcaSignatureBatch(CryptoProviders.preferred(), 1);

    /** Whether the payload decodes and its signature is the provider's; a KID that is changed finds no key. */
    private boolean isAccepted(String text) {
        if (!(decoder.decode(TestCards.payload(text)) instanceof Decoded.Well(Credential credential))
                || !credential.kid().equals(PassSamples.KID)) {
            return false;
        }
        batch.clear();
        int index = batch.add(KEY, credential.toBeSigned(), credential.signature());
        batch.verify();
        assertThat(batch.decision(index)).isNotEqualTo(Decision.FAILED);
        return batch.decision(index) == Decision.VALID;
    }

    @Test
    void thePassItself_isAccepted() {
        assertThat(isAccepted(PASS)).isTrue();
    }

    @Test
    void anyOtherValueOfAnyByte_isRefused() {
        byte[] message = TestProvider.message(PASS);
        int tried = 0;
        for (int at = 0; at < message.length; at++) {
            byte kept = message[at];
            for (int change = 1; change < 256; change++) {
                message[at] = (byte) (kept ^ change);
                assertThat(isAccepted(TestProvider.ofMessage(message)))
                        .as("byte %d changed by %d", at, change)
                        .isFalse();
                tried++;
            }
            message[at] = kept;
        }
        assertThat(tried).isEqualTo(255 * message.length);
    }

    @Test
    void anyOtherCharacter_isRefused() {
        char[] text = PASS.toCharArray();
        String others = SlowBase45.ALPHABET + "a\u00e9_\u0000\n";
        for (int at = 0; at < text.length; at++) {
            char kept = text[at];
            for (int other = 0; other < others.length(); other++) {
                text[at] = others.charAt(other);
                if (text[at] != kept) {
                    assertThat(isAccepted(new String(text)))
                            .as("character %d", at)
                            .isFalse();
                }
            }
            text[at] = kept;
        }
    }

    @Test
    void oneCharacterLessOrMore_isRefused() {
        for (int at = 0; at < PASS.length(); at++) {
            assertThat(isAccepted(PASS.substring(0, at) + PASS.substring(at + 1)))
                    .as("without %d", at)
                    .isFalse();
            assertThat(isAccepted(PASS.substring(0, at) + "0" + PASS.substring(at)))
                    .as("more at %d", at)
                    .isFalse();
        }
        assertThat(isAccepted(PASS + "0")).isFalse();
    }

    /** Several bytes at once: seeded, so that a failure can be had again. */
    @Test
    void anyOtherChange_isRefused() {
        byte[] message = TestProvider.message(PASS);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = message.clone();
            for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
                mutated[random.nextInt(mutated.length)] += (byte) (1 + random.nextInt(255));
            }
            String text = TestProvider.ofMessage(mutated);
            assertThat(isAccepted(text) && !text.equals(PASS))
                    .as("round %d of seed %d", round, seed)
                    .isFalse();
        }
    }
}

package io.passgate.format.hcert;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.codec.CoseSign1;
import io.passgate.codec.SlowBase45;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.crypto.SignatureBatch.Decision;
import io.passgate.format.Decoded;
import io.passgate.model.Algorithm;
import io.passgate.model.Credential;
import io.passgate.model.Slice;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/**
 * Change any one byte of a signed payload: it is refused, or the change lies outside the signed bytes and alters
 * nothing but a KID that stands there.
 */
final class HcertMutationTest {
    private static final TestIssuer ISSUER = TestIssuer.shared(Algorithm.ES256);

    private final HcertDecoder decoder = new HcertDecoder();
    private final JcaSignatureBatch batch = new JcaSignatureBatch(CryptoProviders.preferred(), 1);
    private final Deflater storing = new Deflater(Deflater.NO_COMPRESSION);
    private final byte[] scratch = new byte[4_096];

    /** Whether the payload decodes and its signature is the issuer's, whatever KID it names. */
    private boolean isAccepted(Decoded decoded) {
        if (!(decoded instanceof Decoded.Well(Credential credential)) || credential.algorithm() != Algorithm.ES256) {
            return false;
        }
        batch.clear();
        int index = batch.add(ISSUER.signer().key(), credential.toBeSigned(), credential.signature());
        batch.verify();
        assertThat(batch.decision(index)).isNotEqualTo(Decision.FAILED);
        return batch.decision(index) == Decision.VALID;
    }

    private Decoded decode(String card) {
        return decoder.decode(TestCards.payload(card));
    }

    /** Decodes a message without the time that compressing it would take. */
    private Decoded decode(byte[] message) {
        storing.reset();
        storing.setInput(message);
        storing.finish();
        byte[] zlib = Arrays.copyOf(scratch, storing.deflate(scratch));
        return decode(TestCards.ofCompressed(zlib));
    }

    private static Credential credential(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Well.class);
        return ((Decoded.Well) decoded).credential();
    }

    private static void assertSameButForTheKid(Credential actual, Credential original, Object where) {
        assertThat(new Credential(
                        actual.format(),
                        actual.algorithm(),
                        original.kid(),
                        actual.issuer(),
                        actual.validFrom(),
                        actual.expiresAt(),
                        actual.kinds(),
                        actual.toBeSigned(),
                        actual.signature(),
                        actual.claims()))
                .as("mutation at %s", where)
                .isEqualTo(original);
    }

    /** What became of all mutations of one message. */
    private record Outcome(int tried, Set<Integer> acceptedAt, Set<Integer> kidChangedAt) {}

    /** Gives every byte each other value; those of the claims set only every {@code claimsStep}th. */
    private Outcome mutateEveryByte(byte[] message, int claimsStep) {
        Credential original = credential(decode(message));
        assertThat(isAccepted(decode(message))).isTrue();
        Set<Integer> accepted = new TreeSet<>();
        Set<Integer> kidChanged = new TreeSet<>();
        int signature = message.length - 64;
        int claims = signature - 2 - payloadLength(original);
        int tried = 0;
        for (int at = 0; at < message.length; at++) {
            byte[] mutated = message.clone();
            int step = at >= claims && at < signature - 2 ? claimsStep : 1;
            for (int change = 1; change < 256; change += step) {
                mutated[at] = (byte) (message[at] ^ change);
                Decoded decoded = decode(mutated);
                tried++;
                if (isAccepted(decoded)) {
                    Credential credential = credential(decoded);
                    assertSameButForTheKid(credential, original, at);
                    accepted.add(at);
                    if (!credential.kid().equals(original.kid())) {
                        kidChanged.add(at);
                    }
                }
            }
        }
        return new Outcome(tried, accepted, kidChanged);
    }

    /** The claims set is the last thing under the signature, behind a head of two or three bytes. */
    private static int payloadLength(Credential credential) {
        byte[] signed = credential.toBeSigned().toByteArray();
        int head = 12 + 1 + (signed[12] & 0x1f) + 1;
        assertThat(signed[head]).isIn((byte) 0x58, (byte) 0x59);
        return signed.length - head - (signed[head] == 0x58 ? 2 : 3);
    }

    @Test
    void ourOwnCard_survivesNoChangeOfAnyByteOfItsMessage() {
        byte[] message = TestCards.message(ISSUER.card(CardSpec.vaccination()));
        Outcome outcome = mutateEveryByte(message, 1);
        assertThat(outcome.tried()).isEqualTo(255 * message.length);
        assertThat(outcome.acceptedAt()).isEmpty();
    }

    /** Two tags, an unprotected header with the KID and another parameter, and longer heads than needed. */
    private static byte[] talkativeMessage(byte[] unprotected) {
        byte[] protectedHeader = HandMade.map(HandMade.num(1), HandMade.ES256);
        byte[] cwt = CardSpec.recovery().cwt();
        CoseSign1 unsigned = new CoseSign1(
                OptionalLong.of(-7),
                Optional.of(ISSUER.kid()),
                Slice.of(protectedHeader),
                Slice.of(cwt),
                Slice.empty());
        byte[] signature = ISSUER.sign(unsigned.signed().toBeSigned().toByteArray());
        byte[] length = {(byte) (cwt.length >> 8), (byte) cwt.length};
        return HandMade.join(
                HandMade.hex("d83d d2 84"),
                HandMade.bytes(protectedHeader),
                unprotected,
                HandMade.hex("5a0000"),
                length,
                cwt,
                HandMade.bytes(signature));
    }

    @Test
    void aCardWithUnsignedParts_survivesChangesThereOnly() {
        byte[] kid = HandMade.bytes(ISSUER.kid().toByteArray());
        byte[] unprotected = HandMade.map(HandMade.num(4), kid, HandMade.num(99), HandMade.hex("43aabbcc"));
        byte[] message = talkativeMessage(unprotected);
        int tags = 3;
        int header = 4 + 1 + 3;
        int kidValue = header + 1 + 1 + 1;
        int endOfHeader = header + unprotected.length;
        Outcome outcome = mutateEveryByte(message, 85);
        assertThat(outcome.acceptedAt()).isNotEmpty().allMatch(at -> at < tags || (at >= header && at < endOfHeader));
        assertThat(outcome.kidChangedAt())
                .contains(kidValue, kidValue + 1, kidValue + 7)
                .allMatch(at -> at >= kidValue - 1 && at < kidValue + 8);
    }

    /** Base45 writes bytes in one way only, and the checksum of zlib holds all bits but those of its own head. */
    @Test
    void oneOtherCharacterOfTheText_isRefused_orSaysTheSame() {
        String card = ISSUER.card(CardSpec.test());
        Credential original = credential(decode(card));
        char[] text = card.toCharArray();
        String others = SlowBase45.ALPHABET + "a\u00e9_\u0000\n";
        int tried = 0;
        for (int at = 0; at < text.length; at++) {
            char kept = text[at];
            for (int other = 0; other < others.length(); other++) {
                if (others.charAt(other) == kept) {
                    continue;
                }
                text[at] = others.charAt(other);
                Decoded decoded = decode(new String(text));
                tried++;
                if (isAccepted(decoded)) {
                    assertThat(credential(decoded)).as("character %d", at).isEqualTo(original);
                }
            }
            text[at] = kept;
        }
        assertThat(tried).isEqualTo(49 * text.length);
    }

    @Test
    void oneCharacterLessOrMoreOrSwapped_isRefused() {
        String card = ISSUER.card(CardSpec.test());
        for (int at = 0; at < card.length(); at++) {
            String without = card.substring(0, at) + card.substring(at + 1);
            assertThat(isAccepted(decode(without))).as("without %d", at).isFalse();
            assertThat(isAccepted(decode(card.substring(0, at))))
                    .as("cut at %d", at)
                    .isFalse();
            String more = card.substring(0, at) + "0" + card.substring(at);
            assertThat(isAccepted(decode(more))).as("more at %d", at).isFalse();
        }
    }

    /** Several bytes at once, of the message and of the zlib stream: seeded, so that a failure can be had again. */
    @Test
    void anyOtherChange_isRefused_orSaysTheSame() {
        byte[] message = TestCards.message(ISSUER.card(CardSpec.recovery()));
        byte[] stream = TestCards.deflate(message);
        Credential original = credential(decode(message));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            boolean inStream = random.nextBoolean();
            byte[] mutated = (inStream ? stream : message).clone();
            for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            Decoded decoded = inStream ? decode(TestCards.ofCompressed(mutated)) : decode(mutated);
            if (isAccepted(decoded)) {
                assertSameButForTheKid(credential(decoded), original, "round " + round + " of seed " + seed);
            }
        }
    }
}

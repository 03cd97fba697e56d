package io.passgate.format.hcert;

import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import io.passgate.engine.HostilePayloads;
import io.passgate.format.Decoded;
import io.passgate.model.Algorithm;
import io.passgate.model.Credential;
import io.passgate.model.EventKind;
import io.passgate.model.Reason;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The decoder and its slow reference agree on what is well formed and what it says.
 *
 * <p>They differ, on purpose, in three things: our bounds, and two on which the other's CBOR library is stricter and no
 * decision rests, which are text that is not UTF-8 and a key twice in a map that is passed over.
 */
final class HcertReferenceTest {
    private static final Map<EventKind, String> KEYS =
            Map.of(EventKind.VACCINATION, "v", EventKind.TEST, "t", EventKind.RECOVERY, "r");

    private static final Set<Reason> OUR_BOUNDS =
            Set.of(Reason.INPUT_TOO_LONG, Reason.INFLATED_TOO_LONG, Reason.CBOR_TOO_COMPLEX);

    /** Text that is not UTF-8, and a key twice in a map that we pass over. */
    private static final Set<String> STRICTER =
            Set.of("Invalid encoding", "Invalid UTF-8", "Duplicate key already exists");

    private static final byte TEXT_OF_ONE_LENGTH_BYTE = 0x78;
    private static final byte TAG_OF_FOUR_BYTES = (byte) 0xda;

    private final HcertDecoder decoder = new HcertDecoder();
    private final Map<String, Integer> tally = new HashMap<>();

    private static Instant instant(double seconds) {
        if (seconds >= Instant.MAX.getEpochSecond()) {
            return Instant.MAX;
        }
        if (seconds <= Instant.MIN.getEpochSecond()) {
            return Instant.MIN;
        }
        double whole = Math.floor(seconds);
        return Instant.ofEpochSecond((long) whole, (long) ((seconds - whole) * 1e9));
    }

    private static void assertSame(Credential ours, SlowHcert.Content theirs, String name) {
        assertThat((long) ours.algorithm().coseId()).as(name).isEqualTo(theirs.algorithm());
        assertThat(SlowHcert.bytes(ours.kid().toByteArray())).as(name).isEqualTo(theirs.kid());
        assertThat(ours.issuer()).as(name).isEqualTo(theirs.issuer());
        assertThat(ours.validFrom())
                .as(name)
                .isEqualTo(
                        instant(Math.max(theirs.issuedAt(), theirs.notBefore().orElse(theirs.issuedAt()))));
        assertThat(ours.expiresAt()).as(name).isEqualTo(instant(theirs.expiresAt()));
        assertThat(ours.kinds().stream().map(KEYS::get).collect(Collectors.toSet()))
                .as(name)
                .isEqualTo(theirs.kinds());
        assertThat(SlowHcert.bytes(ours.toBeSigned().toByteArray())).as(name).isEqualTo(theirs.toBeSigned());
        assertThat(SlowHcert.bytes(ours.signature().toByteArray())).as(name).isEqualTo(theirs.signature());
        assertThat(CBORObject.DecodeFromBytes(ours.claims().toByteArray()))
                .as(name)
                .isEqualTo(theirs.certificate());
    }

    private void compare(String card, String name) {
        Optional<SlowHcert.Content> theirs = SlowHcert.decode(card);
        switch (decoder.decode(TestCards.payload(card))) {
            case Decoded.Well(var credential) -> {
                if (theirs.isPresent()) {
                    assertSame(credential, theirs.get(), name);
                    tally.merge("both take", 1, Integer::sum);
                } else {
                    assertThat(whyTheirsIsStricter(card))
                            .as("taken by us only: %s %s", name, card)
                            .isPresent();
                    tally.merge(whyTheirsIsStricter(card).orElseThrow(), 1, Integer::sum);
                }
            }
            case Decoded.Malformed(var reason, var format) -> {
                if (theirs.isPresent()) {
                    assertThat(reason)
                            .as("refused by us only: %s %s", name, card)
                            .isIn(OUR_BOUNDS);
                    tally.merge("our bound", 1, Integer::sum);
                } else {
                    tally.merge("both refuse", 1, Integer::sum);
                }
            }
        }
    }

    /** The library's complaint about the message, its protected header or its claims set. */
    private static Optional<String> whyTheirsIsStricter(String card) {
        try {
            CBORObject message =
                    CBORObject.DecodeFromBytes(TestCards.message(card)).Untag();
            for (int part : new int[] {0, 2}) {
                var _ = CBORObject.DecodeFromBytes(message.get(part).GetByteString());
            }
            return Optional.empty();
        } catch (CBORException stricter) {
            return Optional.of(String.valueOf(stricter.getMessage())).filter(STRICTER::contains);
        }
    }

    @Test
    void cards_areReadAlike() {
        for (Algorithm algorithm : Algorithm.values()) {
            TestIssuer issuer = TestIssuer.shared(algorithm);
            for (CardSpec spec : List.of(
                    CardSpec.vaccination(),
                    CardSpec.test().issuer(""),
                    CardSpec.recovery().issuer("\u00c5\ud83d\ude00"))) {
                compare(issuer.card(spec), algorithm.name());
            }
        }
        assertThat(tally).isEqualTo(Map.of("both take", 9));
    }

    @Test
    void everyItemAtEveryPlace_isJudgedAlike() {
        HostilePayloads.itemsEverywhere().forEach((name, card) -> compare(card, name));
        assertThat(tally.get("both take")).isGreaterThan(500);
        assertThat(tally.get("both refuse")).isGreaterThan(500);
    }

    /** The library words it otherwise where the text is long; the random changes below meet that once in millions. */
    @Test
    void longTextThatIsNotUtf8_isPassedOver() {
        byte[] message = TestCards.message(TestIssuer.shared(Algorithm.ES256).card(CardSpec.vaccination()));
        String text = new String(message, StandardCharsets.ISO_8859_1);
        message[text.indexOf("cver")] = TEXT_OF_ONE_LENGTH_BYTE;
        message[text.indexOf("bco") + "bco".length()] = TAG_OF_FOUR_BYTES;
        compare(TestCards.ofMessage(message), "a key of 118 bytes");
        assertThat(tally).isEqualTo(Map.of("Invalid UTF-8", 1));
    }

    @Test
    void randomChanges_areJudgedAlike() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] message = TestCards.message(TestIssuer.shared(Algorithm.ES256).card(CardSpec.vaccination()));
        for (int round = 0; round < 10_000; round++) {
            byte[] mutated = message.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                mutated[random.nextInt(random.nextBoolean() ? 60 : mutated.length)] = (byte) random.nextInt();
            }
            compare(TestCards.ofMessage(mutated), "round " + round + " of seed " + seed);
        }
        assertThat(tally.get("both take")).isGreaterThan(500);
        assertThat(tally.get("both refuse")).isGreaterThan(500);
    }
}

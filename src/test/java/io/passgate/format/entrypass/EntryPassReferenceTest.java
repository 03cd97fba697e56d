package io.passgate.format.entrypass;

import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.passgate.codec.MalformedException;
import io.passgate.codec.StrictCbor;
import io.passgate.format.Decoded;
import io.passgate.format.Envelope;
import io.passgate.format.hcert.HandMade;
import io.passgate.format.hcert.SlowHcert;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Credential;
import io.passgate.model.Event;
import io.passgate.model.Slice;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestProvider;
import io.passgate.testing.UsualFormats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The decoder and its slow reference agree on what is a pass and what it says. */
final class EntryPassReferenceTest {
    private static final List<String> PRODUCTS = IntStream.rangeClosed(1, 39)
            .mapToObj(EntryPassReferenceTest::product)
            .toList();

    private final Envelope.Decoder decoder = UsualFormats.decoder();
    private final PassClaims claims = new PassClaims();
    private final Map<String, Integer> tally = new HashMap<>();

    private static String product(int number) {
        StrictCbor cbor = new StrictCbor();
        cbor.start(Slice.of(HandMade.num(number)));
        try {
            return PassCodes.PRODUCTS.read(cbor);
        } catch (MalformedException unknown) {
            throw new AssertionError(unknown);
        }
    }

    private void compare(String text, String name) {
        Optional<SlowEntryPass.Content> theirs = SlowEntryPass.decode(text, PRODUCTS);
        switch (decoder.decode(TestCards.payload(text))) {
            case Decoded.Well(var credential) -> {
                assertThat(theirs).as("taken by us only: %s %s", name, text).isPresent();
                assertSame(credential, theirs.orElseThrow(), name);
                tally.merge("both take", 1, Integer::sum);
            }
            case Decoded.Malformed(var reason, var format) -> {
                assertThat(theirs).as("refused by us only: %s %s", name, text).isEmpty();
                tally.merge("both refuse", 1, Integer::sum);
            }
        }
    }

    private void assertSame(Credential ours, SlowEntryPass.Content theirs, String name) {
        SlowEntryPass.Content content = new SlowEntryPass.Content(
                SlowHcert.bytes(ours.kid().toByteArray()),
                ours.issuer().orElseThrow(),
                ours.validFrom().getEpochSecond(),
                SlowHcert.bytes(PassClaims.id(ours).toByteArray()),
                SlowHcert.bytes(PassClaims.holderTag(ours).toByteArray()),
                SlowHcert.bytes(ours.toBeSigned().toByteArray()),
                SlowHcert.bytes(ours.signature().toByteArray()),
                claims.read(ours.claims()).orElseThrow());
        assertThat(content).as(name).isEqualTo(theirs);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return PassSamples.sayable(9);
    }

    @Property(tries = 500)
    void passes_areReadAlike(@ForAll("events") List<Event> events, @ForAll Random random) {
        EntryPass pass = PassSamples.pass("naver", PassSamples.NOON, events, Optional.empty(), random);
        compare(PassSamples.encodeUnsigned(pass), "of " + events.size() + " events");
        assertThat(tally).containsOnlyKeys("both take");
    }

    /** Items that stand where another belongs. */
    private static List<CBORObject> items() {
        List<CBORObject> items = new ArrayList<>();
        for (long number : new long[] {-65_537, -1, 0, 1, 2, 3, 15, 23, 24, 39, 40, 255, 65_535, 65_536, 1L << 32}) {
            items.add(CBORObject.FromObject(number));
        }
        for (String text : new String[] {"", "a", "kakao", "EU/1/20/1528", "x".repeat(20), "x".repeat(21), "\n", "é"}) {
            items.add(CBORObject.FromObject(text));
        }
        for (int length : new int[] {0, 8, 16, 44}) {
            items.add(CBORObject.FromObject(new byte[length]));
        }
        items.add(CBORObject.NewArray());
        items.add(CBORObject.NewArray().Add(1));
        items.add(CBORObject.NewArray().Add(1).Add(2));
        items.add(CBORObject.NewMap());
        items.add(CBORObject.Null);
        items.add(CBORObject.True);
        items.add(CBORObject.FromObject(1.0));
        items.add(CBORObject.FromObject(1).WithTag(1));
        return items;
    }

    @Test
    void everyItemAtEveryPlaceOfTheClaims_isJudgedAlike() {
        byte[] original = PassSamples.well(PassSamples.encodeUnsigned(
                        PassSamples.pass("kakao", PassSamples.everything(), Optional.of(AgeBand.ADULT))))
                .claims()
                .toByteArray();
        CBORObject claims = CBORObject.DecodeFromBytes(original);
        everywhere(claims, item -> compare(PassSamples.around(claims.EncodeToBytes()), "with " + item));
        assertThat(CBORObject.DecodeFromBytes(original)).isEqualTo(claims);
        assertThat(tally.get("both take")).isGreaterThan(50);
        assertThat(tally.get("both refuse")).isGreaterThan(500);
    }

    private static void put(CBORObject parent, CBORObject key, CBORObject item) {
        Object place = parent.getType() == CBORType.Array ? (Object) key.AsInt32Value() : key;
        var _ = parent.Set(place, item);
    }

    /** Puts each item at each place below {@code parent}, compares, and puts back what was there. */
    private static void everywhere(CBORObject parent, Consumer<CBORObject> compare) {
        List<CBORObject> keys = new ArrayList<>();
        if (parent.getType() == CBORType.Map) {
            keys.addAll(parent.getKeys());
        } else if (parent.getType() == CBORType.Array) {
            IntStream.range(0, parent.size())
                    .mapToObj(index -> CBORObject.FromObject(index))
                    .forEach(keys::add);
        }
        for (CBORObject key : keys) {
            CBORObject kept = parent.get(key);
            for (CBORObject item : items()) {
                put(parent, key, item);
                compare.accept(item);
            }
            put(parent, key, kept);
            everywhere(kept, compare);
        }
    }

    @Test
    void randomChanges_areJudgedAlike() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] message = TestProvider.message(
                PassSamples.encodeUnsigned(PassSamples.pass("kakao", PassSamples.everything(), Optional.empty())));
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = message.clone();
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                mutated[random.nextInt(mutated.length - 64)] = (byte) random.nextInt(random.nextBoolean() ? 24 : 256);
            }
            compare(TestProvider.ofMessage(mutated), "round " + round + " of seed " + seed);
        }
        assertThat(tally.get("both take")).isGreaterThan(500);
        assertThat(tally.get("both refuse")).isGreaterThan(500);
    }
}

package io.passgate.format.hcert;

import static io.passgate.format.hcert.HandMade.CWT;
import static io.passgate.format.hcert.HandMade.DCC;
import static io.passgate.format.hcert.HandMade.EXP;
import static io.passgate.format.hcert.HandMade.IAT;
import static io.passgate.format.hcert.HandMade.NO_HEADER;
import static io.passgate.format.hcert.HandMade.PROTECTED;
import static io.passgate.format.hcert.HandMade.array;
import static io.passgate.format.hcert.HandMade.cwt;
import static io.passgate.format.hcert.HandMade.cwtOf;
import static io.passgate.format.hcert.HandMade.decodeText;
import static io.passgate.format.hcert.HandMade.join;
import static io.passgate.format.hcert.HandMade.map;
import static io.passgate.format.hcert.HandMade.message;
import static io.passgate.format.hcert.HandMade.messageOf;
import static io.passgate.format.hcert.HandMade.messageOfSize;
import static io.passgate.format.hcert.HandMade.nested;
import static io.passgate.format.hcert.HandMade.num;
import static io.passgate.format.hcert.HandMade.refusal;
import static io.passgate.format.hcert.HandMade.refusalOf;
import static io.passgate.format.hcert.HandMade.tag;
import static io.passgate.format.hcert.HandMade.text;
import static io.passgate.format.hcert.HandMade.well;
import static io.passgate.format.hcert.HandMade.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.codec.Base45;
import io.passgate.codec.Bounds;
import io.passgate.codec.CborCursor;
import io.passgate.codec.CborWriter;
import io.passgate.codec.MalformedException;
import io.passgate.format.Decoded;
import io.passgate.model.Reason;
import io.passgate.testing.TestCards;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.zip.Adler32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bound: the last that is taken and the first that is refused. */
final class HcertBoundsTest {
    /** zlib without compression, so that the text's length is known. */
    private static byte[] stored(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] out = new byte[bytes.length + 64];
            return Arrays.copyOf(out, deflater.deflate(out));
        } finally {
            deflater.end();
        }
    }

    @Test
    void theLongestPayload_isTaken_andOneCharacterMoreIsNot() {
        int bytes = Base45.decodedLength(Bounds.MAX_PAYLOAD_CHARS - 4);
        int overhead = stored(messageOfSize(2_000)).length - 2_000;
        String card = TestCards.ofCompressed(stored(messageOfSize(bytes - overhead)));
        assertThat(card).hasSize(Bounds.MAX_PAYLOAD_CHARS);
        assertThat(decodeText(card)).isInstanceOf(Decoded.Well.class);
        assertThat(refusalOf(card + "0")).isEqualTo(Reason.INPUT_TOO_LONG);
        assertThat(refusalOf("X".repeat(Bounds.MAX_PAYLOAD_CHARS))).isEqualTo(Reason.NOT_A_CREDENTIAL);
        assertThat(refusalOf("X".repeat(100_000))).isEqualTo(Reason.INPUT_TOO_LONG);
    }

    @Test
    void theLargestMessage_isTaken_andOneByteMoreIsNot() {
        assertThat(well(messageOfSize(Bounds.MAX_INFLATED_BYTES)).validFrom()).isNotNull();
        assertThat(refusal(messageOfSize(Bounds.MAX_INFLATED_BYTES + 1))).isEqualTo(Reason.INFLATED_TOO_LONG);
    }

    @Test
    void aBombOf1MegabyteIn1Kilobyte_isRefused() {
        byte[] bomb = TestCards.deflate(new byte[1_024 * 1_024]);
        assertThat(bomb).hasSizeBetween(900, 1_100);
        assertThat(refusalOf(TestCards.ofCompressed(bomb))).isEqualTo(Reason.INFLATED_TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({"81, ''", "9f, ff", "a100, ''", "bf00, ff", "c6, ''", "d9d9f7, ''"})
    void nestingToTheBound_isTaken_andOneMoreIsNot(String head, String tail) {
        byte[] deepest = with(CWT, num(99), nested(head, Bounds.MAX_CBOR_DEPTH, tail));
        assertThat(well(messageOf(deepest)).validFrom()).isNotNull();
        byte[] tooDeep = with(CWT, num(99), nested(head, Bounds.MAX_CBOR_DEPTH + 1, tail));
        assertThat(refusal(messageOf(tooDeep))).isEqualTo(Reason.CBOR_TOO_COMPLEX);
        byte[] absurd = with(CWT, num(99), nested(head, 400, tail));
        assertThat(refusal(messageOf(absurd))).isEqualTo(Reason.CBOR_TOO_COMPLEX);
    }

    @Test
    void nestingInAKey_countsToo() {
        byte[] inKey = with(CWT, nested("81", Bounds.MAX_CBOR_DEPTH + 1, ""), num(0));
        assertThat(refusal(messageOf(inKey))).isEqualTo(Reason.CBOR_TOO_COMPLEX);
    }

    private static byte[] zeros(int count) {
        return new CborWriter().array(count).encoded(new byte[count]).toByteArray();
    }

    private static void skipWholly(byte[] cbor) throws MalformedException {
        CborCursor cursor = new CborCursor();
        cursor.start(cbor, 0, cbor.length);
        cursor.skip();
        cursor.expectEnd();
    }

    @Test
    void itemsToTheBound_areTaken_andOneMoreIsNot() throws MalformedException {
        skipWholly(zeros(Bounds.MAX_CBOR_ITEMS - 1));
        assertThatThrownBy(() -> skipWholly(zeros(Bounds.MAX_CBOR_ITEMS)))
                .isSameAs(MalformedException.of(Reason.CBOR_TOO_COMPLEX));
    }

    /** Items are counted each time they are passed over; those of a claim of no interest once. */
    @Test
    void itemsOfAllLayers_countTogether() {
        IntFunction<byte[]> filled = count -> messageOf(with(CWT, num(99), zeros(count)));
        int most = 0;
        while (HandMade.decode(filled.apply(most + 1)) instanceof Decoded.Well) {
            most++;
        }
        assertThat(most).isBetween(Bounds.MAX_CBOR_ITEMS - 50, Bounds.MAX_CBOR_ITEMS - 10);
        assertThat(refusal(filled.apply(most + 1))).isEqualTo(Reason.CBOR_TOO_COMPLEX);
        assertThat(refusal(message(PROTECTED, map(num(9), num(9)), with(CWT, num(99), zeros(most)))))
                .isEqualTo(Reason.CBOR_TOO_COMPLEX);
    }

    private static byte[] entries(int count, byte[]... first) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(join(first));
        for (int i = first.length / 2; i < count; i++) {
            out.writeBytes(num(1_000 + i));
            out.writeBytes(num(0));
        }
        return new CborWriter().map(count).encoded(out.toByteArray()).toByteArray();
    }

    /** The maps that the decoder reads. */
    private enum ReadMap {
        PROTECTED_HEADER,
        UNPROTECTED,
        CLAIMS,
        HCERT,
        CERTIFICATE;

        byte[] messageWith(int count) {
            return switch (this) {
                case PROTECTED_HEADER ->
                    message(entries(count, num(1), num(-7), num(4), HandMade.bytes(HandMade.KID)), NO_HEADER, CWT);
                case UNPROTECTED -> message(PROTECTED, entries(count), CWT);
                case CLAIMS -> messageOf(entries(count, num(6), IAT, num(4), EXP, num(-260), map(num(1), DCC)));
                case HCERT -> messageOf(cwt(IAT, EXP, entries(count, num(1), DCC)));
                case CERTIFICATE -> messageOf(cwtOf(entries(count, text("ver"), text("1"))));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void mapEntriesToTheBound_areTaken_andOneMoreIsNot(ReadMap map) {
        assertThat(well(map.messageWith(Bounds.MAX_MAP_ENTRIES)).validFrom()).isNotNull();
        assertThat(refusal(map.messageWith(Bounds.MAX_MAP_ENTRIES + 1))).isEqualTo(Reason.CBOR_TOO_COMPLEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "t", "r"})
    void eventsToTheBound_areTaken_andOneMoreIsNot(String key) {
        byte[][] events = new byte[Bounds.MAX_EVENTS][];
        Arrays.fill(events, map());
        byte[][] more = Arrays.copyOf(events, Bounds.MAX_EVENTS + 1);
        more[Bounds.MAX_EVENTS] = map();
        assertThat(well(messageOf(cwtOf(map(text(key), array(events))))).kinds())
                .hasSize(1);
        assertThat(refusal(messageOf(cwtOf(map(text(key), array(more)))))).isEqualTo(Reason.CBOR_TOO_COMPLEX);
    }

    private static byte[] tagged(byte[] item, int... tags) {
        byte[] tagged = item;
        for (int i = tags.length - 1; i >= 0; i--) {
            tagged = tag(tags[i], tagged);
        }
        return tagged;
    }

    @Test
    void tagsThatIssuersWrite_areTaken_toFour() {
        byte[] message = messageOf(CWT);
        for (int[] tags : new int[][] {
            {}, {18}, {61}, {61, 18}, {18, 18}, {61, 61, 18}, {55_799, 61, 18}, {55_799, 55_799, 61, 18}
        }) {
            assertThat(well(tagged(message, tags)).validFrom()).isNotNull();
            assertThat(well(messageOf(tagged(CWT, tags))).validFrom()).isNotNull();
        }
    }

    @Test
    void aFifthTag_orAnother_isRefused() {
        byte[] message = messageOf(CWT);
        for (int[] tags : new int[][] {{18, 18, 18, 18, 18}, {17}, {98}, {998}, {18, 98}, {24}, {1}}) {
            assertThat(refusal(tagged(message, tags))).isEqualTo(Reason.COSE_INVALID);
            assertThat(refusal(messageOf(tagged(CWT, tags)))).isEqualTo(Reason.CWT_INVALID);
        }
    }

    /** Tag 18 and array lengths in longer heads than needed: legal CBOR, and not under the signature. */
    @Test
    void longerHeadsThanNeeded_areTheSame() {
        byte[] message = messageOf(CWT);
        byte[] rest = Arrays.copyOfRange(message, 1, message.length);
        for (String head :
                new String[] {"d812 84", "d90012 9804", "da00000012 990004", "db0000000000000012 9a00000004"}) {
            assertThat(well(join(HandMade.hex(head), rest)).toBeSigned())
                    .isEqualTo(well(message).toBeSigned());
        }
        assertThat(well(join(HandMade.hex("9f"), rest, HandMade.hex("ff"))).toBeSigned())
                .isEqualTo(well(message).toBeSigned());
    }

    /** Lengths far beyond what follows: nothing is taken for them. */
    @Test
    void hugeLengths_areRefused() {
        for (String head : new String[] {
            "5a7fffffff",
            "5affffffff",
            "5b7fffffffffffffff",
            "5bffffffffffffffff",
            "7affffffff",
            "7b8000000000000000",
            "9affffffff",
            "9bffffffffffffffff",
            "9a00010000",
            "baffffffff",
            "bb7fffffffffffffff",
            "bbffffffffffffffff",
            "ba00008000",
            "b90100",
            "5f5b7fffffffffffffffff",
            "7f7affffffffff"
        }) {
            byte[] huge = HandMade.hex(head);
            assertThat(refusal(messageOf(with(CWT, num(99), huge)))).as(head).isEqualTo(Reason.CBOR_INVALID);
            assertThat(refusal(message(PROTECTED, map(num(9), huge), CWT)))
                    .as(head)
                    .isEqualTo(Reason.CBOR_INVALID);
            assertThat(HandMade.decode(huge)).as(head).isInstanceOf(Decoded.Malformed.class);
        }
    }

    /** A zlib stream of empty stored blocks and one with the content, the last. */
    private static byte[] blocks(int count, byte[] content) {
        Adler32 adler = new Adler32();
        adler.update(content);
        ByteBuffer stream =
                ByteBuffer.allocate(2 + 5 * count + content.length + 4).putShort((short) 0x7801);
        for (int i = 1; i < count; i++) {
            stream.put(new byte[] {0, 0, 0, (byte) 0xff, (byte) 0xff});
        }
        stream.put((byte) 1).order(ByteOrder.LITTLE_ENDIAN);
        stream.putShort((short) content.length)
                .putShort((short) ~content.length)
                .put(content);
        return stream.order(ByteOrder.BIG_ENDIAN).putInt((int) adler.getValue()).array();
    }

    @Test
    void blocksToTheBound_areTaken_andOneMoreIsNot() {
        byte[] message = messageOf(CWT);
        String most = TestCards.ofCompressed(blocks(Bounds.MAX_DEFLATE_BLOCKS, message));
        assertThat(decodeText(most)).isInstanceOf(Decoded.Well.class);
        String more = TestCards.ofCompressed(blocks(Bounds.MAX_DEFLATE_BLOCKS + 1, message));
        assertThat(refusalOf(more)).isEqualTo(Reason.ZLIB_TOO_COMPLEX);
    }

    @Test
    void anIssuerToTheBound_isTaken_andOneByteMoreIsNot() {
        byte[] longest = with(CWT, num(1), text("x".repeat(Bounds.MAX_TEXT_BYTES)));
        assertThat(well(messageOf(longest)).issuer())
                .hasValueSatisfying(name -> assertThat(name).hasSize(Bounds.MAX_TEXT_BYTES));
        byte[] longer = with(CWT, num(1), text("x".repeat(Bounds.MAX_TEXT_BYTES + 1)));
        assertThat(refusal(messageOf(longer))).isEqualTo(Reason.CBOR_TOO_COMPLEX);
    }
}

package io.passgate.bench;

import io.passgate.codec.Base45;
import io.passgate.codec.Bounds;
import io.passgate.codec.CborWriter;
import io.passgate.model.Algorithm;
import io.passgate.testing.TestCards;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;

/** Payloads that are refused while decoding, each made to cost its decoder as much as one bound lets it. */
public enum HostileInput {
    /** Characters up to the bound, of which the last is none. */
    LONGEST_BASE45(() -> {
        String text = "HC1:" + Base45.encode(random(2_861));
        return text.substring(0, Bounds.MAX_PAYLOAD_CHARS - 1) + "_";
    }),
    /** Random bytes, stored. */
    LONGEST_STORED(() -> TestCards.ofMessage(random(2_840))),
    /** Zeros up to one byte over the bound. */
    ZIP_BOMB(() -> TestCards.ofMessage(new byte[200 * 1_024])),
    /** Short matches instead of long ones. */
    ZIP_BOMB_OF_SHORT_MATCHES(() -> TestCards.ofMessage(shortMatches())),
    ZIP_OF_EMPTY_STORED_BLOCKS(() -> {
        DeflateBits bits = new DeflateBits();
        while (bits.hasRoomFor(10)) {
            bits.emptyStoredBlock();
        }
        return TestCards.ofCompressed(bits.finishEmpty());
    }),
    ZIP_OF_EMPTY_FIXED_BLOCKS(() -> {
        DeflateBits bits = new DeflateBits();
        while (bits.hasRoomFor(5)) {
            bits.emptyFixedBlock();
        }
        return TestCards.ofCompressed(bits.finishEmpty());
    }),
    ZIP_OF_TABLES_OF_9_BITS(() -> tables(9)),
    ZIP_OF_TABLES_OF_15_BITS(() -> tables(15)),
    /** One array in another, once too often. */
    DEEPEST(() -> {
        CborWriter event = new CborWriter();
        for (int i = 0; i <= Bounds.MAX_CBOR_DEPTH; i++) {
            event.array(1);
        }
        return card(
                cwt(new CborWriter().map(1).integer(2).encoded(event.integer(0).toByteArray())));
    }),
    /** One item too many, nested as deep as allowed. */
    MOST_ITEMS(() -> {
        CborWriter items = new CborWriter().map(1).integer(1).array(80);
        for (int i = 0; i < 80; i++) {
            for (int depth = 3; depth < Bounds.MAX_CBOR_DEPTH; depth++) {
                items.array(1);
            }
            items.integer(0);
        }
        return card(cwt(items));
    }),
    /** As many items as are allowed, passed over twice, and the certificate missing. */
    MOST_ITEMS_READ_TO_THE_END(() -> {
        CborWriter items = new CborWriter().map(1).integer(2).array(490);
        for (int i = 0; i < 490; i++) {
            items.integer(1_000_000);
        }
        return card(cwt(items));
    }),
    /** Maps as large as allowed whose keys differ in their last byte, each compared with all before it. */
    LONGEST_KEYS_IN_ONE_MAP(() -> card(cwt(longKeys(1, Bounds.MAX_MAP_ENTRIES)))),
    LONGEST_KEYS_IN_FOUR_MAPS(() -> {
        CborWriter header = longKeys(4, Bounds.MAX_MAP_ENTRIES);
        return ofMessage(header, header, wide(header.toByteArray()));
    }),
    /** Text that is no UTF-8 where a String has to be made of it. */
    LONGEST_BROKEN_ISSUER(() -> {
        byte[] broken = new byte[16_000];
        Arrays.fill(broken, (byte) 0xff);
        return card(new CborWriter().map(1).integer(1).encoded(text(broken)).toByteArray());
    }),
    /** Tables for nothing, and behind them as much broken text as may be inflated. */
    TABLES_AND_BROKEN_ISSUER(() -> {
        byte[] message = TestCards.message(LONGEST_BROKEN_ISSUER.make());
        DeflateBits bits = new DeflateBits();
        while (bits.hasRoomFor(300)) {
            bits.emptyDynamicBlock(9);
        }
        return TestCards.ofCompressed(bits.finish(message));
    }),
    /** A string in many pieces where they have to be joined. */
    MOST_CHUNKS(() -> {
        byte[] pieces = new byte[16_000];
        Arrays.fill(pieces, (byte) 0x60);
        pieces[0] = 0x7f;
        return card(new CborWriter().map(1).integer(1).encoded(pieces).toByteArray());
    });

    @SuppressWarnings("ImmutableEnumChecker")
    private final Supplier<String> maker;

    HostileInput(Supplier<String> maker) {
        this.maker = maker;
    }

    /** The QR text. */
    public String make() {
        String text = maker.get();
        if (text.length() > Bounds.MAX_PAYLOAD_CHARS) {
            throw new IllegalStateException(this + " is refused by its length alone: " + text.length());
        }
        return text;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(Corpus.seed()).nextBytes(bytes);
        return bytes;
    }

    private static byte[] shortMatches() {
        byte[] words = random(32);
        byte[] bytes = new byte[11_000];
        Random random = new Random(Corpus.seed());
        for (int at = 0; at + 4 <= bytes.length; at += 4) {
            System.arraycopy(words, random.nextInt(8) * 4, bytes, at, 4);
        }
        return bytes;
    }

    private static String tables(int longest) {
        DeflateBits bits = new DeflateBits();
        while (bits.hasRoomFor(32)) {
            bits.emptyDynamicBlock(longest);
        }
        return TestCards.ofCompressed(bits.finishEmpty());
    }

    /** The first {@code entries} of a map of as many as allowed, so long that {@code maps} of them fit. */
    private static CborWriter longKeys(int maps, int entries) {
        int room = (Bounds.MAX_INFLATED_BYTES - 256) / maps / Bounds.MAX_MAP_ENTRIES;
        String stem = "k".repeat(room - 6);
        CborWriter map = new CborWriter().map(Bounds.MAX_MAP_ENTRIES);
        for (int i = 0; i < entries; i++) {
            map.text(stem + i / 8 + i % 8).integer(0);
        }
        return map;
    }

    private static byte[] text(byte[] utf8) {
        byte[] item = new CborWriter().bytes(utf8).toByteArray();
        item[0] |= 0x20;
        return item;
    }

    /** A claims set with this hcert map and both times. */
    private static byte[] cwt(CborWriter hcert) {
        return new CborWriter()
                .map(3)
                .integer(4)
                .integer(2_000_000_000)
                .integer(6)
                .integer(1_600_000_000)
                .integer(-260)
                .encoded(hcert.toByteArray())
                .toByteArray();
    }

    /** A claims set of long keys whose last entry is its hcert. */
    private static byte[] wide(byte[] hcert) {
        return longKeys(4, Bounds.MAX_MAP_ENTRIES - 3)
                .integer(4)
                .integer(2_000_000_000)
                .integer(6)
                .integer(1_600_000_000)
                .integer(-260)
                .encoded(hcert)
                .toByteArray();
    }

    private static String card(byte[] cwt) {
        CborWriter header = new CborWriter().map(2).integer(1).integer(Algorithm.ES256.coseId());
        return ofMessage(header.integer(4).bytes(new byte[8]), new CborWriter().map(0), cwt);
    }

    private static String ofMessage(CborWriter protectedHeader, CborWriter unprotected, byte[] cwt) {
        return TestCards.ofMessage(new CborWriter()
                .tag(18)
                .array(4)
                .bytes(protectedHeader.toByteArray())
                .encoded(unprotected.toByteArray())
                .bytes(cwt)
                .bytes(new byte[64])
                .toByteArray());
    }
}

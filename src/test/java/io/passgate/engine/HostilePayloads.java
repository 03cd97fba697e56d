package io.passgate.engine;

import static io.passgate.format.hcert.HandMade.CWT;
import static io.passgate.format.hcert.HandMade.DCC;
import static io.passgate.format.hcert.HandMade.ES256;
import static io.passgate.format.hcert.HandMade.EXP;
import static io.passgate.format.hcert.HandMade.IAT;
import static io.passgate.format.hcert.HandMade.KID;
import static io.passgate.format.hcert.HandMade.NO_HEADER;
import static io.passgate.format.hcert.HandMade.PROTECTED;
import static io.passgate.format.hcert.HandMade.SIGNATURE;
import static io.passgate.format.hcert.HandMade.array;
import static io.passgate.format.hcert.HandMade.bytes;
import static io.passgate.format.hcert.HandMade.cwt;
import static io.passgate.format.hcert.HandMade.cwtOf;
import static io.passgate.format.hcert.HandMade.hex;
import static io.passgate.format.hcert.HandMade.map;
import static io.passgate.format.hcert.HandMade.message;
import static io.passgate.format.hcert.HandMade.messageOf;
import static io.passgate.format.hcert.HandMade.num;
import static io.passgate.format.hcert.HandMade.text;
import static io.passgate.format.hcert.HandMade.with;

import io.passgate.codec.Bounds;
import io.passgate.format.hcert.HandMade;
import io.passgate.testing.TestCards;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Payloads that mean harm, or that nobody meant: for tests that hold for any input. */
public final class HostilePayloads {
    /** One or more of every major type, well formed and not. */
    static final List<String> ITEMS = List.of(
            "00",
            "1818",
            "1bffffffffffffffff",
            "20",
            "3bffffffffffffffff",
            "3b7fffffffffffffff",
            "40",
            "4101",
            "5f41014102ff",
            "5fff",
            "60",
            "6161",
            "7f61616162ff",
            "7fff",
            "61ff",
            "80",
            "8100",
            "9fff",
            "9f00ff",
            "a0",
            "a10000",
            "bfff",
            "bf0000ff",
            "bf00ff",
            "a200000000",
            "c000",
            "c11a5f5e1000",
            "c24100",
            "d2a0",
            "d83da0",
            "d9d9f7a0",
            "dbffffffffffffffff00",
            "f4",
            "f5",
            "f6",
            "f7",
            "e0",
            "f820",
            "f8ff",
            "f800",
            "f93c00",
            "f97e00",
            "f97c00",
            "fa7f800000",
            "fb7ff8000000000000",
            "fb7e37e43c8800759c",
            "ff",
            "1c",
            "1f",
            "3f",
            "5c",
            "7e",
            "9d",
            "bc",
            "df",
            "fc",
            "5bffffffffffffffff",
            "9bffffffffffffffff",
            "bbffffffffffffffff",
            "7affffffff",
            "9a7fffffff",
            "ba3fffffff",
            "18",
            "19ff",
            "");

    /** A place in a message where an item is read. */
    private static final Map<String, UnaryOperator<byte[]>> PLACES = places();

    private HostilePayloads() {}

    private static Map<String, UnaryOperator<byte[]>> places() {
        Map<String, UnaryOperator<byte[]>> places = new LinkedHashMap<>();
        places.put("message", item -> item);
        places.put("protected", item -> array(item, NO_HEADER, bytes(CWT), bytes(SIGNATURE)));
        places.put("unprotected", item -> message(PROTECTED, item, CWT));
        places.put("payload", item -> array(bytes(PROTECTED), NO_HEADER, item, bytes(SIGNATURE)));
        places.put("signature", item -> array(bytes(PROTECTED), NO_HEADER, bytes(CWT), item));
        places.put("protected map", item -> message(item, NO_HEADER, CWT));
        places.put("algorithm", item -> message(map(num(1), item, num(4), bytes(KID)), NO_HEADER, CWT));
        places.put("kid", item -> message(map(num(1), ES256, num(4), item), NO_HEADER, CWT));
        places.put("unprotected kid", item -> message(PROTECTED, map(num(4), item), CWT));
        places.put("header key", item -> message(PROTECTED, map(item, num(0)), CWT));
        places.put("claims", HandMade::messageOf);
        places.put("issuer", item -> messageOf(with(CWT, num(1), item)));
        places.put("iat", item -> messageOf(cwt(item, EXP, map(num(1), DCC))));
        places.put("exp", item -> messageOf(cwt(IAT, item, map(num(1), DCC))));
        places.put("nbf", item -> messageOf(with(CWT, num(5), item)));
        places.put("claim key", item -> messageOf(with(CWT, item, num(0))));
        places.put("hcert", item -> messageOf(cwt(IAT, EXP, item)));
        places.put("hcert key", item -> messageOf(cwt(IAT, EXP, with(map(num(1), DCC), item, num(0)))));
        places.put("certificate", item -> messageOf(cwtOf(item)));
        certificatePlaces().forEach((name, place) -> places.put(name, item -> messageOf(cwtOf(place.apply(item)))));
        return places;
    }

    /** The places inside a certificate. */
    private static Map<String, UnaryOperator<byte[]>> certificatePlaces() {
        Map<String, UnaryOperator<byte[]>> places = new LinkedHashMap<>();
        places.put("certificate key", item -> map(item, num(0)));
        places.put("dob", item -> map(text("dob"), item));
        for (String key : List.of("v", "t", "r")) {
            places.put(key, item -> map(text(key), item));
            places.put(key + " event", item -> map(text(key), array(item)));
            places.put(key + " event key", item -> map(text(key), array(map(item, num(0)))));
            for (String field : List.of("tg", "mp", "dn", "sd", "dt", "tt", "sc", "tr", "fr", "df", "du", "nm")) {
                places.put(key + " " + field, item -> map(text(key), array(map(text(field), item))));
            }
        }
        return places;
    }

    /** Every item at every place, as QR text. */
    public static Map<String, String> itemsEverywhere() {
        Map<String, String> cards = new LinkedHashMap<>();
        PLACES.forEach((name, place) ->
                ITEMS.forEach(item -> cards.put(item + " as " + name, TestCards.ofMessage(place.apply(hex(item))))));
        return cards;
    }

    /** Certificates, encoded, with every item at every place in them. */
    static Map<String, byte[]> certificates() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        certificatePlaces()
                .forEach((name, place) -> ITEMS.forEach(item -> all.put(item + " as " + name, place.apply(hex(item)))));
        ITEMS.forEach(item -> all.put(item, hex(item)));
        all.put("many events", map(text("v"), repeated(900, map())));
        all.put(
                "many good events",
                map(text("r"), repeated(120, map(text("fr"), text("2021-01-01"), text("tg"), text("")))));
        all.put("long text as date", map(text("r"), array(map(text("fr"), text("9".repeat(16_000))))));
        all.put("long text as birth date", map(text("dob"), text("\u20ac".repeat(5_000))));
        all.put("many chunks", map(text("dob"), hex("7f" + "6139".repeat(500) + "ff")));
        all.put("tags without end", map(text("dob"), hex("c1".repeat(2_000))));
        all.put("deep", map(text("x"), hex("81".repeat(8_000))));
        return all;
    }

    private static byte[] repeated(int count, byte[] item) {
        byte[][] items = new byte[count][];
        Arrays.fill(items, item);
        return array(items);
    }

    /** What costs: bombs, depth, lengths, chunks, keys. */
    static Map<String, String> costly() {
        Map<String, String> cards = new LinkedHashMap<>();
        cards.put("bomb", TestCards.ofCompressed(TestCards.deflate(new byte[1_024 * 1_024])));
        cards.put("large bomb", TestCards.ofCompressed(TestCards.deflate(new byte[2_700 * 1_024])));
        byte[] bombOfArrays = new byte[16 * 1_024];
        for (int head : new int[] {0x81, 0x9f, 0xa1, 0xbf, 0xc1, 0xd2, 0x5f, 0x7f, 0xff, 0x40, 0x60, 0x00}) {
            Arrays.fill(bombOfArrays, (byte) head);
            cards.put("nothing but " + head, TestCards.ofMessage(bombOfArrays));
            cards.put(
                    "claims: nothing but " + head, TestCards.ofMessage(messageOf(Arrays.copyOf(bombOfArrays, 16_000))));
        }
        cards.put("large message", TestCards.ofMessage(HandMade.messageOfSize(Bounds.MAX_INFLATED_BYTES)));
        byte[] large = text("x".repeat(15_000));
        cards.put("large issuer", TestCards.ofMessage(messageOf(with(CWT, num(1), large))));
        cards.put("large key", TestCards.ofMessage(messageOf(with(CWT, large, num(0)))));
        cards.put(
                "large signature",
                TestCards.ofMessage(array(bytes(PROTECTED), NO_HEADER, bytes(CWT), bytes(new byte[15_000]))));
        cards.put(
                "large kid",
                TestCards.ofMessage(message(map(num(1), ES256), map(num(4), bytes(new byte[15_000])), CWT)));
        cards.put(
                "many chunks",
                TestCards.ofMessage(messageOf(with(CWT, num(1), hex("7f" + "6178".repeat(450) + "ff")))));
        cards.put(
                "large chunks",
                TestCards.ofMessage(messageOf(with(CWT, num(1), HandMade.join(hex("7f"), large, hex("ff"))))));
        cards.put(
                "chunked payload",
                TestCards.ofMessage(array(
                        bytes(PROTECTED),
                        NO_HEADER,
                        HandMade.join(hex("5f"), bytes(with(CWT, num(1), large)), hex("ff")),
                        bytes(SIGNATURE))));
        cards.put("long text", "HC1:" + ":".repeat(Bounds.MAX_PAYLOAD_CHARS - 4));
        cards.put("too long text", "HC1:" + "0".repeat(1_000_000));
        cards.put("no ASCII", "HC1:" + "\u00ff".repeat(1_000));
        return cards;
    }

    /** Random bytes in each layer's place; the seed is the caller's to name. */
    static List<String> random(Random random, int count) {
        List<String> cards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            cards.add(
                    switch (i % 5) {
                        case 0 -> new String(noise, StandardCharsets.ISO_8859_1);
                        case 1 -> "HC1:" + new String(noise, StandardCharsets.ISO_8859_1);
                        case 2 -> TestCards.ofCompressed(noise);
                        case 3 -> TestCards.ofMessage(noise);
                        default -> TestCards.ofMessage(messageOf(noise));
                    });
        }
        return cards;
    }
}

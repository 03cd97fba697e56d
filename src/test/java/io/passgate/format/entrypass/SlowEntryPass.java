package io.passgate.format.entrypass;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import io.passgate.codec.SlowBase45;
import io.passgate.format.hcert.SlowHcert;
import io.passgate.model.Age;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A decoder of passes with nobody's speed in mind: {@link SlowBase45} and another's CBOR. The reference of {@link
 * EntryPassDecoder}; written from the format's description. That the bytes are deterministic is seen from the other
 * library writing the same ones.
 */
final class SlowEntryPass {
    /** What both decoders have to agree on. */
    record Content(
            List<Byte> kid,
            String provider,
            long issuedAt,
            List<Byte> id,
            List<Byte> holderTag,
            List<Byte> toBeSigned,
            List<Byte> signature,
            Claims claims) {}

    private static final String COVID_19 = "840539006";
    private static final List<String> TYPES = List.of("LP6464-4", "LP217198-3");
    private static final List<String> RESULTS = List.of("260415000", "260373001");

    private SlowEntryPass() {}

    /** Empty when it is refused, with whatever reason. */
    static Optional<Content> decode(String text, List<String> products) {
        try {
            if (!text.startsWith("KP1:")) {
                return Optional.empty();
            }
            return SlowBase45.decode(text.substring(4)).map(bytes -> message(bytes, products));
        } catch (CBORException | IllegalStateException | IllegalArgumentException | ArithmeticException refused) {
            return Optional.empty();
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException();
        }
    }

    private static CBORObject deterministic(byte[] bytes) {
        CBORObject decoded = CBORObject.DecodeFromBytes(bytes);
        require(Arrays.equals(decoded.EncodeToBytes(), bytes));
        return decoded;
    }

    private static Content message(byte[] bytes, List<String> products) {
        require(bytes.length <= 240);
        CBORObject message = deterministic(bytes);
        require(message.HasOneTag() && message.HasTag(18));
        CBORObject parts = message.Untag();
        require(parts.getType() == CBORType.Array && parts.size() == 4);
        byte[] headerBytes = parts.get(0).GetByteString();
        CBORObject header = deterministic(headerBytes);
        require(isMap(header, 1, 4) && integer(header.get(1)) == -7);
        byte[] kid = header.get(4).GetByteString();
        require(kid.length == 8);
        require(isMap(parts.get(1)));
        byte[] claimBytes = parts.get(2).GetByteString();
        byte[] signature = parts.get(3).GetByteString();
        require(signature.length == 64);
        CBORObject claims = deterministic(claimBytes);
        require(isMap(claims, 1, 4, 6, 7, -65_537));
        long issuedAt = integer(claims.get(6));
        require(issuedAt >= 65_536 && integer(claims.get(4)) == issuedAt + 15 && issuedAt + 15 < 1L << 32);
        String provider = claims.get(1).AsString();
        require(provider.matches("[a-z][a-z0-9-]{0,15}"));
        byte[] id = claims.get(7).GetByteString();
        require(id.length == 16);
        CBORObject map = claims.get(CBORObject.FromObject(-65_537));
        require(map.getType() == CBORType.Map && map.ContainsKey(CBORObject.FromObject(1)));
        byte[] tag = map.get(1).GetByteString();
        require(tag.length == 44);
        CBORObject toBeSigned = CBORObject.NewArray()
                .Add("Signature1")
                .Add(headerBytes)
                .Add(new byte[0])
                .Add(claimBytes);
        return new Content(
                SlowHcert.bytes(kid),
                provider,
                issuedAt,
                SlowHcert.bytes(id),
                SlowHcert.bytes(tag),
                SlowHcert.bytes(toBeSigned.EncodeToBytes()),
                SlowHcert.bytes(signature),
                claims(map, products));
    }

    private static boolean isMap(CBORObject map, long... keys) {
        require(map.getType() == CBORType.Map && !map.isTagged());
        Set<Long> expected = new TreeSet<>();
        Arrays.stream(keys).forEach(expected::add);
        Set<Long> found = new TreeSet<>();
        map.getKeys().forEach(key -> found.add(integer(key)));
        return found.equals(expected);
    }

    private static long integer(CBORObject item) {
        require(item.getType() == CBORType.Integer && !item.isTagged());
        return item.AsInt64Value();
    }

    private static long integer(CBORObject item, long min, long max) {
        long value = integer(item);
        require(value >= min && value <= max);
        return value;
    }

    private static CBORObject array(CBORObject item, int min, int max) {
        require(item.getType() == CBORType.Array && !item.isTagged() && item.size() >= min && item.size() <= max);
        return item;
    }

    private static Claims claims(CBORObject map, List<String> products) {
        require(map.getType() == CBORType.Map);
        List<Event> events = new ArrayList<>();
        Age age = new Age.Unknown();
        for (CBORObject key : map.getKeys()) {
            CBORObject value = map.get(key);
            switch ((int) integer(key, 1, 6)) {
                case 1 -> require(value.getType() == CBORType.ByteString && !value.isTagged());
                case 2 -> events.addAll(doses(array(value, 1, 99), products));
                case 3 -> {
                    CBORObject days = array(value, 1, 2);
                    Optional<LocalDate> released = days.size() == 2 ? Optional.of(day(days.get(1))) : Optional.empty();
                    events.add(new Event.Recovery(
                            COVID_19, day(days.get(0)), Optional.empty(), Optional.empty(), released));
                }
                case 4 -> {
                    CBORObject test = array(value, 3, 3);
                    Instant at = Instant.ofEpochSecond(integer(test.get(1), 0, (1L << 32) - 1));
                    events.add(new Event.Test(COVID_19, code(test.get(0), TYPES), at, code(test.get(2), RESULTS)));
                }
                case 5 -> {
                    boolean ends = array(value, 0, 1).size() == 1;
                    events.add(new Event.Exemption(COVID_19, ends ? Optional.of(day(value.get(0))) : Optional.empty()));
                }
                default -> age = new Age.Band(AgeBand.values()[(int) integer(value, 0, 2)]);
            }
        }
        return new Claims(events, age);
    }

    private static List<Event> doses(CBORObject array, List<String> products) {
        List<Event> doses = new ArrayList<>();
        long before = -1;
        for (int i = 0; i < array.size(); i++) {
            CBORObject dose = array(array.get(i), 4, 4);
            int number = (int) integer(dose.get(1), 1, 23);
            int of = (int) integer(dose.get(2), 1, 23);
            long order = day(dose.get(3)).toEpochDay() * 100 + number;
            require(order >= before);
            before = order;
            doses.add(new Event.Vaccination(COVID_19, code(dose.get(0), products), number, of, day(dose.get(3))));
        }
        return doses;
    }

    private static LocalDate day(CBORObject item) {
        return LocalDate.ofEpochDay(integer(item, 0, 65_535));
    }

    private static String code(CBORObject item, List<String> texts) {
        require(!item.isTagged());
        if (item.getType() == CBORType.Integer) {
            return texts.get((int) integer(item, 1, texts.size()) - 1);
        }
        String text = item.AsString();
        require(text.matches("[ -~]{1,20}") || texts.contains(text));
        require(text.length() <= 20);
        return text;
    }
}

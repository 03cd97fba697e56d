package io.passgate.format.hcert;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import com.upokecenter.numbers.EInteger;
import io.passgate.codec.SlowBase45;
import io.passgate.testing.TestCards;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An hcert decoder with nobody's speed in mind: {@link SlowBase45}, java.util.zip and another's CBOR. The reference of
 * {@link HcertDecoder}; written from the hcert specification and RFC 9052, without a look at bounds.
 */
public final class SlowHcert {
    /** What both decoders have to agree on. */
    record Content(
            long algorithm,
            List<Byte> kid,
            Optional<String> issuer,
            double issuedAt,
            Optional<Double> notBefore,
            double expiresAt,
            Set<String> kinds,
            List<Byte> toBeSigned,
            List<Byte> signature,
            CBORObject certificate) {}

    private static final Set<EInteger> KNOWN_TAGS =
            Set.of(EInteger.FromInt32(18), EInteger.FromInt32(61), EInteger.FromInt32(55_799));

    private SlowHcert() {}

    /** Empty when it is refused, with whatever reason. */
    static Optional<Content> decode(String card) {
        try {
            if (!card.startsWith("HC1:")) {
                return Optional.empty();
            }
            return SlowBase45.decode(card.substring(4)).map(TestCards::inflate).map(SlowHcert::message);
        } catch (CBORException | IllegalStateException | IllegalArgumentException | ArithmeticException refused) {
            return Optional.empty();
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("refused");
        }
    }

    public static List<Byte> bytes(byte[] bytes) {
        Byte[] boxed = new Byte[bytes.length];
        Arrays.setAll(boxed, i -> bytes[i]);
        return List.of(boxed);
    }

    private static CBORObject untagged(CBORObject item) {
        for (EInteger tag : item.GetAllTags()) {
            require(KNOWN_TAGS.contains(tag));
        }
        require(item.GetAllTags().length <= 4);
        return item.Untag();
    }

    /** A map whose integer keys are in the range of long, as those of all registries are. */
    private static CBORObject map(CBORObject item) {
        require(item.getType() == CBORType.Map && !item.isTagged());
        item.getKeys().forEach(key -> require(key.getType() != CBORType.Integer || key.CanValueFitInInt64()));
        return item;
    }

    private static byte[] byteString(CBORObject item) {
        require(item.getType() == CBORType.ByteString && !item.isTagged());
        return item.GetByteString();
    }

    private static Content message(byte[] encoded) {
        CBORObject message = untagged(CBORObject.DecodeFromBytes(encoded));
        require(message.getType() == CBORType.Array && message.size() == 4);
        byte[] header = byteString(message.get(0));
        CBORObject inProtected = header.length == 0 ? CBORObject.NewMap() : map(CBORObject.DecodeFromBytes(header));
        CBORObject unprotected = map(message.get(1));
        byte[] payload = byteString(message.get(2));
        byte[] signature = byteString(message.get(3));
        for (CBORObject either : List.of(inProtected, unprotected)) {
            require(!either.ContainsKey(CBORObject.FromObject(2)));
            CBORObject alg = either.get(CBORObject.FromObject(1));
            require(alg == null || isLong(alg));
        }
        CBORObject algorithm = inProtected.get(CBORObject.FromObject(1));
        require(algorithm != null && Set.of(-7L, -35L, -37L).contains(algorithm.AsInt64Value()));
        CBORObject second = unprotected.get(CBORObject.FromObject(1));
        require(second == null || second.AsInt64Value() == algorithm.AsInt64Value());
        CBORObject structure = CBORObject.NewArray()
                .Add("Signature1")
                .Add(inProtected.size() == 0 ? new byte[0] : header)
                .Add(new byte[0])
                .Add(payload);
        List<Byte> kid = kid(inProtected).or(() -> kid(unprotected)).orElseThrow(IllegalArgumentException::new);
        CBORObject claims = untagged(CBORObject.DecodeFromBytes(payload));
        map(claims);
        CBORObject notBefore = claims.get(CBORObject.FromObject(5));
        CBORObject issuer = claims.get(CBORObject.FromObject(1));
        boolean named = issuer != null && issuer.getType() == CBORType.TextString && !issuer.isTagged();
        CBORObject hcert = claims.get(CBORObject.FromObject(-260));
        require(hcert != null);
        CBORObject certificate = map(hcert).get(CBORObject.FromObject(1));
        require(certificate != null);
        return new Content(
                algorithm.AsInt64Value(),
                kid,
                named ? Optional.of(issuer.AsString()) : Optional.empty(),
                seconds(claims.get(CBORObject.FromObject(6))),
                Optional.ofNullable(notBefore).map(SlowHcert::seconds),
                seconds(claims.get(CBORObject.FromObject(4))),
                kinds(map(certificate)),
                bytes(structure.EncodeToBytes()),
                bytes(signature),
                certificate);
    }

    private static boolean isLong(CBORObject item) {
        return item.getType() == CBORType.Integer && !item.isTagged() && item.CanValueFitInInt64();
    }

    private static Optional<List<Byte>> kid(CBORObject header) {
        CBORObject kid = header.get(CBORObject.FromObject(4));
        if (kid == null || kid.getType() != CBORType.ByteString || kid.isTagged()) {
            return Optional.empty();
        }
        byte[] value = kid.GetByteString();
        return value.length >= 1 && value.length <= 96 ? Optional.of(bytes(value)) : Optional.empty();
    }

    private static double seconds(CBORObject time) {
        require(time != null && (!time.isTagged() || (time.GetAllTags().length == 1 && time.HasMostOuterTag(1))));
        CBORObject number = time.Untag();
        require(number.getType() == CBORType.Integer || number.getType() == CBORType.FloatingPoint);
        double seconds = number.getType() == CBORType.Integer
                ? new BigInteger(number.AsEIntegerValue().toString()).doubleValue()
                : number.AsDoubleValue();
        require(Double.isFinite(seconds));
        return seconds;
    }

    private static Set<String> kinds(CBORObject certificate) {
        Set<String> kinds = new TreeSet<>();
        for (String key : List.of("v", "t", "r")) {
            CBORObject events = certificate.get(CBORObject.FromObject(key));
            if (events == null || (!events.isTagged() && (events.isNull() || events.isUndefined()))) {
                continue;
            }
            require(events.getType() == CBORType.Array && !events.isTagged());
            if (events.size() > 0) {
                kinds.add(key);
            }
        }
        return kinds;
    }
}

package io.passgate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.ThirdPartyVectors;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Base45 against RFC 9285's examples and against {@link SlowBase45}. */
final class Base45Test {
    private static Optional<byte[]> decode(String text) {
        byte[] chars = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] out = new byte[Base45.decodedLength(chars.length)];
        int length = Base45.decode(chars, 0, chars.length, out);
        if (length < 0) {
            return Optional.empty();
        }
        assertThat(length).isEqualTo(out.length);
        return Optional.of(out);
    }

    @Test
    @ThirdPartyVectors.Needed
    void rfc9285_examplesAgree() {
        JsonNode vectors = ThirdPartyVectors.json("base45-rfc9285", "vectors.json");
        assertThat(vectors.path("encode")).isNotEmpty();
        for (JsonNode pair : vectors.path("encode")) {
            byte[] plain = pair.get(0).asText().getBytes(StandardCharsets.UTF_8);
            assertThat(Base45.encode(plain)).isEqualTo(pair.get(1).asText());
            assertThat(decode(pair.get(1).asText())).hasValue(plain);
        }
        assertThat(vectors.path("decode")).isNotEmpty();
        for (JsonNode pair : vectors.path("decode")) {
            byte[] plain = pair.get(1).asText().getBytes(StandardCharsets.UTF_8);
            assertThat(decode(pair.get(0).asText())).hasValue(plain);
        }
        assertThat(vectors.path("decode_hex")).isNotEmpty();
        for (JsonNode pair : vectors.path("decode_hex")) {
            assertThat(decode(pair.get(0).asText()))
                    .hasValue(HexFormat.of().parseHex(pair.get(1).asText()));
        }
        assertThat(vectors.path("invalid")).isNotEmpty();
        for (JsonNode text : vectors.path("invalid")) {
            assertThat(decode(text.asText())).as(text.asText()).isEmpty();
        }
    }

    @Property
    void anyBytes_comeBack_asTheReferenceWritesThem(@ForAll byte[] bytes) {
        String text = Base45.encode(bytes);
        assertThat(text).isEqualTo(SlowBase45.encode(bytes));
        assertThat(decode(text)).hasValue(bytes);
    }

    @Property
    void anyText_isDecodedAsTheReferenceDecodesIt(@ForAll("mostlyBase45") String text) {
        Optional<byte[]> expected = SlowBase45.decode(text);
        Optional<byte[]> actual = decode(text);
        assertThat(actual.isPresent()).isEqualTo(expected.isPresent());
        expected.ifPresent(bytes -> assertThat(actual).hasValue(bytes));
    }

    @Provide
    Arbitrary<String> mostlyBase45() {
        return Arbitraries.strings()
                .withChars(SlowBase45.ALPHABET)
                .withChars('a', 'é', '\n', '_', '\u0000', '\u00ff')
                .ofMaxLength(40);
    }

    @Test
    void everyGroupOfTwoAndThree_isDecodedAsTheReferenceDecodesIt() {
        int accepted = 0;
        for (int first = 0; first < 45; first++) {
            for (int second = 0; second < 45; second++) {
                String pair = "" + SlowBase45.ALPHABET.charAt(first) + SlowBase45.ALPHABET.charAt(second);
                boolean good = decode(pair).isPresent();
                assertThat(good).as(pair).isEqualTo(first + 45 * second < 256);
                for (int third = 0; third < 45; third++) {
                    byte[] out = new byte[2];
                    byte[] chars = (pair + SlowBase45.ALPHABET.charAt(third)).getBytes(StandardCharsets.US_ASCII);
                    int value = first + 45 * second + 2025 * third;
                    int length = Base45.decode(chars, 0, 3, out);
                    if (length != (value < 65_536 ? 2 : -1)) {
                        throw new AssertionError("length " + length + " for value " + value);
                    }
                    if (length == 2) {
                        accepted++;
                        if (((out[0] & 0xff) << 8 | (out[1] & 0xff)) != value) {
                            throw new AssertionError(Arrays.toString(out) + " for value " + value);
                        }
                    }
                }
            }
        }
        assertThat(accepted).isEqualTo(65_536);
    }

    @Test
    void aStretchInsideAnArray_isDecodedWithoutItsSurroundings() {
        byte[] plain = {1, 2, 3, 4, 5};
        byte[] chars = ("??" + Base45.encode(plain) + "??").getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[5];
        assertThat(Base45.decode(chars, 2, chars.length - 4, out)).isEqualTo(5);
        assertThat(out).isEqualTo(plain);
    }

    @Test
    void aSingleCharacterTooMany_isRefusedAtAnyLength() {
        for (int bytes = 0; bytes < 20; bytes += 2) {
            assertThat(decode(Base45.encode(new byte[bytes]) + "0")).isEmpty();
        }
    }
}

package io.passgate.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Base64UrlTest {
    private static final int BEFORE = 3;

    /** Decodes from the middle of an array into the middle of another. */
    private static Optional<byte[]> decode(byte[] chars) {
        byte[] in = new byte[BEFORE + chars.length + 1];
        System.arraycopy(chars, 0, in, BEFORE, chars.length);
        byte[] out = new byte[2 + Base64Url.decodedLength(chars.length)];
        int length = Base64Url.decode(in, BEFORE, chars.length, out, 2);
        return length < 0 ? Optional.empty() : Optional.of(Arrays.copyOfRange(out, 2, 2 + length));
    }

    private static Optional<byte[]> decode(String text) {
        return decode(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void zeros_areBytesAsAnyOther() {
        assertThat(decode("AAAAAAAA"))
                .hasValueSatisfying(decoded -> assertThat(decoded).isEqualTo(new byte[6]));
    }

    @Property
    void whatIsEncoded_decodesToItself(@ForAll @Size(max = 100) byte[] bytes) {
        assertThat(decode(Base64.getUrlEncoder().withoutPadding().encode(bytes)))
                .hasValueSatisfying(decoded -> assertThat(decoded).isEqualTo(bytes));
    }

    @Property(tries = 20_000)
    void whatDecodes_isTheOnlyTextOfItsBytes(@ForAll @Size(max = 9) byte[] chars) {
        decode(chars)
                .ifPresent(bytes -> assertThat(
                                Base64.getUrlEncoder().withoutPadding().encode(bytes))
                        .isEqualTo(chars));
    }

    @Test
    void allTextsOfUpToThreeCharacters_decodeIfTheyAreTheOnlyTextOfTheirBytes() {
        int decodable = 0;
        for (int i = 0; i < 1 << 24; i += 1 + (i >> 16) % 3) {
            byte[] chars = {(byte) (i >> 16), (byte) (i >> 8), (byte) i};
            Optional<byte[]> bytes = decode(chars);
            if (bytes.isPresent()) {
                decodable++;
                assertThat(Base64.getUrlEncoder().withoutPadding().encode(bytes.get()))
                        .isEqualTo(chars);
            }
        }
        assertThat(decodable).isPositive();
    }

    /** RFC 4648 section 10, without the padding. */
    @ParameterizedTest
    @CsvSource({"'', ''", "f, Zg", "fo, Zm8", "foo, Zm9v", "foob, Zm9vYg", "fooba, Zm9vYmE", "foobar, Zm9vYmFy"})
    void theRfcsExamples(String text, String encoded) {
        assertThat(decode(encoded))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zg==",
                "Zm8=",
                "Zg=",
                "Z",
                "Zm9vY",
                "Zh",
                "Zm9",
                "Zm9vYh",
                "Zm9vYmF",
                "Zm9v\n",
                "Zm 9v",
                "+m9v",
                "/m9v",
                "Zm9v=",
                "====",
                "Zm9\u00ff",
                "\u0000m9v",
                "Zm9.",
                "=g",
                "Z=",
                "Zm="
            })
    void anotherForm_isRefused(String text) {
        assertThat(decode(text)).isEmpty();
    }

    @Test
    void aRangeOutsideTheInput_isAMistake() {
        assertThatThrownBy(() -> Base64Url.decode(new byte[4], 1, 4, new byte[9], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 1", "3, 2", "4, 3", "43, 32", "86, 64", "2147483647, 1610612735"})
    void theLengthIsKnownBefore(int chars, int bytes) {
        assertThat(Base64Url.decodedLength(chars)).isEqualTo(bytes);
    }
}

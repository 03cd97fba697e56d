package io.passgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as a blank, as characters and as UTF-8. */
final class BlanksTest {
    /** White space, line ends and marks of Unicode, one character each. */
    private static final List<String> BLANKS = List.of(
            " ", "\t", "\n", "\u000b", "\f", "\r", "\u0085", "\u00a0", "\u1680", "\u2000", "\u2003", "\u2007", "\u200b",
            "\u200e", "\u2028", "\u2029", "\u202f", "\u205f", "\u2060", "\u3000", "\ufeff");

    private static final List<String> NO_BLANKS = List.of(
            "x",
            "0",
            "\u0000",
            "\u0008",
            "\u000e",
            "\u001b",
            "\u001f",
            "\u007f",
            "\u0080",
            "\u00e4",
            "\u2010",
            "\uac00",
            "\ufffd",
            "\ud83d\ude00");

    private static String stripped(String text, int most) {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        Slice slice = Blanks.strip(Slice.of(bytes, 1, bytes.length - 2), most);
        return new String(slice.toByteArray(), StandardCharsets.UTF_8);
    }

    private static String stripped(String text) {
        String ofBytes = stripped(text, 100);
        assertThat(Blanks.strip(text)).isEqualTo(ofBytes);
        return ofBytes;
    }

    @Test
    void blanks_areTakenOffAround_andLeftInside() {
        for (String blank : BLANKS) {
            assertThat(stripped(blank)).isEmpty();
            for (String text : List.of("x", "x" + blank + "y", "\u00e4", "\uac00", "\ud83d\ude00")) {
                assertThat(stripped(blank + text)).isEqualTo(text);
                assertThat(stripped(text + blank)).isEqualTo(text);
                assertThat(stripped(blank + " " + blank + text + blank + "\t" + blank))
                        .isEqualTo(text);
            }
        }
        assertThat(stripped("")).isEmpty();
        assertThat(stripped(String.join("", BLANKS))).isEmpty();
    }

    @Test
    void whatIsNoBlank_stays() {
        for (String text : NO_BLANKS) {
            assertThat(stripped(text)).isEqualTo(text);
            assertThat(stripped(" " + text + " ")).isEqualTo(text);
        }
    }

    @Test
    void withoutBlanks_theSliceIsTheSame() {
        Slice slice = Slice.of("HC1:A B".getBytes(StandardCharsets.US_ASCII));
        assertThat(Blanks.strip(slice, 10)).isSameAs(slice);
        assertThat(Blanks.strip(Slice.empty(), 10)).isSameAs(Slice.empty());
    }

    @Test
    void noMoreThanTheBound_isTakenOffAtEachEnd() {
        assertThat(stripped("   x   ", 3)).isEqualTo("x");
        assertThat(stripped("    x    ", 3)).isEqualTo(" x ");
        assertThat(stripped(" x", 0)).isEqualTo(" x");
        assertThat(stripped("\ufeff\ufeffx\ufeff\ufeff", 5)).isEqualTo("\ufeffx\ufeff");
        assertThat(stripped("      ", 2)).isEqualTo("  ");
    }

    /** Half characters, characters in more bytes than needed, and those of four: none is a blank. */
    @Test
    void bytesThatAreNoUtf8_stay() {
        for (int first = 0x80; first < 0x100; first++) {
            for (int second : new int[] {0x20, 0x80, 0xa0, 0xbb, 0xbf, 0xc2, 0xff}) {
                if (first == 0xc2 && second == 0xa0) {
                    continue;
                }
                byte[] bytes = {(byte) first, (byte) second, 'x', (byte) first};
                assertThat(Blanks.strip(Slice.of(bytes), 10)).isEqualTo(Slice.of(bytes));
            }
        }
        for (byte[] bytes : new byte[][] {
            {(byte) 0xc0, (byte) 0xa0},
            {(byte) 0xe0, (byte) 0x80, (byte) 0xa0},
            {(byte) 0xf0, (byte) 0x80, (byte) 0x80, (byte) 0xa0},
            {(byte) 0xff, (byte) 0xbb, (byte) 0xbf},
            {(byte) 0xa0},
            {(byte) 0xbb, (byte) 0xbf},
        }) {
            assertThat(Blanks.strip(Slice.of(bytes), 10)).isEqualTo(Slice.of(bytes));
        }
    }

    @Test
    void outsideAscii_aBlankIsALineEnd_andTheRestNothing() {
        for (char character = 0; character <= 0x7f; character++) {
            assertThat(Blanks.toAscii(character)).isEqualTo((byte) character);
        }
        assertThat(Blanks.toAscii('\ufeff')).isEqualTo((byte) '\n');
        assertThat(Blanks.toAscii('\u00a0')).isEqualTo((byte) '\n');
        assertThat(Blanks.toAscii('\u0148')).isZero();
        assertThat(Blanks.toAscii('\ud83d')).isZero();
    }
}

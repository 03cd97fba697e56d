package io.passgate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JsonCursorTest {
    private static JsonCursor at(String json) {
        return new JsonCursor(json.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void signsAndTexts_arePassedWithTheWhiteSpaceBeforeThem() {
        JsonCursor json = at(" {\t\"name\"\r\n: \"a longer value\" } \n");
        assertThat(json.passes('{')).isTrue();
        assertThat(json.passesText()).isTrue();
        assertThat(json.isText(ascii("name"))).isTrue();
        assertThat(json.isText(ascii("nam"))).isFalse();
        assertThat(json.isText(ascii("names"))).isFalse();
        assertThat(json.passes(':')).isTrue();
        assertThat(json.passesText()).isTrue();
        assertThat(json.text()).isEqualTo("a longer value");
        assertThat(json.textStart()).isEqualTo(14);
        assertThat(json.textLength()).isEqualTo(14);
        assertThat(json.isAtEnd()).isFalse();
        assertThat(json.passes('}')).isTrue();
        assertThat(json.isAtEnd()).isTrue();
    }

    @Test
    void anotherSign_isNotPassed() {
        JsonCursor json = at("[\"x\"]");
        assertThat(json.passes('{')).isFalse();
        assertThat(json.passesText()).isFalse();
        assertThat(json.passes('[')).isTrue();
        assertThat(json.passesText()).isTrue();
        assertThat(json.text()).isEqualTo("x");
    }

    @Test
    void aTextThatIsNotPlain_orDoesNotEnd_isNotPassed() {
        for (String text :
                new String[] {"\"a\\n\"", "\"a\u0001\"", "\"caf\u00e9\"", "\"open", "\"", "\"12345678\\\"", ""}) {
            assertThat(at(text).passesText()).as(text).isFalse();
        }
        JsonCursor empty = at("\"\"");
        assertThat(empty.passesText()).isTrue();
        assertThat(empty.textLength()).isZero();
    }

    @Test
    void anyByteAtAnyPlaceOfAText_endsPlainnessExactlyWhereJsonNeedsIt() {
        byte[] text = ascii("\"" + "A".repeat(30) + "\"");
        for (int value = 0; value < 256; value++) {
            for (int at = 1; at < text.length - 1; at++) {
                byte[] bytes = text.clone();
                bytes[at] = (byte) value;
                JsonCursor json = new JsonCursor(bytes);
                boolean isPlain = value >= ' ' && value < 0x80 && value != '\\';
                assertThat(json.passesText()).as("byte %d at %d", value, at).isEqualTo(isPlain);
                if (isPlain) {
                    assertThat(json.textLength()).as("byte %d at %d", value, at).isEqualTo(value == '"' ? at - 1 : 30);
                }
            }
        }
    }

    @Test
    void theEnd_isNoSign() {
        JsonCursor json = at("");
        assertThat(json.isAtEnd()).isTrue();
        assertThat(json.passes('"')).isFalse();
        assertThat(at("\u00a0").isAtEnd()).as("no white space of JSON's").isFalse();
    }
}

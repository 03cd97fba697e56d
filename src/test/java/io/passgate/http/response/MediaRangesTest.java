package io.passgate.http.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.passgate.http.verify.Language;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to a client that accepts this or that; and what a list of tags names. */
final class MediaRangesTest {
    private static final List<String> OFFERED = List.of("application/json", "image/png", "image/svg+xml");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|application/json",
                "*/*|application/json",
                "application/*|application/json",
                "image/*|image/png",
                "IMAGE/PNG|image/png",
                "image/svg+xml|image/svg+xml",
                "image/svg+xml, image/png|image/svg+xml",
                "*/*, image/png|image/png",
                "image/*, application/json|application/json",
                "image/png;q=0.1, */*;q=0.2|application/json",
                "image/png;q=0.5, image/svg+xml;q=0.6|image/svg+xml",
                "image/png;q=0.5, image/svg+xml;Q=0.50|image/png",
                "image/*, image/png;q=0|image/svg+xml",
                "*/*, application/json;q=0, image/*;q=0.5|image/png",
                "text/html, image/png;level=1;q=0.3|image/png",
                "text/html|none",
                "application/json;q=0|none",
                "*/*;q=0|none",
                "*/*;q=0.000|none",
                "image/png;q=0.0001, image/svg+xml;q=0.001|image/svg+xml",
                "image/pngx|none",
                "image/x*|none",
            })
    void theHeaviestOfThoseThatAreTaken_isSent(String accept, String type) {
        assertThat(MediaRanges.best(accept, OFFERED).orElse("none")).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"-", "';'", "/", "*/", "/*", "','", "';;q=1'", "image", "image/png;q=", "image/png;q=x"})
    void whatIsNoRange_countsForNothing(String accept) {
        assertThat(MediaRanges.best(accept, OFFERED)).contains("application/json");
        assertThat(MediaRanges.best(accept + ",image/png", OFFERED)).contains("image/png");
    }

    @ParameterizedTest
    @CsvSource({"0.", "1.", "1.000", "0.999", "1", "0", "0.05"})
    void aWeight_isOne(String weight) {
        String accept = "image/png;q=" + weight + ", text/html";
        String expected = Double.parseDouble(weight) > 0 ? "image/png" : "none";
        assertThat(MediaRanges.best(accept, OFFERED).orElse("none")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.001", "2", "0.0000", "-1", "00", ".5", "1e9", "NaN", "0x1", "+1", "0,5", "1.0000"})
    void whatIsNoWeight_takesItsRangeAlong(String weight) {
        assertThat(MediaRanges.best("image/png;q=" + weight + ", text/html", OFFERED))
                .isEmpty();
    }

    @Test
    void nothingAHeaderCanHold_isAnError_orCostsMuch() {
        Random random = new Random(11);
        byte[] alphabet = ",;/*=q01. -imagepng\"\u00e9\t".getBytes(StandardCharsets.ISO_8859_1);
        long startedNs = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            byte[] header = new byte[random.nextInt(8_192)];
            for (int j = 0; j < header.length; j++) {
                header[j] = alphabet[random.nextInt(alphabet.length)];
            }
            String text = new String(header, StandardCharsets.ISO_8859_1);
            assertThatCode(() -> MediaRanges.best(text, OFFERED)).doesNotThrowAnyException();
            assertThatCode(() -> Language.ofRanges(text)).doesNotThrowAnyException();
            assertThatCode(() -> EntityTags.match(text, "\"a\"")).doesNotThrowAnyException();
        }
        for (String worst : List.of(",", ";", "\"", "a/b,", "*/*;", ";q=")) {
            String text = worst.repeat(8_192 / worst.length());
            var _ = MediaRanges.best(text, OFFERED);
            var _ = Language.ofRanges(text);
            var _ = EntityTags.match(text, "\"a\"");
        }
        assertThat(System.nanoTime() - startedNs).as("10 ms each").isLessThan(10_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"a\"|true",
                "W/\"a\"|true",
                "*|true",
                " * |true",
                "\"x\", \"a\"|true",
                "\"x,y\",W/\"a\"|true",
                "\"x\"|false",
                "\"a|false",
                "a|false",
                "a\"|false",
                "\"x\"\"a\"|true",
                "'\"x,\", \"y\"'|false",
                "','|false",
                "\"aa\"|false",
            })
    void aTag_isFoundInItsList(String line, boolean isThere) {
        assertThat(EntityTags.match(line, "\"a\"")).isEqualTo(isThere);
    }
}

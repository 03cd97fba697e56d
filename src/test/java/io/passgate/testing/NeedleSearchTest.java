package io.passgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a search finds, and what it passes over. */
final class NeedleSearchTest {
    private static final String SECRET = "HC1:NCFOXN-the-rest-is-a-persons";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aPieceOfASecret_isFound() {
        assertThat(new NeedleSearch().add("it", SECRET).in("here", bytes("... " + SECRET.substring(14))))
                .isNotEmpty();
    }

    @Test
    void whatEverybodyCanRead_isNoSecret_andTheRestIs() {
        NeedleSearch search =
                new NeedleSearch(bytes("an example is HC1:NCFOXN-the-rest-is-invented")).add("it", SECRET);
        assertThat(search.in("here", bytes("HC1:NCFOXN-the-rest-is-"))).isEmpty();
        assertThat(search.in("here", bytes("-is-a-persons"))).isNotEmpty();
        assertThat(search.in("here", bytes(SECRET))).isNotEmpty();
    }
}

package io.passgate.http.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which language a client is answered in (RFC 9110, section 12.5.4). */
final class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|en",
                "EN|en",
                "en-GB|en",
                "en-US-x-y|en",
                " en |en",
                "fr, en|en",
                "ko;q=0.5, en;q=0.8|en",
                "ko;q=0.8, en;q=0.5|ko",
                "ko, en|ko",
                "en, ko|en",
                "en;q=0|ko",
                "en;q=0.001|en",
                "en; q=1.000|en",
                "en;Q=0.5|en",
                "fr, de;q=0.5|ko",
                "*|ko",
                "ko;q=0.1, en;q=0.1|ko"
            })
    void theHeaviestThatIsHere_isTaken(String ranges, String language) {
        assertThat(Language.ofRanges(ranges).code()).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-",
                ";",
                "--",
                "','",
                "-,-",
                ";q=1",
                "en;q=x",
                "en;q=",
                "en;q=2",
                "en;q=1e9",
                "en;q=-1",
                "en;q=NaN",
                "en;;q=1",
                "en;q=0.5;x=y",
                "-en",
                "e n",
                ";;;",
                "''",
                "en_GB",
                "=;="
            })
    void whatAsksForNothing_isAnsweredInKorean(String ranges) {
        assertThat(Language.ofRanges(ranges).code()).isEqualTo("ko");
    }
}

package io.passgate.demo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.RawAnswer;
import io.passgate.testing.browser.PhoneStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the phone and its files, as they lie there and as they are served. */
final class PhoneSiteTest {
    private static final Path FOLDER = Path.of("src/main/resources/web/phone");
    private static final int MOST_LINES = 400;
    private static final Pattern KEY = Pattern.compile("^  (\\w+): '", Pattern.MULTILINE);

    private static List<Path> files() throws IOException {
        try (Stream<Path> there = Files.list(FOLDER)) {
            return there.sorted().toList();
        }
    }

    @Test
    void everyFileOfTheFolder_isServed() throws IOException {
        List<String> served = Stream.concat(Stream.of("phone/phone.html"), PhoneSite.FILES.stream())
                .sorted()
                .toList();
        assertThat(files().stream().map(file -> "phone/" + file.getFileName()).sorted())
                .containsExactlyElementsOf(served);
    }

    @Test
    void noFile_runsText_namesAnotherHost_orKeepsWhatItShouldNot() throws IOException {
        for (Path file : files()) {
            String text = Files.readString(file);
            assertThat(text.lines().count()).as(file.toString()).isLessThanOrEqualTo(MOST_LINES);
            assertThat(Pattern.compile("https?://[^\"'\\s]+")
                            .matcher(text)
                            .results()
                            .map(MatchResult::group))
                    .as(file.toString())
                    .allMatch(named -> named.equals("http://www.w3.org/2000/svg"));
            assertThat(text)
                    .as(file.toString())
                    .doesNotContain("innerHTML", "eval(", "document.cookie", "sessionStorage", "caches.", "style=\"")
                    .doesNotContain("onclick", "<script>", "<style");
        }
    }

    @Test
    void everyText_isThereInBothLanguages() throws IOException {
        String[] languages = Files.readString(FOLDER.resolve("texts.js")).split("const ENGLISH", 2);
        List<String> korean = keys(languages[0]);
        assertThat(keys(languages[1])).isEqualTo(korean).hasSizeGreaterThan(50);
        Pattern named = Pattern.compile("data-text=\"(\\w+)\"");
        TreeSet<String> used = new TreeSet<>(named.matcher(Files.readString(FOLDER.resolve("phone.html")))
                .results()
                .map(name -> name.group(1))
                .toList());
        assertThat(korean).containsAll(used);
    }

    private static List<String> keys(String texts) {
        return KEY.matcher(texts).results().map(key -> key.group(1)).toList();
    }

    @Test
    void thePage_mayLoadAndRunItsOwnFilesOnly() throws IOException {
        try (RunningPhone phone = RunningPhone.start(PhoneStage.plan(1))) {
            String host = " HTTP/1.1\r\nHost: 127.0.0.1:" + phone.port() + "\r\n\r\n";
            RawAnswer page = RawAnswer.to(phone.port(), "GET /phone" + host).orElseThrow();
            assertThat(page.status()).isEqualTo(200);
            String script = Pattern.compile("\"(/web/[0-9a-f]{20}/phone\\.js)\"")
                    .matcher(page.body())
                    .results()
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElseThrow();
            RawAnswer served =
                    RawAnswer.to(phone.port(), "GET " + script + host).orElseThrow();
            assertThat(served.status()).isEqualTo(200);
            for (RawAnswer answer : List.of(page, served)) {
                assertThat(answer.headers())
                        .containsEntry("content-security-policy", PhoneSite.CONTENT_POLICY)
                        .containsEntry("referrer-policy", "no-referrer")
                        .containsEntry("cross-origin-resource-policy", "same-origin")
                        .containsEntry("x-content-type-options", "nosniff");
            }
            assertThat(PhoneSite.CONTENT_POLICY)
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .doesNotContain("unsafe", "http", "*", "data:");
        }
    }
}

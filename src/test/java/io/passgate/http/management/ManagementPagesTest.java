package io.passgate.http.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.RawAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The pages of the management port and their files, as they are sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ManagementPagesTest {
    private static final Path FOLDER = Path.of("src/main/resources/web/operations");
    private static final Pattern FILE = Pattern.compile("\"(/web/[0-9a-f]{20}/[A-Za-z.-]+)\"");
    private static final List<String> PAGES = List.of("/", "/chapter");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ManagementPort port;

    @BeforeAll
    void start() throws IOException {
        port = new Management(() -> "# text\n", List::of, List::of, List::of)
                .listen("127.0.0.1", 0, new ManagementPort.Bounds(256, Duration.ofSeconds(10)));
    }

    @AfterAll
    void stop() {
        http.close();
        port.close();
    }

    private RawAnswer send(String method, String path, String... headers) throws IOException {
        String further = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return RawAnswer.to(port.port(), method + " " + path + " HTTP/1.1\r\nhost: x\r\n" + further + "\r\n")
                .orElseThrow();
    }

    private HttpResponse<byte[]> bytes(String path, String coding) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.port() + path))
                .header("accept-encoding", coding)
                .build();
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private List<String> files(String page) throws IOException {
        return FILE.matcher(send("GET", page).body())
                .results()
                .map(file -> file.group(1))
                .toList();
    }

    private String path(String name) throws IOException {
        return files("/").getFirst().replaceFirst("[^/]+$", name);
    }

    private static List<String> names() {
        return ManagementPages.operations().files().stream()
                .map(file -> file.substring(file.lastIndexOf('/') + 1))
                .toList();
    }

    @Test
    void everyFileOfTheFolder_isServed() throws IOException {
        List<String> there = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.forEach(file -> there.add(file.getFileName().toString()));
        }
        assertThat(there.removeAll(List.of("index.html", "chapter.css"))).isTrue();
        there.addAll(List.of("alarm-rules.js", "uPlot.esm.js", "uPlot.min.css"));
        assertThat(names()).containsExactlyInAnyOrderElementsOf(there);
        for (String name : names()) {
            assertThat(send("GET", path(name)).status()).as(name).isEqualTo(200);
        }
        assertThat(files("/chapter")).hasSize(2);
        for (String file : files("/chapter")) {
            assertThat(send("GET", file).status()).as(file).isEqualTo(200);
        }
    }

    @Test
    void aPage_isAskedForAnewByItsTag_andItsFilesAreKeptForGood() throws IOException {
        for (String page : PAGES) {
            RawAnswer answer = send("GET", page);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers())
                    .containsEntry("content-type", "text/html; charset=utf-8")
                    .containsEntry("cache-control", "no-cache")
                    .containsEntry("vary", "accept-encoding")
                    .containsEntry("connection", "close");
            String tag = String.valueOf(answer.headers().get("etag"));
            RawAnswer again = send("GET", page, "If-None-Match: \"other\"", "if-none-match: " + tag);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers())
                    .containsEntry("etag", tag)
                    .containsEntry("cache-control", "no-cache")
                    .doesNotContainKeys("content-type", "content-length");
            assertThat(send("GET", page, "if-none-match: \"other\"").status()).isEqualTo(200);
            for (String file : files(page)) {
                RawAnswer served = send("GET", file, "if-none-match: *");
                assertThat(served.status()).as(file).isEqualTo(200);
                assertThat(served.headers())
                        .containsEntry("cache-control", "public, max-age=31536000, immutable")
                        .doesNotContainKey("etag");
            }
        }
    }

    @Test
    void nothingIsRunOrLoaded_butOurOwnFiles() throws IOException {
        for (String path : List.of("/", path("operations.js"), path("uPlot.esm.js"), path("icon.svg"))) {
            assertThat(send("GET", path).headers())
                    .containsEntry("content-security-policy", ManagementPages.OPERATIONS_POLICY)
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsEntry("referrer-policy", "no-referrer");
        }
        assertThat(send("GET", "/chapter").headers())
                .containsEntry("content-security-policy", ManagementPages.CHAPTER_POLICY);
        assertThat(ManagementPages.OPERATIONS_POLICY)
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe", "http", "*");
        assertThat(ManagementPages.CHAPTER_POLICY)
                .startsWith("default-src 'none';")
                .doesNotContain("script", "unsafe", "http", "*");
        for (String page : PAGES) {
            assertThat(send("GET", page).body())
                    .doesNotContain("style=", "onclick", "<script>", "<style", "{{", "href=\"http", "src=\"http");
        }
    }

    @Test
    void aScriptOfOurs_namesNoOtherHost_andKeepsNothing() throws IOException {
        for (String name : names()) {
            if (name.startsWith("uPlot")) {
                continue;
            }
            String text = send("GET", path(name)).body();
            assertThat(Pattern.compile("https?://[^\"'\\s]+")
                            .matcher(text)
                            .results()
                            .map(MatchResult::group))
                    .as(name)
                    .allMatch(named -> named.equals("http://www.w3.org/2000/svg"));
            assertThat(text)
                    .as(name)
                    .doesNotContain("innerHTML", "eval(", "document.cookie", "indexedDB", "caches.", "Storage");
        }
    }

    @Test
    void whoTakesGzip_getsIt() throws IOException {
        for (String path : List.of("/", "/chapter", path("uPlot.esm.js"))) {
            byte[] plain = bytes(path, "identity").body();
            HttpResponse<byte[]> packed = bytes(path, "br;q=1.0, gzip;q=0.8");
            assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
            assertThat(packed.body()).hasSizeLessThan(plain.length);
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
                assertThat(unpacked.readAllBytes()).isEqualTo(plain);
            }
            assertThat(send("GET", path).headers()).doesNotContainKey("content-encoding");
            assertThat(send("GET", path, "accept-encoding: gzip;q=0").headers()).doesNotContainKey("content-encoding");
        }
    }

    @Test
    void headAndOtherMethods_areAsElsewhere() throws IOException {
        for (String path : List.of("/", "/chapter", path("operations.css"))) {
            RawAnswer whole = send("GET", path);
            RawAnswer head = send("HEAD", path);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).isEqualTo(whole.headers()).containsKey("content-length");
            assertThat(head.body()).isEmpty();
            RawAnswer post = send("POST", path);
            assertThat(post.status()).isEqualTo(405);
            assertThat(post.headers()).containsEntry("allow", "GET, HEAD");
        }
    }

    @Test
    void whatIsNotInTheTable_isNotThere() throws IOException {
        for (String path : List.of(
                "/index.html",
                "/chapter/",
                "/chapter.html",
                path("index.html"),
                path("chapter.html"),
                path("none.js"),
                path("../door/door.js"),
                path("%2e%2e/door/door.js"),
                "/web/00000000000000000000/operations.js",
                "/web/",
                "/web",
                "//")) {
            RawAnswer answer = send("GET", path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.headers())
                    .containsEntry("content-type", "application/problem+json")
                    .containsEntry("cache-control", "no-store");
        }
    }

    @Test
    void metricsAndHealth_areAnsweredAsBefore() throws IOException {
        RawAnswer metrics = send("GET", "/metrics", "accept-encoding: gzip", "if-none-match: *");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body()).isEqualTo("# text\n");
        assertThat(metrics.headers())
                .containsOnlyKeys(
                        "content-type", "content-length", "cache-control", "x-content-type-options", "connection")
                .containsEntry("cache-control", "no-store");
        assertThat(send("GET", "/health/ready", "if-none-match: *").body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void thePage_isSmall() throws IOException {
        int all = bytes("/", "gzip").body().length;
        for (String name : names()) {
            all += bytes(path(name), "gzip").body().length;
        }
        assertThat(all).isLessThan(60_000);
    }
}

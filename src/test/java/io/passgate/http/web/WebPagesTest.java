package io.passgate.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.Gateway;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.gateway.RunningGateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.io.TempDir;

/** The page of the door and its files, as a gateway serves them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebPagesTest {
    private static final Path FOLDER = Path.of("src/main/resources/web/door");
    private static final Pattern FILE = Pattern.compile("\"(/web/[0-9a-f]{20}/[a-z.-]+)\"");

    @TempDir
    private static Path folder = Path.of("");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Gateway gateway;

    @BeforeAll
    void start() throws IOException, InvalidConfig {
        gateway = Gateway.start(RunningGateway.config().with("http.door", true).build(), folder, false);
    }

    @AfterAll
    void stop() {
        http.close();
        gateway.close();
    }

    private HttpResponse<byte[]> send(String method, String path, String... headers) throws IOException {
        return send(gateway.port(), method, path, headers);
    }

    private HttpResponse<byte[]> send(int port, String method, String path, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static List<String> names() {
        return DoorSite.FILES.stream()
                .map(file -> file.substring("door/".length()))
                .toList();
    }

    private String page() throws IOException {
        return text(send("GET", "/door"));
    }

    private List<String> files() throws IOException {
        return FILE.matcher(page()).results().map(file -> file.group(1)).toList();
    }

    private String path(String name) throws IOException {
        return files().getFirst().replaceFirst("[^/]+$", name);
    }

    @Test
    void everyFileOfTheFolder_isServed() throws IOException {
        try (Stream<Path> there = Files.list(FOLDER)) {
            List<String> names = new ArrayList<>(there.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList());
            assertThat(names.remove("door.html")).isTrue();
            var _ = names.add("qr.js");
            assertThat(names()).containsExactlyInAnyOrderElementsOf(names);
        }
        for (String name : names()) {
            assertThat(send("GET", path(name)).statusCode()).as(name).isEqualTo(200);
        }
    }

    @Test
    void thePage_isAskedForAnewByItsTag_andItsFilesAreKeptForGood() throws IOException {
        HttpResponse<byte[]> page = send("GET", "/door");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "cache-control")).isEqualTo("no-cache");
        HttpResponse<byte[]> again = send("GET", "/door", "if-none-match", header(page, "etag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(send("GET", "/door", "if-none-match", "\"other\"").statusCode())
                .isEqualTo(200);
        assertThat(files()).hasSizeGreaterThanOrEqualTo(4);
        for (String file : files()) {
            HttpResponse<byte[]> served = send("GET", file);
            assertThat(served.statusCode()).as(file).isEqualTo(200);
            assertThat(header(served, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
        }
    }

    @Test
    void nothingIsRunOrLoaded_butOurOwnFiles() throws IOException {
        for (String path : List.of("/door", path("door.js"), path("code-worker.js"), path("icon.svg"))) {
            HttpResponse<byte[]> response = send("GET", path);
            assertThat(header(response, "content-security-policy"))
                    .isEqualTo(DoorSite.CONTENT_POLICY)
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .doesNotContain("unsafe", "http", "*");
            assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
            assertThat(header(response, "referrer-policy")).isEqualTo("no-referrer");
            assertThat(header(response, "permissions-policy")).contains("camera=(self)", "microphone=()");
        }
        assertThat(page()).doesNotContain("style=", "onclick", "<script>", "<style", "http:", "https:");
    }

    @Test
    void whoTakesGzip_getsIt() throws IOException {
        HttpResponse<byte[]> plain = send("GET", path("qr.js"));
        HttpResponse<byte[]> packed = send("GET", path("qr.js"), "accept-encoding", "br;q=1.0, gzip;q=0.8");
        assertThat(header(plain, "content-encoding")).isEmpty();
        assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
        assertThat(header(packed, "vary")).isEqualToIgnoringCase("accept-encoding");
        assertThat(packed.body()).hasSizeLessThan(50_000);
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
        }
        assertThat(WebFile.takesGzip("gzip;q=0, identity")).isFalse();
        assertThat(WebFile.takesGzip("GZIP")).isTrue();
        assertThat(WebFile.takesGzip("x-gzip")).isFalse();
    }

    @Test
    void headAndOtherMethods_areAsElsewhere() throws IOException {
        for (String path : List.of("/door", path("door.css"))) {
            HttpResponse<byte[]> head = send("HEAD", path);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(header(head, "content-length"))
                    .isEqualTo(Integer.toString(send("GET", path).body().length));
            HttpResponse<byte[]> post = send("POST", path);
            assertThat(post.statusCode()).isEqualTo(405);
            assertThat(header(post, "allow")).isEqualTo("GET");
        }
    }

    @Test
    void whatIsNotInTheTable_isNotThere() throws IOException {
        for (String path : List.of(
                path("door.html"),
                path("none.js"),
                path("..%2f..%2fopenapi%2fopenapi.yaml"),
                path("../../openapi/openapi.yaml").replace("../", "%2e%2e/"),
                "/web/00000000000000000000/door.js",
                "/web/",
                "/web")) {
            HttpResponse<byte[]> response = send("GET", path);
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
            assertThat(header(response, "cache-control")).isEqualTo("no-store");
        }
    }

    @Test
    void requests_areCountedByTheirRoutes() throws IOException {
        var _ = files();
        var _ = send("GET", path("door.js"));
        RunningGateway.until(() -> {
            try {
                String counted = text(send(gateway.managementPort(), "GET", "/metrics"));
                return counted.contains("route=\"/door\",status=\"200\"")
                        && counted.contains("route=\"/web/{version}/{file}\",status=\"200\"");
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
    }

    @Test
    void aGatewayWithoutTheDoor_hasNoPage(@TempDir Path other) throws IOException, InvalidConfig {
        try (Gateway without = Gateway.start(RunningGateway.config().build(), other, false)) {
            assertThat(send(without.port(), "GET", "/door").statusCode()).isEqualTo(404);
            assertThat(send(without.port(), "GET", path("door.js")).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aScript_namesNoOtherHost_andNothingThatRunsText() throws IOException {
        for (String name : names()) {
            String script = Files.exists(FOLDER.resolve(name)) ? Files.readString(FOLDER.resolve(name)) : "";
            assertThat(Pattern.compile("https?://[^\"'\\s]+")
                            .matcher(script)
                            .results()
                            .map(MatchResult::group))
                    .as(name)
                    .allMatch(named -> named.equals("http://www.w3.org/2000/svg"));
            assertThat(script).as(name).doesNotContain("innerHTML", "eval(", "document.cookie", "indexedDB", "caches.");
        }
    }
}

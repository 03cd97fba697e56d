package io.passgate.app.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.SpanCollector;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Spans as a collector gets them from gateways over a real PostgreSQL and a real Redis. */
@TestInstance(Lifecycle.PER_CLASS)
final class TracingIT {
    private static final String TRACE = "0000000000000000c0ffee0000000000";
    private static final String SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;

    @BeforeAll
    void startStores() throws IOException, SQLException {
        stores = new TestStores(Files.createDirectory(folder.resolve("stores")));
    }

    @AfterAll
    void stopStores() throws IOException {
        stores.close();
    }

    private interface Use {
        void of(IssuingGateways country, int port) throws IOException, InterruptedException;
    }

    /** What is sent of a gateway's life, from its start to its end. */
    private String spans(double ratio, Use use) throws IOException, SQLException, InterruptedException {
        stores.empty();
        try (SpanCollector collector = new SpanCollector();
                IssuingGateways country =
                        new IssuingGateways(stores, Files.createTempDirectory(folder, "gateway"), Instant.now())) {
            int port = country.start(country.config()
                            .with("tracing.endpoint", collector.endpoint())
                            .with("tracing.ratio", ratio))
                    .port();
            use.of(country, port);
            country.stop(port);
            return collector.text();
        }
    }

    private static int ask(int port, String method, String path, String... headers)
            throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(method, BodyPublishers.noBody());
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void aSpan_hasMethodRouteAndStatus_andNothingThatAClientSent()
            throws IOException, SQLException, InterruptedException {
        String spans = spans(1, (country, port) -> {
            String consent = country.consent(port, "kakao", "a-holder-of-the-test");
            String pass = IssuingGateways.insist(
                            () -> country.pass(port, "kakao", Optional.of(consent), Optional.empty()))
                    .json()
                    .getString("payload");
            assertThat(country.checkIn(port, "museum", "a-key", Optional.empty(), List.of(pass))
                            .status())
                    .isEqualTo(200);
            assertThat(ask(port, "DELETE", "/v1/signers/4711?who=secret")).isEqualTo(401);
            assertThat(ask(port, "GET", "/a-secret/path?who=secret")).isEqualTo(404);
            assertThat(ask(port, "SECRET", "/v1/signers", "X-Secret", "secret")).isEqualTo(405);
        });
        assertThat(spans)
                .contains("passgate")
                .contains("POST /v1/consents", "POST /v1/passes", "POST /v1/check-ins", "DELETE /v1/signers/{id}")
                .contains("GET other", "_OTHER /v1/signers", "http.response.status_code", "postgresql");
        assertThat(spans).doesNotContainIgnoringCase("secret").doesNotContain("4711", "127.0.0.1", "SELECT", "holder");
    }

    @Test
    void aTraceparent_saysWhichTraceARequestIsOf_andNeverThatItIsTraced()
            throws IOException, SQLException, InterruptedException {
        Use asked = (_, port) -> assertThat(
                        ask(port, "GET", "/v1/signers", "traceparent", SAMPLED, "tracestate", "a=secret"))
                .isEqualTo(200);
        assertThat(spans(0, asked)).isEmpty();
        String traced = spans(1, asked);
        assertThat(HexFormat.of().formatHex(traced.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
                .contains(TRACE);
        assertThat(traced).contains("GET /v1/signers").doesNotContain("secret");
    }

    @Test
    void aCollectorThatIsGone_costsNothing() throws IOException, SQLException, InterruptedException {
        stores.empty();
        String nobody;
        try (SpanCollector collector = new SpanCollector()) {
            nobody = collector.endpoint();
        }
        try (IssuingGateways country =
                new IssuingGateways(stores, Files.createTempDirectory(folder, "gateway"), Instant.now())) {
            int port = country.start(
                            country.config().with("tracing.endpoint", nobody).with("tracing.ratio", 1.0))
                    .port();
            for (int i = 0; i < 100; i++) {
                assertThat(ask(port, "GET", "/v1/signers")).isEqualTo(200);
            }
        }
    }
}

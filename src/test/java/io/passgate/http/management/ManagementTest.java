package io.passgate.http.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Metrics and health as those who run a gateway get them. */
final class ManagementTest {
    private static final AtomicReference<List<String>> BECAUSE = new AtomicReference<>(List.of());
    private static final ManagementPort MANAGEMENT = started();
    private static final int PORT = MANAGEMENT.port();

    private static ManagementPort started() {
        try {
            return new Management(() -> "# text\n", List::of, BECAUSE::get, List::of)
                    .listen("127.0.0.1", 0, new ManagementPort.Bounds(256, Duration.ofSeconds(10)));
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    @AfterAll
    static void stop() {
        MANAGEMENT.close();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void metrics_areInThePrometheusTextFormat() throws IOException, InterruptedException {
        HttpResponse<String> response = get("/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("# text\n");
        assertThat(response.headers().firstValue("content-type"))
                .get()
                .asString()
                .startsWith("text/plain; version=0.0.4");
    }

    @Test
    void readiness_namesWhatIsMissing_andLivenessDoesNotCare() throws IOException, InterruptedException {
        try {
            BECAUSE.set(List.of("shutting down", "the trust list is stale"));
            assertThat(get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(get("/health/ready").body())
                    .isEqualTo("{\"status\":\"down\",\"because\":[\"shutting down\",\"the trust list is stale\"]}");
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            BECAUSE.set(List.of());
        }
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void nothingElseIsThere() throws IOException, InterruptedException {
        assertThat(get("/v1/signers").statusCode()).isEqualTo(404);
    }
}

package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.TokenHash;
import io.passgate.image.HostilePictures;
import io.passgate.image.Pictures;
import io.passgate.model.Algorithm;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.gateway.RunningGateway;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures at a whole gateway, beside those who send text. */
final class PicturesIT {
    private static final int HOSTILE = 20;
    private static final int ASKED_AT_LEAST = 200;

    /** Of ninety-nine in a hundred: they may wait for a collection, and for no picture, which takes seconds. */
    private static final Duration SLOWEST = Duration.ofMillis(500);

    @TempDir
    private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private CompletableFuture<HttpResponse<String>> post(int port, String query, String type, byte[] body) {
        return post(RunningGateway.TOKEN, port, query, type, body);
    }

    private CompletableFuture<HttpResponse<String>> post(
            String token, int port, String query, String type, byte[] body) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/verifications" + query))
                        .timeout(Duration.ofSeconds(20))
                        .header("authorization", "Bearer " + token)
                        .header("content-type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static byte[] json(String payload) {
        return ("{\"payloads\":[\"" + payload + "\"]}").getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aPicture_isJudged_andCounted() throws IOException {
        try (RunningGateway running = new RunningGateway(folder)) {
            int port = running.gateway.port();
            String card = running.card(CardSpec.vaccination());
            byte[] picture = Pictures.jpeg(Pictures.lay(
                    Pictures.clutter(new Random(3), 900, 700),
                    List.of(new Pictures.Laid(Pictures.code(card, 420), 450, 340, 25))));
            HttpResponse<String> judged = post(port, "", "image/jpeg", picture).join();
            assertThat(judged.body()).contains("\"verdict\":\"accepted\"");
            assertThat(judged.statusCode()).isEqualTo(200);
            HttpResponse<String> byPolicy =
                    post(port, "?policy=kr", "image/jpeg", picture).join();
            assertThat(byPolicy.body()).contains("\"verdict\":\"");
            assertThat(post(port, "", "image/png", new byte[100]).join().statusCode())
                    .isEqualTo(422);
            assertThat(post(port, "", "image/png", new byte[(4 << 20) + 1])
                            .join()
                            .statusCode())
                    .isEqualTo(413);
            String metrics = running.send(running.gateway.managementPort(), "/metrics", HttpRequest.newBuilder())
                    .body();
            assertThat(metrics)
                    .contains("passgate_images_total{result=\"read\"} 2.0")
                    .contains("passgate_images_total{result=\"unreadable\"} 1.0")
                    .contains("passgate_image_seconds_count 2")
                    .contains("passgate_image_queue_depth 0.0");
        }
    }

    private static Map<String, Object> client(String token) {
        return Map.of(
                "name",
                token,
                "role",
                "verifier",
                "sha256",
                TokenHash.ofToken(token).toHex(),
                "expires",
                Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void nobodyWaits_forWhatOthersMadeOfPictures() throws IOException {
        Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        TestIssuer issuer = TestIssuer.of(
                Algorithm.ES256,
                TestCertificate.named("XX").valid(today.minus(Duration.ofDays(2)), today.plus(Duration.ofDays(10))));
        var _ = Files.write(folder.resolve("signer.der"), issuer.certificateDer());
        byte[] text = json(issuer.card(CardSpec.vaccination()
                .issuedAt(today.minus(Duration.ofDays(1)))
                .expiresAt(today.plus(Duration.ofDays(5)))));
        byte[] hostile = HostilePictures.oneBit(new Random(5));
        try (Gateway gateway = Gateway.start(
                RunningGateway.config("signer.der")
                        .with("tokens", List.of(client("hostile"), client("another")))
                        .build(),
                folder,
                false)) {
            int port = gateway.port();
            assertThat(post("another", port, "", "application/json", text)
                            .join()
                            .statusCode())
                    .isEqualTo(200);
            List<CompletableFuture<HttpResponse<String>>> pictures = new ArrayList<>();
            for (int i = 0; i < HOSTILE; i++) {
                pictures.add(post("hostile", port, "", "image/png", hostile));
            }
            CompletableFuture<?> all = CompletableFuture.allOf(pictures.toArray(CompletableFuture[]::new));
            List<Long> tookNs = new ArrayList<>();
            while (!all.isDone() || tookNs.size() < ASKED_AT_LEAST) {
                long startNs = System.nanoTime();
                HttpResponse<String> judged =
                        post("another", port, "", "application/json", text).join();
                tookNs.add(System.nanoTime() - startNs);
                assertThat(judged.body()).contains("\"verdict\":\"accepted\"");
            }
            long[] sorted = tookNs.stream().mapToLong(Long::longValue).sorted().toArray();
            assertThat(Duration.ofNanos(sorted[sorted.length * 99 / 100]))
                    .as("of %d", sorted.length)
                    .isLessThan(SLOWEST);
            pictures.forEach(picture -> {
                HttpResponse<String> response = picture.join();
                String answer = response.statusCode() + " " + response.body();
                assertThat(answer)
                        .satisfiesAnyOf(
                                said -> assertThat(said)
                                        .startsWith("200 {\"results\":[{\"verdict\":\"indeterminate\","
                                                + "\"reason\":\"overloaded\",\"text\":"),
                                said -> assertThat(said).startsWith("422 ").contains("no-code-found"),
                                said -> assertThat(said).startsWith("503 ").contains("overloaded"));
            });
        }
    }

    @Test
    void aGatewayStops_whilePicturesAreWorkedOn() throws IOException {
        byte[] hostile = HostilePictures.oneBit(new Random(6));
        long startNs;
        try (RunningGateway running = new RunningGateway(folder)) {
            for (int i = 0; i < 5; i++) {
                var _ = post(running.gateway.port(), "", "image/png", Arrays.copyOf(hostile, hostile.length));
            }
            startNs = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(14));
    }
}

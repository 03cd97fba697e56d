package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.image.PictureQueue;
import io.passgate.image.Pictures;
import io.passgate.image.PngWriter;
import io.passgate.testing.CardSpec;
import io.passgate.testing.api.RunningApi;
import java.awt.image.BufferedImage;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the two routes that take pictures answer to them. */
final class PictureRequestsTest {
    private static final String CARD = RunningApi.ISSUER.card(CardSpec.vaccination());
    private static final byte[] GOOD = Pictures.png(Pictures.bits(Pictures.code(CARD, 300)));
    private static final RunningApi RUNNING = RunningApi.open();

    @AfterAll
    static void stop() {
        RUNNING.close();
    }

    private static HttpRequest.Builder request(String path, Role role, String type, byte[] body) {
        return RUNNING.request(path)
                .header("authorization", "Bearer " + RunningApi.token(role))
                .header("content-type", type)
                .header("idempotency-key", "key-" + body.length + "-" + path.length())
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static HttpResponse<String> verify(String query, String type, byte[] body) {
        return RUNNING.send(request("/v1/verifications" + query, Role.VERIFIER, type, body));
    }

    private static void assertProblem(HttpResponse<String> response, int status, String type) {
        assertThat(response.body()).contains("urn:passgate:problem:" + type + "\"");
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void eachCodeOfAPicture_hasItsResult_inReadingOrder() {
        BufferedImage ground = new BufferedImage(700, 330, BufferedImage.TYPE_INT_RGB);
        BufferedImage two = Pictures.lay(
                ground,
                List.of(
                        new Pictures.Laid(Pictures.code(CARD, 300), 530, 160, 0),
                        new Pictures.Laid(Pictures.code("A MENU", 150), 120, 160, 0)));
        HttpResponse<String> response = verify("", "image/png", Pictures.png(Pictures.bits(two)));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .containsSubsequence(
                        "{\"results\":[{\"verdict\":\"refused\",\"reason\":\"not_a_credential\",\"text\":",
                        "{\"verdict\":\"accepted\",\"validUntil\":\"2022-07-12T00:00:00Z\",\"format\":\"eu-dcc\",\"text\":");
    }

    @Test
    void whatItIs_isSeenByItsFirstBytes() {
        for (String type : List.of("image/png", "image/jpeg", "IMAGE/PNG; x=y")) {
            assertThat(verify("", type, GOOD).body()).contains("\"verdict\":\"accepted\"");
        }
    }

    @Test
    void thePolicyOfAPicture_isInTheAddress_andThatOfJsonIsNot() {
        assertProblem(verify("?policy=mars", "image/png", GOOD), 400, "unknown-policy");
        assertProblem(verify("?policy=kr&policy=eu", "image/png", GOOD), 400, "malformed-request");
        assertProblem(verify("?policy=", "image/png", GOOD), 400, "malformed-request");
        assertProblem(verify("?policy=" + "x".repeat(65), "image/png", GOOD), 400, "malformed-request");
        assertProblem(verify("?policy=%00", "image/png", GOOD), 400, "malformed-request");
        byte[] json = RunningApi.payloads(1).getBytes(StandardCharsets.US_ASCII);
        assertProblem(verify("?policy=kr", "application/json", json), 400, "malformed-request");
        assertThat(verify("?other=kr", "application/json", json).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotRead_isAProblem_thatSaysWhy() {
        byte[] plain = PngWriter.grey(60, 60, (x, y) -> 0x80);
        assertProblem(verify("", "image/png", plain), 422, "no-code-found");
        HttpResponse<String> text = verify("", "image/png", "no picture".getBytes(StandardCharsets.US_ASCII));
        assertProblem(text, 422, "picture-unreadable");
        assertThat(text.body()).contains("\"detail\":\"It begins neither like a PNG nor like a JPEG.\"");
        assertProblem(verify("", "image/jpeg", Arrays.copyOf(GOOD, GOOD.length - 20)), 422, "picture-unreadable");
        byte[] large = new PngWriter().header(30_000, 2, 8, 0, 0).toByteArray();
        assertProblem(verify("", "image/png", large), 413, "picture-too-large");
        assertProblem(verify("", "image/png", new byte[RunningApi.MAX_BODY + 1]), 413, "body-too-large");
        HttpResponse<String> gif = verify("", "image/gif", GOOD);
        assertProblem(gif, 415, "unsupported-media-type");
        assertThat(gif.body()).contains("image/jpeg");
        assertProblem(
                RUNNING.send(request("/v1/traces", Role.TRACER, "image/png", GOOD)), 415, "unsupported-media-type");
    }

    @Test
    void aCheckIn_takesPictures_withItsKey() {
        HttpResponse<String> response = RUNNING.send(request("/v1/check-ins", Role.FACILITY, "image/png", GOOD));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"format\":\"eu-dcc\"").contains("\"text\":");
        assertProblem(
                RUNNING.send(RUNNING.request("/v1/check-ins")
                        .header("authorization", "Bearer " + RunningApi.token(Role.FACILITY))
                        .header("content-type", "image/png")
                        .POST(BodyPublishers.ofByteArray(GOOD))),
                400,
                "malformed-request");
    }

    @Test
    void whereThereIsNoRoom_itIsIndeterminate_andNeverNoCode() throws InterruptedException {
        CountDownLatch opened = new CountDownLatch(1);
        RUNNING.pictures.submit("a test", GOOD, () -> false, read -> {
            try {
                assertThat(opened.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < PictureQueue.MOST_WAITING_EACH; i++) {
            asked.add(RUNNING.sendAsync(request("/v1/verifications", Role.VERIFIER, "image/png", GOOD)));
        }
        RunningApi.until(() -> RUNNING.pictures.size() >= PictureQueue.MOST_WAITING_EACH);
        HttpResponse<String> late = verify("", "image/png", GOOD);
        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(late.body())
                .startsWith("{\"results\":[{\"verdict\":\"indeterminate\",\"reason\":\"overloaded\",\"text\":");
        assertThat(RUNNING.post(RunningApi.payloads(1)).statusCode()).isEqualTo(200);
        opened.countDown();
        asked.forEach(each -> assertThat(each.join().statusCode()).isEqualTo(200));
    }

    @Test
    void aDoorIsTold_toTryAgain_whereThereIsNoRoom() {
        CountDownLatch opened = new CountDownLatch(1);
        RUNNING.pictures.submit("a test", GOOD, () -> false, read -> {
            try {
                assertThat(opened.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < PictureQueue.MOST_WAITING_EACH; i++) {
            asked.add(RUNNING.sendAsync(request("/v1/check-ins", Role.FACILITY, "image/png", GOOD)));
        }
        RunningApi.until(() -> RUNNING.pictures.size() >= PictureQueue.MOST_WAITING_EACH);
        HttpResponse<String> late = RUNNING.send(request("/v1/check-ins", Role.FACILITY, "image/png", GOOD));
        assertThat(late.body())
                .contains("\"verdict\":\"indeterminate\",\"reason\":\"overloaded\",\"text\":")
                .doesNotContain("repeated");
        opened.countDown();
        asked.forEach(each -> assertThat(each.join().statusCode()).isEqualTo(200));
    }
}

package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.MuteProxy;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.GatewayProcess;
import io.passgate.testing.gateway.SharedGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is killed when Redis has used a pass up, and has not said so yet. */
final class CheckInLostAnswerIT {
    private static final String USE = "}:used:";

    private final TestProvider provider = TestProvider.named("kakao");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpRequest checkIn(int port, String pass, String key) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/check-ins"))
                .header("authorization", "Bearer " + GatewayProcess.TOKEN)
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .POST(BodyPublishers.ofString(new JsonObject()
                        .put("payloads", new JsonArray().add(pass))
                        .encode()))
                .build();
    }

    private String answer(HttpRequest request) throws IOException, InterruptedException {
        JsonObject result = new JsonObject(
                        http.send(request, BodyHandlers.ofString()).body())
                .getJsonArray("results")
                .getJsonObject(0);
        return result.getString("reason", result.getString("verdict"));
    }

    @Test
    void theRetry_getsTheFirstAnswer_andTheLogHasARowForEachPass(@TempDir Path folder)
            throws IOException, SQLException, InvalidConfig, InterruptedException {
        try (TestStores stores = new TestStores(folder.resolve("stores"));
                MuteProxy redis = new MuteProxy(stores.redis.port())) {
            stores.empty();
            try (GatewayProcess gateway = new GatewayProcess(folder, stores, redis.uri(), provider)) {
                // A pass of a later second than that in which Redis was first asked how much it remembers.
                String pass = provider.pass(Instant.now().plusSeconds(2));
                String before = provider.pass(Instant.now().plusSeconds(2));
                assertThat(answer(checkIn(gateway.port, before, "before")))
                        .as("from now on Redis knows the script")
                        .isEqualTo("accepted");
                HttpRequest first = checkIn(gateway.port, pass, "lost");
                redis.swallowTheAnswerTo(USE);
                CompletableFuture<HttpResponse<String>> lost = http.sendAsync(first, BodyHandlers.ofString());
                redis.awaitAnswer();
                gateway.kill();
                assertThat(lost.handle((answer, failed) -> answer == null).join())
                        .as("nobody heard of it")
                        .isTrue();
                redis.speak();
                gateway.start();
                assertThat(answer(checkIn(gateway.port, pass, "another"))).isEqualTo("already_used");
                assertThat(answer(first)).isEqualTo("accepted");
                SharedGateways.until("an empty stream", () -> {
                    try {
                        return stores.entriesOnTheirWay() == 0;
                    } catch (IOException failed) {
                        throw new AssertionError(failed);
                    }
                });
                assertThat(stores.number("SELECT count(*) FROM entry_log")).isEqualTo(2);
            }
        }
        http.close();
    }
}

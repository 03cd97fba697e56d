package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.Gateway;
import io.passgate.testing.gateway.RunningGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway answers for a sample as the sample says: under a name of its own, and never under the usual one. */
final class SampleIT {
    private static final int COUNT = 200;

    @TempDir
    private Path folder = Path.of("");

    private void sample(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "sample",
                "--count",
                Integer.toString(COUNT),
                "--seed",
                "20220215",
                "--dir",
                folder.resolve("sample").toString()));
        arguments.addAll(List.of(more));
        assertThat(Cli.run(arguments.toArray(String[]::new)).exitCode()).isZero();
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve("sample").resolve(file));
    }

    private JsonArray verified(Gateway gateway) throws IOException, InterruptedException {
        JsonArray results = new JsonArray();
        List<String> payloads = lines("samples.txt");
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int from = 0; from < COUNT; from += 50) {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/verifications"))
                                .timeout(Duration.ofSeconds(20))
                                .header("authorization", "Bearer " + RunningGateway.TOKEN)
                                .header("content-type", "application/json")
                                .POST(BodyPublishers.ofString(new JsonObject()
                                        .put("payloads", new JsonArray(payloads.subList(from, from + 50)))
                                        .encode()))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                var _ = results.addAll(new JsonObject(answer.body()).getJsonArray("results"));
            }
        }
        return results;
    }

    @Test
    void underANameOfItsOwn_itIsVerifiedAsExpected() throws IOException, InterruptedException {
        sample("--organization", "Load test");
        try (Gateway gateway =
                Gateway.start(RunningGateway.config("sample/signers.pem").build(), folder, false)) {
            JsonArray results = verified(gateway);
            List<String> expected = lines("expected.jsonl");
            for (int i = 0; i < COUNT; i++) {
                JsonObject line = new JsonObject(expected.get(i));
                JsonObject result = results.getJsonObject(i);
                assertThat(result.getString("verdict")).as("line " + (i + 1)).isEqualTo(line.getString("verdict"));
                assertThat(result.getString("reason")).as("line " + (i + 1)).isEqualTo(line.getString("reason"));
            }
        }
    }

    @Test
    void underTheUsualName_nobodyIsAccepted() throws IOException, InterruptedException {
        sample();
        try (Gateway gateway =
                Gateway.start(RunningGateway.config("sample/signers.pem").build(), folder, false)) {
            JsonArray results = verified(gateway);
            assertThat(results).hasSize(COUNT);
            for (int i = 0; i < COUNT; i++) {
                assertThat(results.getJsonObject(i).getString("verdict")).isNotEqualTo("accepted");
            }
        }
    }
}

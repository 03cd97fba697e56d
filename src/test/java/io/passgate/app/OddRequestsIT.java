package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.TokenHash;
import io.passgate.testing.OddRequests;
import io.passgate.testing.RawAnswer;
import io.passgate.testing.ServingProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of every odd kind against a gateway as it is run: what they get, what is counted, and what is logged. */
final class OddRequestsIT {
    private static final String TOKEN = "token-of-an-odd-verifier";
    private static final Pattern COUNT =
            Pattern.compile("(?m)^passgate_http_requests_seconds_count\\{.*} (\\d+)(\\.0)?$");

    @TempDir
    private Path folder = Path.of("");

    private Path config() throws IOException {
        return Files.writeString(folder.resolve("passgate.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                policies: %s
                tokens:
                  - {name: odd, role: verifier, sha256: %s, expires: 2100-01-01T00:00:00Z}
                """.formatted(
                        Path.of("config/policies").toAbsolutePath(),
                        TokenHash.ofToken(TOKEN).toHex()));
    }

    private static long counted(int managementPort) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String metrics = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return COUNT.matcher(metrics)
                    .results()
                    .mapToLong(line -> Long.parseLong(line.group(1)))
                    .sum();
        }
    }

    @Test
    void everyRequest_isAnsweredAndCounted_andLeavesNoTraceInTheLog() throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> wrong = new ArrayList<>();
        int answered = 0;
        try (ServingProcess gateway = new ServingProcess(config(), log, "-XX:TieredStopAtLevel=1")) {
            for (Map.Entry<String, String> odd : OddRequests.all(TOKEN).entrySet()) {
                Optional<RawAnswer> answer = RawAnswer.to(gateway.port, odd.getValue());
                if (answer.isPresent()) {
                    answered++;
                    whatIsWrong(answer.get()).ifPresent(what -> wrong.add(odd.getKey() + ": " + what));
                } else {
                    wrong.add(odd.getKey() + ": no answer");
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(counted(gateway.managementPort)).isEqualTo(answered);
        }
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).noneMatch(line -> line.contains(OddRequests.NEEDLE));
        assertThat(lines).noneMatch(line -> line.contains("\u001b") || line.contains("%zz"));
        assertThat(lines).noneMatch(line -> line.startsWith("\tat ") || line.contains("SEVERE"));
        assertThat(lines).hasSizeLessThan(20);
    }

    private static Optional<String> whatIsWrong(RawAnswer answer) {
        String id = answer.headers().getOrDefault("x-request-id", "");
        if (!id.matches("[A-Za-z0-9_-]{16,64}")) {
            return Optional.of(answer.status() + " without a request id");
        }
        if (!answer.headers().getOrDefault("x-content-type-options", "").equals("nosniff")) {
            return Optional.of(answer.status() + " without nosniff");
        }
        if (answer.toString().contains(OddRequests.NEEDLE)) {
            return Optional.of("it is repeated: " + answer);
        }
        if (answer.status() < 400) {
            return Optional.empty();
        }
        if (!answer.headers().getOrDefault("content-type", "").equals("application/problem+json")) {
            return Optional.of(answer.status() + " that is no problem: " + answer);
        }
        if (answer.headers().getOrDefault("content-length", "0").equals("0")) {
            return Optional.of(answer.status() + " with nothing: " + answer);
        }
        boolean isNamed = answer.body().isEmpty() || answer.body().contains("\"requestId\":\"" + id + "\"");
        return isNamed ? Optional.empty() : Optional.of(answer.status() + " without its id: " + answer.body());
    }
}

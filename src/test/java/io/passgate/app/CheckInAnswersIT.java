package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.InvalidConfig;
import io.passgate.attack.Bystander;
import io.passgate.attack.Requests;
import io.passgate.attack.Wire;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.GatewayProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a check-in or a trace says, it is answered at once, and what it took for the time being is given back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CheckInAnswersIT {
    private static final int TIMES = 12;
    private static final int PATIENCE_MS = 3_000;
    private static final String CHECK_INS = "/v1/check-ins";

    private final TestProvider provider = TestProvider.named("kakao");

    @AutoClose
    private TestStores stores;

    @AutoClose
    private GatewayProcess gateway;

    @AutoClose
    private Bystander bystander;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException, InvalidConfig, InterruptedException {
        stores = new TestStores(folder.resolve("stores"));
        stores.empty();
        gateway = new GatewayProcess(folder, stores, stores.redis.uri(), provider);
        bystander = new Bystander(gateway.port, () -> checkIn(""), CheckInAnswersIT::isLetIn);
        bystander.settle();
    }

    private String pass() {
        synchronized (provider) {
            return provider.pass(Instant.now());
        }
    }

    private String checkIn(String lines) {
        return checkIn(lines, UUID.randomUUID().toString(), "");
    }

    private String checkIn(String lines, String key, String behind) {
        return Requests.post(
                CHECK_INS,
                GatewayProcess.TOKEN,
                lines + "idempotency-key: " + key + "\r\n",
                Requests.payloads(pass(), 1) + behind);
    }

    private static boolean isLetIn(Wire.Answer answer) {
        return answer.status() == 200 && answer.body().contains("\"accepted\"");
    }

    private void isAnswered(String request, int... statuses) throws IOException {
        try (Wire wire = Wire.to(gateway.port).patience(PATIENCE_MS)) {
            assertThat(statuses).contains(wire.say(request).answer().status());
        }
    }

    @Test
    void everyWishForALanguage_isAnswered() throws IOException, InterruptedException {
        for (String language : List.of(
                "-",
                ";",
                "--",
                "",
                ",",
                "*",
                "-,-",
                ";q=1",
                "en;q=x",
                "ko-",
                "-ko",
                "x".repeat(4_000),
                "en;q=1e9",
                "\u00ff",
                "i-",
                "a-b-c-d-e-f-g-h-i",
                "en-\u0000".substring(0, 3),
                ";;;",
                "q",
                "ko;;en",
                "zz-zz-zz")) {
            for (int i = 0; i < 2; i++) {
                isAnswered(checkIn("accept-language: " + language + "\r\n"), 200);
            }
        }
        bystander.isServedFor(Duration.ofSeconds(1));
    }

    @Test
    void whatWasReservedForThem_isGivenBack() throws IOException, InterruptedException {
        String spaces = " ".repeat(5_000_000);
        for (String language : List.of("-", ";", "--")) {
            for (int i = 0; i < TIMES; i++) {
                String lines = "accept-language: " + language + "\r\n";
                isAnswered(checkIn(lines, UUID.randomUUID().toString(), spaces), 200);
            }
        }
        bystander.isServedFor(Duration.ofSeconds(2));
    }

    @Test
    void everyKeyOfARequest_isAnswered() throws IOException {
        for (String key : List.of("", "-", "x".repeat(300), "\u00ff", "a b", "\"", "{", "}", "%00")) {
            isAnswered(checkIn("", key, ""), 200, 400);
        }
    }

    @Test
    void aTraceOfAFacilityThatIsNoText_isAnswered() throws IOException, InterruptedException {
        for (String facility :
                List.of("\\ud800", "\\udc00x", "a\\ud800b", "\\u0000", "\\uffff", "", "%", "'", "x".repeat(64))) {
            String body = """
                    {"case":"1","facility":"%s","from":"%s","until":"%s"}""".formatted(facility, Instant.now().minusSeconds(60), Instant.now());
            isAnswered(Requests.post("/v1/traces", GatewayProcess.TRACER, body), 200, 400);
        }
        bystander.isServedFor(Duration.ofSeconds(1));
    }
}

package io.passgate.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What is well framed and still odd: each is answered once, in the form of all other answers, on both ports. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RequestMannersIT {
    private static final String NEEDLE = Requests.NEEDLE;
    private static final String PROBLEM = "application/problem+json";

    @AutoClose
    private AttackedGateway gateway;

    private String body = "";

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        gateway = new AttackedGateway(folder);
        body = Requests.payloads(gateway.card(), 1);
    }

    private static String verification(String lines, String body) {
        return Requests.post("/v1/verifications", AttackedGateway.ATTACKER, lines, body);
    }

    @TestFactory
    Stream<DynamicTest> targets_areAnsweredWithAProblem_andCounted() {
        return Stream.of(
                        "/%zz",
                        "/%",
                        "/%2",
                        "/%00" + NEEDLE,
                        "/%1b[31m" + NEEDLE,
                        "/..%2f..%2f" + NEEDLE,
                        "/../../x",
                        "/" + NEEDLE.repeat(300),
                        "/v1/signers/%zz",
                        "/v1/signers/%ff",
                        "/%c0%ae%c0%ae/",
                        "/;" + NEEDLE,
                        "/?%zz=" + NEEDLE,
                        "/%u0041",
                        "/%e0%80%80",
                        "/\\" + NEEDLE,
                        "/|",
                        "/{x}",
                        "/v1/revocations/%0d%0ax:" + NEEDLE,
                        "*",
                        NEEDLE,
                        "http://x/%zz",
                        "//",
                        "/a%20b")
                .map(target -> DynamicTest.dynamicTest("GET " + target, () -> isAProblemAndCounted(target)));
    }

    private void isAProblemAndCounted(String target) throws IOException, InterruptedException {
        double before = counted();
        try (Wire wire = Wire.to(gateway.port())) {
            Wire.Answer answer = wire.say(Requests.get(target)).answer();
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.headers()).containsEntry("content-type", PROBLEM);
            assertThat(answer.body()).doesNotContain(NEEDLE);
        }
        assertThat(isCountedAfter(before)).isTrue();
    }

    /** It is counted once its answer is out, which the client may see first. */
    private boolean isCountedAfter(double before) throws IOException, InterruptedException {
        for (int i = 0; i < 20 && counted() <= before; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return counted() > before;
    }

    /** How many requests have been counted so far. */
    private double counted() throws IOException {
        return gateway.metrics()
                .lines()
                .filter(line -> line.startsWith("passgate_http_requests_seconds_count"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void headIsGetWithoutABody() throws IOException {
        for (String path : List.of("/openapi.yaml", "/v1/signers", "/" + NEEDLE)) {
            hasTheSameHead(gateway.port(), path);
        }
        for (String path : List.of("/health/live", "/health/ready", "/" + NEEDLE)) {
            hasTheSameHead(gateway.process.managementPort, path);
        }
    }

    private static void hasTheSameHead(int port, String path) throws IOException {
        String head = Requests.get(path).replace("GET", "HEAD");
        try (Wire getting = Wire.to(port);
                Wire asking = Wire.to(port)) {
            Wire.Answer get = getting.say(Requests.get(path)).answer();
            Wire.Heard heard = asking.say(head.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"))
                    .toTheEnd(true);
            assertThat(heard.statuses()).as(path + heard).containsExactly(get.status());
            assertThat(heard.answers().getFirst().headers().get("content-length"))
                    .as(path)
                    .isEqualTo(get.headers().get("content-length"));
            assertThat(heard.rest()).as("no body").isEqualTo("closed");
        }
    }

    @Test
    void methodsThatNobodyKnows_areAnsweredWithAProblem() throws IOException {
        for (String method : List.of("TRACE", "CONNECT", "OPTIONS", "PUT", "PATCH", "BREW", "get", "PRI", NEEDLE)) {
            for (String path : List.of("/v1/signers", "/")) {
                try (Wire wire = Wire.to(gateway.port())) {
                    Wire.Answer answer =
                            wire.say(Requests.get(path).replace("GET", method)).answer();
                    assertThat(answer.status())
                            .as(method + path)
                            .isBetween(400, 501)
                            .isNotEqualTo(500);
                    assertThat(answer.headers()).as(method + path).containsEntry("content-type", PROBLEM);
                }
            }
        }
    }

    @Test
    void whatAClientExpects_isMetOrRefusedWithAProblem() throws IOException {
        try (Wire wire = Wire.to(gateway.port())) {
            Wire.Answer met =
                    wire.say(verification("Expect: 100-Continue\r\n", body)).answer();
            assertThat(AttackedGateway.isAccepted(met)).isTrue();
        }
        for (String unknown : List.of("200-ok", "100-continue, x", NEEDLE, "")) {
            try (Wire wire = Wire.to(gateway.port())) {
                Wire.Answer refused = wire.say(verification("expect: " + unknown + "\r\n", body))
                        .answer();
                assertThat(refused.status()).as(unknown).isEqualTo(417);
                assertThat(refused.headers()).containsEntry("content-type", PROBLEM);
            }
        }
    }

    @Test
    void codingsOfABody_areRefused() throws IOException {
        for (String coding : List.of("gzip", "deflate", "br", "x-gzip", "identity, gzip", NEEDLE)) {
            try (Wire wire = Wire.to(gateway.port())) {
                Wire.Answer refused = wire.say(verification("content-encoding: " + coding + "\r\n", body))
                        .answer();
                assertThat(refused.status()).as(coding).isEqualTo(415);
                assertThat(refused.headers()).containsEntry("content-type", PROBLEM);
            }
        }
    }

    private IntStream ports() {
        return IntStream.of(gateway.port(), gateway.process.managementPort);
    }

    @TestFactory
    Stream<DynamicTest> http2WithoutTls_isNotSpoken() {
        return ports().mapToObj(port -> DynamicTest.dynamicTest("port " + port, () -> {
            String upgrade = "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\nconnection: upgrade, http2-settings\r\n"
                    + "upgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n";
            try (Wire wire = Wire.to(port)) {
                String line = new String(wire.say(upgrade).firstBytes(12), StandardCharsets.ISO_8859_1);
                assertThat(line).startsWith("HTTP/1.1 ").doesNotContain("101");
            }
            try (Wire wire = Wire.to(port)) {
                var _ = wire.patience(2_000).say(Http2.PREFACE).say(Http2.settings(0));
                byte[] first = wire.firstBytes(5);
                assertThat(new String(first, StandardCharsets.ISO_8859_1)).isIn("", "HTTP/");
            }
        }));
    }

    @Test
    void upgradesToAnythingElse_areNotMade() throws IOException {
        for (String protocol : List.of("websocket", "TLS/1.2", "h2", NEEDLE)) {
            String lines = "connection: upgrade\r\nupgrade: " + protocol
                    + "\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
            try (Wire wire = Wire.to(gateway.port())) {
                String request = Requests.get("/v1/signers").replace("\r\n\r\n", "\r\n" + lines + "\r\n");
                assertThat(wire.say(request).answer().status()).as(protocol).isIn(200, 400);
            }
        }
    }

    @Test
    void theManagementPortAnswersInTheSameForm() throws IOException {
        for (String request : List.of(
                Requests.get("/" + NEEDLE),
                Requests.get("/%zz"),
                Requests.get("/metrics").replace("GET", "POST"),
                Requests.get("/health/live").replace("GET", "DELETE"))) {
            try (Wire wire = Wire.to(gateway.process.managementPort)) {
                Wire.Answer answer = wire.say(request).answer();
                assertThat(answer.status()).isBetween(400, 405);
                assertThat(answer.headers()).containsEntry("content-type", PROBLEM);
                assertThat(answer.body()).doesNotContain(NEEDLE, "<html");
            }
        }
    }

    @Test
    void everyAnswer_forbidsGuessingItsType() throws IOException {
        for (String request : List.of(
                Requests.get("/openapi.yaml"),
                Requests.get("/%zz"),
                Requests.get("/x"),
                verification("", body),
                verification("", "{"),
                verification("expect: x\r\n", body))) {
            try (Wire wire = Wire.to(gateway.port())) {
                assertThat(wire.say(request).answer().headers())
                        .as(request.substring(0, 15))
                        .containsEntry("x-content-type-options", "nosniff");
            }
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void noneOfIt_isInTheLog() throws IOException {
        assertThat(gateway.log()).doesNotContain(NEEDLE, "\u001b", "\tat ", "Exception", "SEVERE");
        assertThat(gateway.log().lines().count()).isLessThan(20);
    }
}

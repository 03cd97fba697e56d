package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.codec.CborWriter;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.gateway.RunningGateway;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a payload, a claim or a token comes out again: not in logs, not in metrics, not in answers. */
final class NoSecretsTest {
    private static final String CANARY = "CANARY";

    @TempDir
    private Path folder = Path.of("");

    /** A card whose holder, certificate number, product and issuer are canaries. */
    private static CardSpec named(byte[] events) {
        return CardSpec.vaccination()
                .issuer(CANARY + "ISSUER")
                .certificate(new CborWriter()
                        .map(4)
                        .text("ver")
                        .text("1.3.0")
                        .text("nam")
                        .map(2)
                        .text("fnt")
                        .text(CANARY + "NAME")
                        .text("gnt")
                        .text(CANARY + "NAME")
                        .text("dob")
                        .text(CANARY + "BIRTH")
                        .text("v")
                        .array(1)
                        .encoded(events)
                        .toByteArray());
    }

    private static List<String> bodies(RunningGateway running) {
        byte[] dose = CardSpec.vaccinationEvent(CANARY + "PRODUCT", 2, 2, LocalDate.of(2021, 6, 1));
        byte[] broken = new CborWriter().map(1).text("dt").text(CANARY + "DATE").toByteArray();
        String card = running.card(named(dose));
        List<String> bodies = new ArrayList<>();
        for (String payload : List.of(
                card,
                running.card(named(broken)),
                TestCards.withBrokenSignature(card),
                CANARY + "PAYLOAD",
                "HC1:" + CANARY + "PAYLOAD",
                CANARY.repeat(1_000),
                "\\u0043ANARY")) {
            bodies.add("{\"payloads\":[\"" + payload + "\"]}");
            bodies.add("{\"payloads\":[\"" + payload + "\"],\"policy\":\"kr\"}");
        }
        bodies.add("{\"payloads\":[\"x\"],\"policy\":\"" + CANARY + "POLICY\"}");
        bodies.add("{\"payloads\":[\"x\"],\"" + CANARY + "MEMBER\":1}");
        bodies.add("{\"payloads\":[" + CANARY + "]}");
        bodies.add("{\"payloads\":\"" + CANARY + "\"}");
        bodies.add("{\"payloads\":[\"" + CANARY);
        bodies.add(CANARY);
        return bodies;
    }

    @Test
    void noRequestOfAnyKind_leavesATrace() throws IOException {
        List<String> said = new ArrayList<>();
        try (CapturedLogs logs = new CapturedLogs()) {
            try (RunningGateway running = new RunningGateway(folder)) {
                int port = running.gateway.port();
                for (String body : bodies(running)) {
                    said.add(text(running.post(body)));
                }
                assertThat(said).anyMatch(answer -> answer.contains("accepted"));
                assertThat(said).anyMatch(answer -> answer.contains("hcert_invalid"));
                said.add(text(running.send(
                        port,
                        "/v1/verifications?" + CANARY + "QUERY",
                        HttpRequest.newBuilder()
                                .header("authorization", "Bearer " + CANARY + "STRANGER")
                                .header("content-type", CANARY + "/TYPE")
                                .POST(BodyPublishers.ofString(CANARY)))));
                said.add(text(running.send(
                        port,
                        "/v1/verifications",
                        HttpRequest.newBuilder()
                                .header("authorization", "Bearer " + RunningGateway.TOKEN)
                                .header("content-type", "text/" + CANARY)
                                .POST(BodyPublishers.ofString(CANARY)))));
                said.add(text(running.get(port, "/" + CANARY + "PATH/%20%43")));
                said.add(text(running.get(port, "/v1/signers")));
                leaveInTheMiddle(port);
                assertThat(running.post("{\"payloads\":[\"x\"]}").statusCode()).isEqualTo(200);
                said.add(text(running.get(running.gateway.managementPort(), "/metrics")));
                said.add(text(running.get(running.gateway.managementPort(), "/health/ready")));
            }
            assertThat(logs.lines()).anyMatch(line -> line.contains("listening on 127.0.0.1:"));
            assertThat(logs.lines()).noneMatch(line -> line.contains(CANARY));
            assertThat(logs.lines()).noneMatch(line -> line.contains("SEVERE"));
        }
        assertThat(said).hasSizeGreaterThan(20).noneMatch(answer -> answer.contains(CANARY));
    }

    private static void leaveInTheMiddle(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String head = "POST /v1/verifications HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + RunningGateway.TOKEN
                    + "\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n" + CANARY;
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
    }

    private static String text(HttpResponse<String> response) {
        return response.statusCode() + " " + response.headers().map() + " " + response.body();
    }
}

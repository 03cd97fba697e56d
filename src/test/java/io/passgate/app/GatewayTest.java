package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.app.config.Config;
import io.passgate.app.config.TestConfig;
import io.passgate.policy.file.InvalidPolicyFile;
import io.passgate.testing.CardSpec;
import io.passgate.testing.ManualTime;
import io.passgate.testing.gateway.RunningGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway: it answers, counts, says when it is not ready, and leaves nothing behind. */
final class GatewayTest {
    @TempDir
    private Path folder = Path.of("");

    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("passgate-")
                        || thread.getName().startsWith("vert.x-"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static void assertNothingNewRuns(Set<Thread> before) {
        RunningGateway.until(() -> {
            Set<Thread> now = ours();
            now.removeAll(before);
            return now.stream().noneMatch(Thread::isAlive);
        });
    }

    @Test
    void allEventLoops_shareThePortThatTheSystemChose_andStoppingLeavesNoThread() throws IOException {
        Set<Thread> before = ours();
        try (RunningGateway running = new RunningGateway(folder)) {
            assertThat(running.gateway.port()).isBetween(1, 65_535).isNotEqualTo(running.gateway.managementPort());
            String card = running.card(CardSpec.vaccination());
            for (int i = 0; i < 4; i++) {
                assertThat(running.post("{\"payloads\":[\"" + card + "\"]}").body())
                        .startsWith("{\"results\":[{\"verdict\":\"accepted\",");
            }
            assertThat(running.post("{\"payloads\":[\"" + card + "\"],\"policy\":\"eu@2022-02-01\"}")
                            .body())
                    .contains("vaccination_over");
            assertThat(ours()).hasSizeGreaterThan(before.size());
        }
        assertNothingNewRuns(before);
    }

    @Test
    void metrics_tellWhatWasDone() throws IOException {
        try (RunningGateway running = new RunningGateway(folder)) {
            String card = running.card(CardSpec.vaccination());
            assertThat(running.post("{\"payloads\":[\"" + card + "\",\"x\",\"x\"]}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(running.get(running.gateway.port(), "/nothing").statusCode())
                    .isEqualTo(404);
            int management = running.gateway.managementPort();
            RunningGateway.until(() -> {
                try {
                    return running.get(management, "/metrics").body().contains("status=\"404\"");
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
            });
            assertThat(running.get(management, "/metrics").body().lines())
                    .contains(
                            "passgate_verdicts_total{reason=\"\",verdict=\"accepted\"} 1.0",
                            "passgate_verdicts_total{reason=\"not_a_credential\",verdict=\"refused\"} 2.0",
                            "passgate_verdicts_total{reason=\"gateway_fault\",verdict=\"indeterminate\"} 0.0",
                            "passgate_http_requests_seconds_count{route=\"/v1/verifications\",status=\"200\"} 1",
                            "passgate_http_requests_seconds_count{route=\"other\",status=\"404\"} 1",
                            "passgate_stage_seconds_count{stage=\"decode\"} 1",
                            "passgate_stage_seconds_count{stage=\"signature\"} 1",
                            "passgate_stage_seconds_count{stage=\"policy\"} 1",
                            "passgate_batch_size_bucket{le=\"4.0\"} 1",
                            "passgate_batch_size_sum 3.0",
                            "passgate_queue_wait_seconds_count 1",
                            "passgate_stage_seconds_count{stage=\"slow_path\"} 1",
                            "passgate_signatures_total{path=\"provider\"} 1.0",
                            "passgate_signatures_total{path=\"table\"} 0.0",
                            "passgate_slow_path_depth 0.0",
                            "passgate_slow_path_refused_total 0.0",
                            "passgate_queue_depth 0.0",
                            "passgate_signers 1.0",
                            "passgate_trust_doubtful 0.0",
                            "passgate_requests_expired_total 0.0",
                            "passgate_faults_total 0.0")
                    .anyMatch(line -> line.startsWith("passgate_signature_provider{provider="))
                    .anyMatch(line -> line.startsWith("passgate_stage_seconds_bucket{stage=\"decode\",le="))
                    .anySatisfy(line -> assertThat(line).matches("passgate_signers_expiry_days (9\\.9\\d*|10\\.0)"));
        }
    }

    @Test
    void aKeyInUse_earnsItsTable_andItsSignaturesGoByIt() throws IOException {
        try (RunningGateway running = new RunningGateway(folder)) {
            String body = "{\"payloads\":[\"" + running.card(CardSpec.vaccination()) + "\"]}";
            int management = running.gateway.managementPort();
            assertThat(running.get(management, "/metrics").body().lines())
                    .contains(
                            "passgate_key_tables{window=\"narrow\"} 0.0",
                            "passgate_key_tables{window=\"wide\"} 0.0",
                            "passgate_key_tables_bytes 0.0",
                            "passgate_key_tables_built_total 0.0",
                            "passgate_key_tables_evicted_total 0.0")
                    .filteredOn(line -> line.startsWith("passgate_signature_kernel{"))
                    .singleElement()
                    .asString()
                    .matches("passgate_signature_kernel\\{kernel=\"(scalar|vector)\"\\} 1\\.0");
            RunningGateway.until(Duration.ofMinutes(2), () -> {
                try {
                    assertThat(running.post(body).body()).contains("\"accepted\"");
                    return running.get(management, "/metrics")
                            .body()
                            .lines()
                            .anyMatch("passgate_signatures_total{path=\"table\"} 1.0"::equals);
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
            });
            assertThat(running.get(management, "/metrics").body().lines())
                    .anyMatch(line -> line.matches("passgate_key_tables\\{window=\"(narrow|wide)\"\\} 1\\.0"));
        }
    }

    @Test
    void withoutMemoryForTables_everySignatureIsTheProviders() throws IOException {
        try (RunningGateway client = new RunningGateway(folder)) {
            TestConfig config = RunningGateway.config("signer.der").with("engine.keyTableBytes", 0);
            try (Gateway gateway = Gateway.start(config.build(), folder, false)) {
                String body = "{\"payloads\":[\"" + client.card(CardSpec.vaccination()) + "\"]}";
                for (int i = 0; i < 3; i++) {
                    assertThat(client.post(gateway.port(), body).body()).contains("\"accepted\"");
                }
                assertThat(client.get(gateway.managementPort(), "/metrics")
                                .body()
                                .lines())
                        .contains("passgate_signatures_total{path=\"provider\"} 3.0", "passgate_key_tables_bytes 0.0");
            }
        }
    }

    @Test
    void withoutATrustList_theGatewayIsAliveButNotReady() throws IOException {
        Gateway gateway = Gateway.start(RunningGateway.config().build(), folder, false);
        try (RunningGateway client = new RunningGateway(folder)) {
            assertThat(client.get(gateway.managementPort(), "/health/ready").body())
                    .isEqualTo("{\"status\":\"down\",\"because\":[\"no trust list has been loaded\"]}");
            assertThat(client.get(gateway.managementPort(), "/health/live").statusCode())
                    .isEqualTo(200);
            assertThat(client.get(client.gateway.managementPort(), "/health/ready")
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            gateway.close();
        }
    }

    @Test
    void aTrustListThatGrowsOld_isToldOf_andFinallyKeepsTheGatewayFromBeingReady() throws IOException {
        ManualTime time = new ManualTime(Instant.now());
        try (RunningGateway client = new RunningGateway(folder)) {
            Config config = RunningGateway.config("signer.der")
                    .with("trust.reloadEvery", Duration.ofHours(1))
                    .build();
            try (Gateway gateway = Gateway.start(config, folder, false, time)) {
                int port = gateway.managementPort();
                assertThat(client.get(port, "/health/ready").statusCode()).isEqualTo(200);
                time.advance(config.trust().warnAge());
                assertThat(client.get(port, "/metrics").body().lines()).contains("passgate_trust_doubtful 1.0");
                time.advance(
                        config.trust().hardAge().minus(config.trust().warnAge()).minusNanos(1));
                assertThat(client.get(port, "/health/ready").statusCode()).isEqualTo(200);
                time.advance(Duration.ofNanos(1));
                assertThat(client.get(port, "/health/ready").statusCode()).isEqualTo(503);
                assertThat(client.get(port, "/health/ready").body()).contains("[\"the trust list is stale\"]");
            }
        }
    }

    @Test
    void whileStopping_theGatewayIsNotReady_andTheRequestUnderWayIsAnswered() throws Exception {
        try (RunningGateway running = new RunningGateway(folder);
                Socket slow = new Socket("127.0.0.1", running.gateway.port())) {
            String body = "{\"payloads\":[\"x\"]}";
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.US_ASCII));
            slow.setSoTimeout(20_000);
            say(
                    slow,
                    "POST /v1/verifications HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + RunningGateway.TOKEN
                            + "\r\ncontent-type: application/json\r\nexpect: 100-continue\r\ncontent-length: "
                            + body.length() + "\r\n\r\n");
            assertThat(answer.readLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(answer.readLine()).isEmpty();
            Thread stopping = Thread.ofPlatform().start(running.gateway::close);
            RunningGateway.until(() -> {
                try {
                    return running.get(running.gateway.managementPort(), "/health/ready")
                            .body()
                            .contains("shutting down");
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
            });
            say(slow, body);
            assertThat(answer.readLine()).isEqualTo("HTTP/1.1 200 OK");
            stopping.join(20_000);
            assertThat(stopping.isAlive()).isFalse();
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Test
    void aBusyPort_isNamed_andNoThreadIsLeft() throws IOException {
        Set<Thread> before = ours();
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            TestConfig api = RunningGateway.config().with("http.port", busy.getLocalPort());
            assertThatThrownBy(() -> Gateway.start(api.build(), folder, false))
                    .hasMessageStartingWith("cannot listen on the http port " + busy.getLocalPort() + ": ");
            TestConfig management = RunningGateway.config().with("management.port", busy.getLocalPort());
            assertThatThrownBy(() -> Gateway.start(management.build(), folder, false))
                    .hasMessageStartingWith("cannot listen on the management port " + busy.getLocalPort() + ": ");
        }
        assertNothingNewRuns(before);
    }

    @Test
    void wrongPolicies_keepTheGatewayFromStarting_andNoThreadIsLeft() {
        Set<Thread> before = ours();
        TestConfig config = RunningGateway.config().with("policies", "none");
        assertThatThrownBy(() -> Gateway.start(config.build(), folder, false)).isInstanceOf(InvalidPolicyFile.class);
        assertNothingNewRuns(before);
    }

    @Test
    void closingTwice_isClosingOnce() throws IOException {
        try (RunningGateway running = new RunningGateway(folder)) {
            running.gateway.close();
            running.gateway.close();
            assertThatThrownBy(() -> running.post("{}")).isInstanceOf(IOException.class);
        }
    }
}

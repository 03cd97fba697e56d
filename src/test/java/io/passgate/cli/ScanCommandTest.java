package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.passgate.access.Role;
import io.passgate.testing.CardSpec;
import io.passgate.testing.api.RunningApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code passgate scan}: what a turnstile is told. */
final class ScanCommandTest {
    private static final String CARD = RunningApi.ISSUER.card(CardSpec.vaccination());
    private static final String SECRET = "SECRETTOKEN0123456789";

    @TempDir
    private Path folder;

    private Path tokenFile;

    @BeforeEach
    void token() throws IOException {
        tokenFile = Files.writeString(folder.resolve("token"), SECRET + "\n");
    }

    private Cli scan(String url, String input, String... more) {
        List<String> arguments = new ArrayList<>(List.of("scan", "--url", url, "--token-file", tokenFile.toString()));
        arguments.addAll(List.of(more));
        Cli run = Cli.run(input.getBytes(StandardCharsets.UTF_8), arguments.toArray(String[]::new));
        assertThat(run.out() + run.err()).doesNotContain(SECRET).doesNotContain("HC1:");
        return run;
    }

    /** A gateway that answers by a script, and writes down what it was asked. */
    private static final class ScriptedGateway implements AutoCloseable {
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final Queue<String> script;
        private final List<String> asked = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();

        /** @param script a status and a body each; a status of 0 ends the connection */
        private ScriptedGateway(String... script) throws IOException {
            this.script = new ArrayDeque<>(List.of(script));
            var _ = server.createContext("/", this::answer);
            server.start();
        }

        private synchronized void answer(HttpExchange exchange) throws IOException {
            asked.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            keys.add(exchange.getRequestHeaders().getFirst("idempotency-key"));
            assertThat(exchange.getRequestHeaders().getFirst("authorization")).isEqualTo("Bearer " + SECRET);
            String[] next = script.remove().split(" ", 2);
            if (next[0].equals("0")) {
                exchange.close();
                return;
            }
            byte[] body = next[1].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(next[0]), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        private String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static final String ACCEPTED = "200 {\"results\":[{\"verdict\":\"accepted\"}]}";
    private static final String UNAVAILABLE = "503 {\"type\":\"urn:passgate:problem:overloaded\"}";

    @Test
    void aRealInterface_isAsked_lineByLine() throws IOException {
        try (RunningApi running = RunningApi.open()) {
            String url = "http://127.0.0.1:" + running.port;
            Files.writeString(tokenFile, RunningApi.token(Role.VERIFIER));
            Cli verified = scan(url, "  " + CARD + "\r\n\r\n\n \t\nhello\r" + CARD + "\ufeff", "--verify");
            assertThat(verified.lines()).containsExactly("accepted", "refused not_a_credential", "accepted");
            assertThat(verified.exitCode()).isZero();
            Files.writeString(tokenFile, RunningApi.token(Role.FACILITY));
            assertThat(scan(url + "/", "hello\n").lines()).containsExactly("refused not_a_credential");
            Cli wrong = scan(url, "hello\n", "--verify");
            assertThat(wrong.lines()).containsExactly("retry");
            assertThat(wrong.err()).contains("the gateway answers 403 forbidden");
            assertThat(wrong.exitCode()).isOne();
        }
    }

    @Test
    void whoIsAskedAgain_getsTheSameKey_andEachLineItsOwn() throws IOException {
        try (ScriptedGateway gateway =
                new ScriptedGateway(UNAVAILABLE, "0 ", ACCEPTED, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, ACCEPTED)) {
            Cli run = scan(gateway.url(), "HC1:A\nHC1:B\nHC1:C\n", "--policy", "kr");
            assertThat(run.lines()).containsExactly("accepted", "retry", "accepted");
            assertThat(run.exitCode()).isZero();
            assertThat(gateway.keys).hasSize(7);
            assertThat(gateway.keys.subList(0, 3)).containsOnly(gateway.keys.getFirst());
            assertThat(gateway.keys.subList(3, 6)).containsOnly(gateway.keys.get(3));
            assertThat(gateway.keys.stream().distinct()).hasSize(3);
            assertThat(gateway.asked.getFirst())
                    .isEqualTo("/v1/check-ins {\"payloads\":[\"HC1:A\"],\"policy\":\"kr\"}");
        }
    }

    @Test
    void onlyAGatewaysAnswers_reachTheTurnstile() throws IOException {
        try (ScriptedGateway gateway = new ScriptedGateway(
                "200 {\"results\":[{\"verdict\":\"refused\",\"reason\":\"expired\"}]}",
                "200 {\"results\":[{\"verdict\":\"refused\",\"reason\":\"x\\naccepted\"}]}",
                "200 {\"results\":[{\"verdict\":\"indeterminate\",\"reason\":\"trust_stale\"}]}",
                "429 {\"type\":\"urn:passgate:problem:too-many-requests\"}",
                "200 <html>accepted</html>",
                "200 {\"results\":[]}",
                "302 {}",
                "401 {\"type\":\"urn:passgate:problem:unauthenticated\",\"detail\":\"HC1:A\"}")) {
            Cli run = scan(gateway.url(), "HC1:A\n".repeat(8));
            assertThat(run.lines())
                    .containsExactly(
                            "refused expired", "refused unknown", "retry", "retry", "retry", "retry", "retry", "retry");
            assertThat(run.err()).contains("401 unauthenticated").contains("302");
            assertThat(run.exitCode()).isOne();
        }
    }

    @Test
    void nobodyThere_isRetry() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        Cli run = scan("http://127.0.0.1:" + port, "HC1:A");
        assertThat(run.lines()).containsExactly("retry");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aLineLongerThanAnyCode_isNotSent() throws IOException {
        try (ScriptedGateway gateway = new ScriptedGateway(ACCEPTED)) {
            Cli run = scan(gateway.url(), "H".repeat(1 << 20) + "\nHC1:A\n");
            assertThat(run.lines()).containsExactly("refused input_too_long", "accepted");
            assertThat(gateway.asked).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://127.0.0.1",
                "127.0.0.1:8080",
                "http://user@127.0.0.1",
                "http://127.0.0.1/v1",
                "http://127.0.0.1/?a=b"
            })
    void whatIsNoGatewaysAddress_isAWrongArgument(String url) {
        assertThat(scan(url, "HC1:A").exitCode()).isEqualTo(2);
    }

    @Test
    void aTokenFileThatHoldsNoToken_orIsNotThere_isAWrongArgument() throws IOException {
        Files.writeString(tokenFile, SECRET + "\n" + SECRET);
        assertThat(scan("http://127.0.0.1", "HC1:A").exitCode()).isEqualTo(2);
        Files.writeString(tokenFile, "\n");
        assertThat(scan("http://127.0.0.1", "HC1:A").exitCode()).isEqualTo(2);
        Files.delete(tokenFile);
        assertThat(scan("http://127.0.0.1", "HC1:A").exitCode()).isEqualTo(2);
        assertThat(Cli.run("scan").exitCode()).isEqualTo(2);
    }

    @Test
    void aFileOfLines_isReadToItsEnd() throws IOException {
        Path lines = Files.writeString(folder.resolve("lines"), "HC1:A\rHC1:B");
        try (ScriptedGateway gateway = new ScriptedGateway(ACCEPTED, ACCEPTED)) {
            assertThat(scan(gateway.url(), "", lines.toString()).lines()).containsExactly("accepted", "accepted");
            assertThat(scan(gateway.url(), "", folder.toString()).exitCode()).isEqualTo(2);
        }
    }
}

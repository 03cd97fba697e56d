package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.TokenHash;
import io.passgate.app.Gateway;
import io.passgate.app.config.ConfigFile;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.SharedGateways;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code passgate token import} on a real database: what was revoked stays so, whatever file comes again. */
final class TokenImportIT {
    private static final String EARLY = "2090-01-01T00:00:00Z";
    private static final String LATE = "2091-01-01T00:00:00Z";

    @TempDir
    private static Path folder = Path.of("");

    private static TestStores stores;

    private Path own = Path.of("");
    private Path config = Path.of("");

    @BeforeAll
    static void start() throws IOException {
        stores = new TestStores(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        stores.close();
    }

    @BeforeEach
    void configure() throws IOException, SQLException {
        stores.empty();
        own = Files.createTempDirectory(folder, "gateway");
        config = Files.writeString(
                own.resolve("passgate.yaml"),
                String.join(
                        "\n",
                        "http: {host: 127.0.0.1, port: 0, eventLoops: 1, failureDelay: PT0S}",
                        "management: {port: 0}",
                        "engine: {workers: 1}",
                        stores.configuration(own)));
    }

    private static String hash(String token) {
        return TokenHash.ofToken(token).toHex();
    }

    private static String line(String token, String expiry) {
        return String.join(",", hash(token), token, "verifier", expiry);
    }

    private Cli importing(List<String> lines) throws IOException {
        Path file = Files.write(own.resolve("tokens.csv"), lines);
        Cli cli = Cli.run("token", "import", file.toString(), "--config", config.toString());
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).doesNotContainPattern("[0-9a-f]{16}");
        return cli;
    }

    private void revoke(String token) {
        Cli cli = Cli.run("token", "revoke", "--sha256", hash(token), "--config", config.toString());
        assertThat(cli.exitCode()).isZero();
    }

    private static int asked(Gateway gateway, String token) {
        URI uri = URI.create("http://127.0.0.1:" + gateway.port() + "/v1/verifications");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(uri)
                                    .header("authorization", "Bearer " + token)
                                    .header("content-type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"payloads\":[\"x\"]}"))
                                    .build(),
                            BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void aRevokedToken_staysRevoked_andIsNamedByItsLine() throws IOException, SQLException {
        assertThat(importing(List.of(line("a", EARLY), line("b", EARLY), line("c", EARLY))))
                .isEqualTo(new Cli(0, "", said("3 tokens, 0 left out")));
        revoke("b");
        Cli again =
                importing(List.of(line("a", LATE), "", line("b", LATE), "nonsense", line("c", LATE), line("b", LATE)));
        assertThat(again.err().lines())
                .containsExactly(
                        "line 4: is not SHA-256,name,role,expiry",
                        "line 3: its token has been revoked, and stays so",
                        "line 6: its token has been revoked, and stays so",
                        "2 tokens, 3 left out, 2 of them because their token has been revoked");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(stores.texts("SELECT name || ' ' || (revoked_at IS NULL) || ' ' || date_part('year', expires_at)"
                        + " FROM client_token ORDER BY name"))
                .containsExactly("a true 2091", "b false 2090", "c true 2091");
        assertThat(importing(List.of(line("b", LATE))).err().lines())
                .endsWith("0 tokens, 1 left out, 1 of them because their token has been revoked");
    }

    @Test
    void aRevokedToken_whoseTimeIsOver_staysRevoked_andAnOldOneGetsItsNewTime() throws IOException, SQLException {
        assertThat(importing(List.of(line("a", EARLY), line("b", EARLY))).exitCode())
                .isZero();
        revoke("b");
        stores.sql("UPDATE client_token SET expires_at = timestamptz '2020-01-01'");
        assertThat(importing(List.of(line("a", LATE), line("b", LATE))).exitCode())
                .isEqualTo(1);
        assertThat(stores.texts("SELECT name || ' ' || (revoked_at IS NULL) || ' ' || date_part('year', expires_at)"
                        + " FROM client_token ORDER BY name"))
                .containsExactly("a true 2091", "b false 2020");
    }

    @Test
    void ofManyLines_eachIsNamedByItsOwnNumber() throws IOException, SQLException {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 2_100; i++) {
            lines.add(line("door-" + i, EARLY));
        }
        assertThat(importing(lines).exitCode()).isZero();
        for (int number : List.of(1, 1_000, 1_001, 2_100)) {
            revoke("door-" + number);
        }
        assertThat(importing(lines).err().lines())
                .containsExactly(
                        "line 1: its token has been revoked, and stays so",
                        "line 1000: its token has been revoked, and stays so",
                        "line 1001: its token has been revoked, and stays so",
                        "line 2100: its token has been revoked, and stays so",
                        "2096 tokens, 4 left out, 4 of them because their token has been revoked");
        assertThat(stores.number("SELECT count(*) FROM client_token WHERE revoked_at IS NOT NULL"))
                .isEqualTo(4);
    }

    @Test
    void noGateway_takesARevokedTokenAgain_neitherByTheChangeNorByItsNextStart() throws IOException {
        assertThat(importing(List.of(line("a", EARLY), line("b", EARLY))).exitCode())
                .isZero();
        try (Gateway gateway = Gateway.start(ConfigFile.read(config), own, false)) {
            SharedGateways.until("both are taken", () -> asked(gateway, "a") == 200 && asked(gateway, "b") == 200);
            revoke("b");
            SharedGateways.until("it is refused", () -> asked(gateway, "b") == 401);
            assertThat(importing(List.of(line("a", LATE), line("b", LATE), line("c", LATE)))
                            .exitCode())
                    .isEqualTo(1);
            SharedGateways.until("the file has come", () -> asked(gateway, "c") == 200);
            assertThat(asked(gateway, "b")).isEqualTo(401);
            assertThat(asked(gateway, "a")).isEqualTo(200);
        }
        try (Gateway next = Gateway.start(ConfigFile.read(config), own, false)) {
            SharedGateways.until("all is known", () -> asked(next, "c") == 200);
            assertThat(asked(next, "b")).isEqualTo(401);
        }
    }

    private static String said(String line) {
        return line + System.lineSeparator();
    }
}

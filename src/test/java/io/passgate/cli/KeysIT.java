package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.Demonstration;
import io.passgate.app.Gateway;
import io.passgate.app.config.ConfigFile;
import io.passgate.testing.TestStores;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code passgate keys} on a real database, and what a running gateway makes of it. */
final class KeysIT {
    private static final int PATIENCE_SECONDS = 30;
    private static final String PASSWORD = "CANARYPASSWORD";

    @TempDir
    private static Path folder = Path.of("");

    private static TestStores stores;

    private Path own = Path.of("");
    private Path config = Path.of("");
    private Path keystore = Path.of("");

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
        keystore = own.resolve("keys.p12");
        Path password = Files.writeString(own.resolve("password"), PASSWORD + "\n");
        config = Files.writeString(
                own.resolve("passgate.yaml"),
                String.join(
                        "\n",
                        "http: {host: 127.0.0.1, port: 0, eventLoops: 1}",
                        "management: {port: 0}",
                        "engine: {workers: 1}",
                        "issuing: {keystore: keys.p12, keystorePasswordFile: " + password.getFileName() + "}",
                        stores.configuration(own)));
    }

    private Cli keys(String... words) {
        String[] line = new String[words.length + 3];
        line[0] = "keys";
        System.arraycopy(words, 0, line, 1, words.length);
        line[words.length + 1] = "--config";
        line[words.length + 2] = config.toString();
        Cli cli = Cli.run(line);
        assertThat(cli.out() + cli.err()).doesNotContain("CANARY");
        return cli;
    }

    private String kid(String... words) {
        Cli cli = keys(words);
        assertThat(cli.err()).contains("copy " + keystore + " to every gateway");
        assertThat(cli.exitCode()).isZero();
        return cli.out().strip();
    }

    private List<String[]> list() {
        Cli cli = keys("list");
        assertThat(cli.exitCode()).isZero();
        return cli.lines().stream().map(line -> line.split("\t", -1)).toList();
    }

    private static List<JsonObject> signers(Gateway gateway) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String body = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/signers"))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return new JsonObject(body)
                    .getJsonArray("signers").stream()
                            .map(JsonObject.class::cast)
                            .toList();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static JsonObject signer(List<JsonObject> signers, String kid) {
        List<JsonObject> found = signers.stream()
                .filter(signer -> signer.getString("kid").equals(kid))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<JsonObject> until(Gateway gateway, Predicate<List<JsonObject>> isSo) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        List<JsonObject> signers = signers(gateway);
        while (!isSo.test(signers)) {
            assertThat(System.nanoTime() - deadlineNs).as("%s", signers).isNegative();
            signers = signers(gateway);
        }
        return signers;
    }

    @Test
    void aKey_isCreated_andRotated_andARunningGatewayBelievesBothThroughTheOverlap() throws IOException {
        String first = kid("create", "--provider", "kakao");
        String wallet = kid("create", "--wallet", "--organization", "Agency", "--valid-for", "P365D");
        try (Gateway gateway = Gateway.start(ConfigFile.read(config), own, false)) {
            List<JsonObject> before = until(gateway, signers -> signers.size() == 2);
            assertThat(signer(before, first).getString("kind")).isEqualTo("pass");
            assertThat(signer(before, first).getString("provider")).isEqualTo("kakao");
            assertThat(signer(before, wallet).getString("kind")).isEqualTo("dcc");
            Instant wholeEnd = Instant.parse(signer(before, first).getString("notAfter"));

            String second = kid("rotate", "--provider", "kakao", "--activate-after", "PT2M");
            String later = kid("rotate", "--wallet");
            List<JsonObject> after = until(
                    gateway,
                    signers -> signers.size() == 4
                            && signers.stream()
                                    .filter(signer -> signer.getString("kid").equals(first))
                                    .noneMatch(signer -> wholeEnd.toString().equals(signer.getString("notAfter"))));
            Instant activation = Instant.parse(signer(after, second).getString("notBefore"));
            assertThat(Instant.parse(signer(after, first).getString("notAfter")))
                    .isEqualTo(activation.plusSeconds(35));
            assertThat(signer(after, wallet)).isEqualTo(signer(before, wallet));
            assertThat(signer(after, later).getString("kind")).isEqualTo("dcc");
            assertThat(list())
                    .extracting(row -> row[0] + " " + row[1] + " " + row[4])
                    .containsExactly(
                            "pass:kakao " + first + " active",
                            "pass:kakao " + second + " next",
                            "wallet " + wallet + " active",
                            "wallet " + later + " next");
            assertThat(list().get(1)[2]).isEqualTo(activation.toString());
            assertThat(list().get(0)[3]).isEqualTo(wholeEnd.toString());

            Cli again = keys("rotate", "--provider", "kakao");
            assertThat(again.exitCode()).isZero();
            assertThat(again.out().strip()).isEqualTo(second);
            assertThat(again.err()).contains("no other key was made");
            assertThat(list()).hasSize(4);
        }
    }

    @Test
    void whatCannotBeDone_isAMistakeOfTheCaller_andChangesNothing() throws IOException {
        String kid = kid("create", "--provider", "kakao");
        byte[] before = Files.readAllBytes(keystore);
        assertThat(keys("create", "--provider", "kakao"))
                .isEqualTo(new Cli(2, "", said(keystore + " has a key for pass:kakao: rotate it")));
        assertThat(keys("rotate", "--provider", "naver"))
                .isEqualTo(new Cli(2, "", said(keystore + " has no key for pass:naver: create one")));
        assertThat(keys("create", "--wallet", "--organization", Demonstration.ORGANIZATION))
                .isEqualTo(new Cli(2, "", said("--organization: no gateway would take a key of the demonstration")));
        assertThat(keys("create", "--provider", "Naver").exitCode()).isEqualTo(2);
        assertThat(keys("create", "--wallet", "--valid-for", "PT1S").exitCode()).isEqualTo(2);
        assertThat(keys("rotate", "--provider", "kakao", "--activate-after", "P31D")
                        .exitCode())
                .isEqualTo(2);
        Path wrong = Files.writeString(config.resolveSibling("wrong"), "CANARYOTHER");
        assertThat(keys("list", "--password-file", wrong.toString()))
                .isEqualTo(new Cli(2, "", said(keystore + ": the password is wrong, or the file is damaged")));
        assertThat(keys("list", "--keystore", keystore + "x"))
                .isEqualTo(new Cli(2, "", said("no such file or folder: " + keystore + "x")));
        assertThat(Files.readAllBytes(keystore)).isEqualTo(before);
        assertThat(list()).singleElement().satisfies(row -> assertThat(row[1]).isEqualTo(kid));
    }

    private static String said(String message) {
        return "passgate: " + message + System.lineSeparator();
    }

    @Test
    void whileTheDatabaseIsOutOfReach_noKeyIsMade() throws IOException {
        String kid = kid("create", "--provider", "kakao");
        stores.postgresql.close();
        Cli cli = keys("rotate", "--provider", "kakao");
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.out()).isEmpty();
        assertThat(list()).singleElement().satisfies(row -> assertThat(row[1]).isEqualTo(kid));
    }
}

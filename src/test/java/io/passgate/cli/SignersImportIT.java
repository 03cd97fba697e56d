package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.Gateway;
import io.passgate.app.config.ConfigFile;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code passgate signers import} of a KID that more signers share than are tried, on a real database. */
final class SignersImportIT {
    private static final String WARNING = "KID AAECAwQFBgc=: more than 4 signers share it; what none of the first 4 has"
            + " signed is indeterminate(signer_ambiguous)";

    @TempDir
    private Path folder = Path.of("");

    private static String get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + port + path);
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void allAreTaken_andTheKidIsWarnedOf_byTheCommandAndByAGateway() throws Exception {
        try (TestStores stores = new TestStores(folder)) {
            stores.empty();
            Files.writeString(folder.resolve("database"), "postgres\n");
            Path config = Files.writeString(
                    folder.resolve("passgate.yaml"),
                    String.join(
                            "\n",
                            "http: {host: 127.0.0.1, port: 0, eventLoops: 1}",
                            "management: {port: 0}",
                            "engine: {workers: 1}",
                            "policies: " + Path.of("config", "policies").toAbsolutePath(),
                            "database: {uri: '" + stores.database().uri() + "', user: "
                                    + stores.database().user() + ", passwordFile: database}",
                            "redis: {endpoints: ['" + stores.redis.uri() + "']}",
                            ""));
            Path list = Files.writeString(folder.resolve("list.json"), CommandLineTest.fiveOfOneKid());

            for (int i = 0; i < 2; i++) {
                Cli cli = Cli.run("signers", "import", list.toString(), "--config", config.toString());
                assertThat(cli.err().lines()).containsExactly("warning: " + WARNING, "5 signers, 0 left out");
                assertThat(cli.exitCode()).isZero();
            }

            try (Gateway gateway = Gateway.start(ConfigFile.read(config), folder, false)) {
                assertThat(get(gateway.port(), "/v1/signers").split("AAECAwQFBgc=", -1))
                        .hasSize(6);
                assertThat(get(gateway.managementPort(), "/health/ready")).contains(WARNING);
            }
        }
    }
}

package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.TestConfig;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.RawAnswer;
import io.passgate.testing.TestStores;
import io.passgate.testing.TlsParty;
import io.passgate.testing.gateway.IssuingGateways;
import io.passgate.testing.gateway.SharedGateways;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are written anew while a gateway runs, on both public ports. */
final class TlsRenewalIT {
    private static final String REQUEST = "GET /nowhere HTTP/1.1\r\nhost: x\r\n\r\n";
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Instant before = now.minus(Duration.ofDays(1));

    @TempDir
    private static Path folder = Path.of("");

    private static TestStores stores;

    private final TlsParty first = TlsParty.valid(before, now.plus(Duration.ofDays(30)));
    private final TlsParty second = TlsParty.valid(before, now.plus(Duration.ofDays(60)));
    private IssuingGateways gateways;
    private Gateway gateway;
    private Path certificate = Path.of("");
    private Path key = Path.of("");
    private SSLSocketFactory client;

    @BeforeAll
    static void startServers() throws IOException {
        stores = new TestStores(folder);
    }

    @AfterAll
    static void stopServers() throws IOException {
        stores.close();
    }

    @BeforeEach
    void start() throws IOException, SQLException, GeneralSecurityException {
        stores.empty();
        gateways = new IssuingGateways(stores, Files.createTempDirectory(folder, "gateways"), now);
        certificate = gateways.folder().resolve("server.pem");
        key = gateways.folder().resolve("server.key");
        first.writeTo(certificate, key);
        TestConfig config =
                gateways.config().with("http.tls.certificate", "server.pem").with("http.tls.key", "server.key");
        gateway = gateways.start(config);
        client = TlsParty.clientOf(first, second);
    }

    @AfterEach
    void stop() {
        gateways.close();
    }

    private List<Integer> ports() {
        return List.of(gateway.port(), gateway.issuingPort());
    }

    private SSLSocket connect(int port) throws IOException {
        SSLSocket socket = (SSLSocket) client.createSocket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    /** What is shown to a client that knows the server from before, and to one that comes for the first time. */
    private boolean shows(TlsParty party, int port) {
        try {
            SSLSocketFactory stranger = TlsParty.clientOf(first, second);
            for (SSLSocketFactory sockets : List.of(client, stranger)) {
                try (SSLSocket socket = (SSLSocket) sockets.createSocket("127.0.0.1", port)) {
                    socket.setSoTimeout(20_000);
                    socket.startHandshake();
                    if (!socket.getSession().getPeerCertificates()[0].equals(party.certificate())) {
                        return false;
                    }
                }
            }
            return true;
        } catch (IOException | GeneralSecurityException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void assertAnswers(List<SSLSocket> kept) throws IOException {
        for (SSLSocket socket : kept) {
            assertThat(RawAnswer.to(socket, REQUEST).orElseThrow().status()).isEqualTo(404);
        }
    }

    private String ready() {
        URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/health/ready");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private double days() {
        return Pattern.compile("^passgate_tls_certificate_expiry_days (.*)$", Pattern.MULTILINE)
                .matcher(gateways.metrics(gateway))
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private void untilShown(TlsParty party) {
        for (int port : ports()) {
            SharedGateways.until("a new connection is by the new certificate", () -> shows(party, port));
        }
    }

    private void untilWarnedOf(String what) {
        SharedGateways.until(what + " is warned of", () -> ready().contains(what));
        assertThat(ready()).startsWith("{\"status\":\"up\"");
    }

    @Test
    void aNewPair_isShownToNewConnections_andOldOnesGoOn() throws IOException {
        List<SSLSocket> kept = new ArrayList<>();
        for (int port : ports()) {
            assertThat(shows(first, port)).isTrue();
            kept.add(connect(port));
        }
        assertAnswers(kept);
        assertThat(days()).isBetween(29.9, 30.0);

        second.writeTo(certificate, key);
        untilShown(second);

        assertAnswers(kept);
        for (SSLSocket socket : kept) {
            socket.close();
        }
        assertThat(days()).isBetween(59.9, 60.0);
        assertThat(ready()).doesNotContain("http.tls");
    }

    @Test
    void aKeyThatIsThereBeforeItsCertificate_doesNoHarm() throws IOException {
        try (CapturedLogs logs = new CapturedLogs()) {
            var _ = Files.writeString(key, second.keyPem());
            untilWarnedOf("http.tls.key: ");
            for (int port : ports()) {
                assertThat(shows(first, port)).isTrue();
            }
            assertThat(logs.lines())
                    .filteredOn(line -> line.contains("http.tls.key: "))
                    .singleElement()
                    .asString()
                    .contains("WARNING", "the certificate in use stays");
            Path fresh = Files.writeString(certificate.resolveSibling("fresh"), second.certificatePem());
            Files.move(fresh, certificate, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            untilShown(second);
            assertThat(ready()).doesNotContain("http.tls");
            assertThat(logs.lines())
                    .noneMatch(line -> line.contains(
                            second.keyPem().lines().skip(1).findFirst().orElseThrow()));
        }
    }

    @Test
    void whatIsBroken_orMissing_orOver_isLeft_andTheNextSoundOneIsTaken() throws IOException {
        var _ = Files.writeString(certificate, second.certificatePem().substring(0, 200));
        untilWarnedOf("http.tls.certificate: ");
        var _ = Files.writeString(certificate, "");
        untilWarnedOf("is empty");
        Files.delete(certificate);
        untilWarnedOf("is not there");
        TlsParty over = TlsParty.valid(before, now.minusSeconds(1));
        over.writeTo(certificate, key);
        untilWarnedOf("is not valid now");
        TlsParty early = TlsParty.valid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)));
        early.writeTo(certificate, key);
        untilWarnedOf("is not valid now");
        for (int port : ports()) {
            assertThat(shows(first, port)).isTrue();
        }
        assertThat(days()).isBetween(29.9, 30.0);
        second.writeTo(certificate, key);
        untilShown(second);
        assertThat(ready()).doesNotContain("http.tls");
    }
}

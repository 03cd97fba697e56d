package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.app.config.TestConfig;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.OddRequests;
import io.passgate.testing.RawAnswer;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.gateway.RunningGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets through to a gateway that asks for certificates. */
final class TlsTest {
    @TempDir
    private Path folder = Path.of("");

    /** A key and its self-signed certificate, which is its own authority. */
    private record Party(KeyPair keys, byte[] der) {
        static Party make() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            return new Party(keys, TestCertificate.named("XX").authority(keys));
        }

        Certificate certificate() throws GeneralSecurityException, IOException {
            try (InputStream in = new java.io.ByteArrayInputStream(der)) {
                return CertificateFactory.getInstance("X.509").generateCertificate(in);
            }
        }
    }

    private String pem(String name, String type, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                        folder.resolve(name),
                        "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n")
                .toString();
    }

    private static SSLSocketFactory client(Party server, Optional<Party> own)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", server.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyStore mine = KeyStore.getInstance("PKCS12");
        mine.load(null, null);
        if (own.isPresent()) {
            Certificate[] chain = {own.get().certificate()};
            mine.setKeyEntry("own", own.get().keys.getPrivate(), new char[0], chain);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(mine, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    /** The status of an answer over a socket of this kind; an error where the other end hangs up instead. */
    private static String ask(SocketFactory sockets, int port) throws IOException {
        try (Socket socket = sockets.createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /v1/signers HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 ")) {
                throw new IOException("no answer");
            }
            return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
        }
    }

    @Test
    void onlyAClientOfTheAuthority_getsThrough() throws Exception {
        Party server = Party.make();
        Party friend = Party.make();
        TestConfig config = RunningGateway.config()
                .with("http.tls.certificate", pem("server.pem", "CERTIFICATE", server.der))
                .with(
                        "http.tls.key",
                        pem(
                                "server.key",
                                "PRIVATE KEY",
                                server.keys.getPrivate().getEncoded()))
                .with("http.tls.clientCa", pem("clients.pem", "CERTIFICATE", friend.der));
        try (Gateway gateway = Gateway.start(config.build(), folder, false)) {
            int port = gateway.port();
            assertThat(ask(client(server, Optional.of(friend)), port)).isEqualTo("200");
            assertThatThrownBy(() -> ask(client(server, Optional.empty()), port))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ask(client(server, Optional.of(Party.make())), port))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ask(SocketFactory.getDefault(), port)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCertificateWithoutItsKey_isAMistake() {
        TestConfig half = RunningGateway.config().with("http.tls.certificate", "server.pem");
        assertThatThrownBy(half::build).hasMessageContaining("http.tls.key: ");
        TestConfig other = RunningGateway.config().with("http.tls.key", "server.key");
        assertThatThrownBy(other::build).hasMessageContaining("http.tls.certificate: ");
        TestConfig neither = RunningGateway.config().with("http.tls.clientCa", "clients.pem");
        assertThatThrownBy(neither::build).hasMessageContaining("http.tls.clientCa: ");
    }

    private Gateway open(Party server) throws IOException {
        TestConfig config = RunningGateway.config()
                .with("http.tls.certificate", pem("server.pem", "CERTIFICATE", server.der))
                .with(
                        "http.tls.key",
                        pem(
                                "server.key",
                                "PRIVATE KEY",
                                server.keys.getPrivate().getEncoded()));
        return Gateway.start(config.build(), folder, false);
    }

    @Test
    void aClient_negotiatesOnce() throws Exception {
        Party server = Party.make();
        try (Gateway gateway = open(server);
                SSLSocket socket =
                        (SSLSocket) client(server, Optional.empty()).createSocket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
            socket.startHandshake();
            assertThatThrownBy(() -> RawAnswer.to(socket, "GET /v1/signers HTTP/1.1\r\nhost: x\r\n\r\n")
                            .orElseThrow())
                    .isInstanceOfAny(SSLException.class, NoSuchElementException.class);
        }
    }

    @Test
    void underTls_everyAnswerSaysThatThereIsNothingElse() throws Exception {
        Party server = Party.make();
        try (Gateway gateway = open(server)) {
            for (String target : List.of("/v1/signers", "/nowhere", "/%zz", "/\u0001")) {
                try (Socket socket = client(server, Optional.empty()).createSocket("127.0.0.1", gateway.port())) {
                    RawAnswer answer = RawAnswer.to(socket, "GET " + target + " HTTP/1.1\r\nhost: x\r\n\r\n")
                            .orElseThrow();
                    assertThat(answer.headers())
                            .as(target)
                            .containsEntry("strict-transport-security", "max-age=31536000");
                }
            }
        }
    }

    @Test
    void whatIsNoTls_isNotAnswered_andNotLogged() throws Exception {
        try (CapturedLogs logs = new CapturedLogs();
                Gateway gateway = open(Party.make())) {
            for (String odd : OddRequests.all("x").values()) {
                assertThat(RawAnswer.to(gateway.port(), odd)).isEmpty();
            }
            assertThat(logs.lines()).noneMatch(line -> line.contains(OddRequests.NEEDLE) || line.contains("\tat "));
        }
    }
}

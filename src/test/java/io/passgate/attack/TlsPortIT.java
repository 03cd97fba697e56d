package io.passgate.attack;

import static io.passgate.attack.AttackedGateway.ATTACKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.attack.Manner.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link PublicPortIT} on a gateway that ends TLS itself, and speaks HTTP/2 to those who ask for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class TlsPortIT {
    private static final Duration ATTACK = Duration.ofSeconds(6);
    private static final String SOURCE = "127.0.0.3";
    private static final int FEW_BYTES = 4_096;
    private static final String DOCUMENT = Requests.get("/openapi.yaml");

    private final List<SSLSocket> attackers = new ArrayList<>();
    private TlsClients clients;

    @AutoClose
    private AttackedGateway gateway;

    private AttackedGateway.Memory before;

    @AutoClose
    private Bystander bystander;

    @AutoClose
    private HealthWatch health;

    private int port;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        clients = TlsClients.ofServerIn(folder);
        gateway = new AttackedGateway(folder, ", tls: {certificate: tls.pem, key: tls.key}", 0);
        port = gateway.port();
        String request = gateway.verification(AttackedGateway.BYSTANDER);
        bystander = new Bystander(
                patienceMs -> clients.wire(Bystander.ADDRESS, port).patience(patienceMs),
                () -> request,
                AttackedGateway::isAccepted);
        warmUp();
        bystander.settle();
        before = gateway.memory();
        health = gateway.health();
    }

    private void warmUp() throws IOException, InterruptedException {
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Wire wire = clients.wire(SOURCE, port);
            wires.add(wire);
            assertThat(wire.say(DOCUMENT).answer().status()).isEqualTo(200);
        }
        for (Wire wire : wires) {
            wire.close();
        }
        floods();
        streamsThatStayOpen();
        gateway.holdsAnswers();
        try (var _ = handshakesThatDoNotEnd().awaitArrival()) {
            bystander.settle();
        }
        leave();
        gateway.holdsNothing();
    }

    @AfterAll
    void leave() throws IOException {
        for (SSLSocket attacker : attackers) {
            if (!attacker.isClosed()) {
                attacker.setSoLinger(true, 0);
            }
            attacker.close();
        }
        attackers.clear();
    }

    private SSLSocket attacker(String version, String application) throws IOException {
        SSLSocket socket = clients.connect(SOURCE, port, version, application, FEW_BYTES);
        attackers.add(socket);
        return socket;
    }

    /** Writes for as long as the other end takes it. */
    private static void flood(SSLSocket socket, byte[] bytes, int times) {
        var _ = Thread.ofPlatform().name("flood").daemon().start(() -> {
            try {
                for (int i = 0; i < times; i++) {
                    socket.getOutputStream().write(bytes);
                }
            } catch (IOException gone) {
                // The gateway has closed it.
            }
        });
    }

    @Test
    @Order(1)
    void answersAskedForWithoutEnd_andNeverRead() throws IOException, InterruptedException {
        floods();
        isHarmless();
    }

    private void floods() throws IOException {
        for (int i = 0; i < 3; i++) {
            flood(attacker("TLSv1.3", "http/1.1"), Requests.bytes(DOCUMENT.repeat(100)), 600);
            flood(
                    attacker("TLSv1.2", "http/1.1"),
                    Requests.bytes(Requests.get("/x").repeat(100)),
                    10_000);
        }
    }

    @Test
    @Order(2)
    void streamsOfHttp2_whoseWindowIsNeverOpened() throws IOException, InterruptedException {
        streamsThatStayOpen();
        isHarmless();
    }

    private void streamsThatStayOpen() throws IOException {
        for (int i = 0; i < 50; i++) {
            SSLSocket socket = attacker("TLSv1.3", "h2");
            socket.getOutputStream().write(Http2.PREFACE);
            socket.getOutputStream().write(Http2.settings(0));
            ByteArrayOutputStream streams = new ByteArrayOutputStream();
            for (int stream = 1; stream < 200; stream += 2) {
                streams.writeBytes(Http2.get(stream, "/openapi.yaml"));
            }
            flood(socket, streams.toByteArray(), 1);
        }
    }

    @Test
    @Order(3)
    void streamsOfHttp2_thatAreResetAgainAndAgain() throws IOException, InterruptedException {
        for (int i = 0; i < 4; i++) {
            SSLSocket socket = attacker("TLSv1.3", "h2");
            socket.getOutputStream().write(Http2.PREFACE);
            socket.getOutputStream().write(Http2.settings(0));
            ByteArrayOutputStream streams = new ByteArrayOutputStream();
            for (int stream = 1; stream < 20_000; stream += 2) {
                streams.writeBytes(Http2.get(stream, "/openapi.yaml"));
                streams.writeBytes(Http2.reset(stream));
            }
            flood(socket, streams.toByteArray(), 1);
        }
        isHarmless();
    }

    @Test
    @Order(4)
    void handshakesThatAreBegunAndNotEnded() throws IOException, InterruptedException {
        try (var _ = handshakesThatDoNotEnd().awaitArrival();
                Crowd silent = new Crowd(port, Manner.saying("", 1, Reading.ALL), 1_000, 130, 20).awaitArrival();
                Churn churn = new Churn(port, List.of("", "\u0016\u0003\u0001\u0002", DOCUMENT), 200)) {
            bystander.isServedFor(ATTACK);
            assertThat(churn.came()).isPositive();
            assertThat(silent.connected()).isPositive();
        }
    }

    private Crowd handshakesThatDoNotEnd() throws IOException {
        Manner aHelloThatDoesNotCome = Manner.trickling("\u0016\u0003\u0001\u0002\u0000\u0001", "\u0000");
        return new Crowd(port, aHelloThatDoesNotCome, 1_000, 100, 20);
    }

    @Test
    @Order(5)
    void handshakesAnew_areRefused() throws IOException, InterruptedException {
        SSLSocket socket = attacker("TLSv1.2", "http/1.1");
        Wire wire = new Wire(socket);
        assertThat(wire.say(Requests.get("/v1/signers")).answer().status()).isEqualTo(200);
        int handshakes = 0;
        try {
            for (; handshakes < 5; handshakes++) {
                byte[] sessionBefore = socket.getSession().getId();
                socket.startHandshake();
                var _ = wire.say(Requests.get("/v1/signers")).answer();
                assertThat(socket.getSession().getId()).as("no new handshake").isEqualTo(sessionBefore);
            }
        } catch (IOException refused) {
            assertThat(handshakes).as("handshakes before it was refused").isZero();
        }
        isHarmless();
    }

    private void isHarmless() throws IOException, InterruptedException {
        bystander.isServedFor(ATTACK);
        leave();
        health.isTrue();
    }

    @Test
    @Order(6)
    void afterwards_itsMemoryIsWhatItWas() throws IOException, InterruptedException {
        gateway.memoryIsAgain(before, Duration.ofSeconds(60));
        bystander.isServed();
        health.isTrue();
    }

    @Test
    @Order(7)
    void afterwards_itsLogIsShort_andQuotesNothing() throws IOException {
        assertThat(gateway.log()).doesNotContain(ATTACKER, "\tat ", "Exception");
        assertThat(gateway.log().lines().count()).isLessThan(60);
    }

    @Test
    @Order(8)
    void inTheMiddleOfAnAttack_itStopsInTime() throws IOException, InterruptedException {
        bystander.close();
        health.close();
        answersThatNobodyReads();
        gateway.holdsAnswers();
        gateway.process.stop();
        assertThat(gateway.process.hasEnded(AttackedGateway.SHUTDOWN_PATIENCE.plusSeconds(3)))
                .as(gateway.log())
                .isTrue();
    }

    private void answersThatNobodyReads() throws IOException {
        for (int i = 0; i < 3; i++) {
            flood(attacker("TLSv1.3", "http/1.1"), Requests.bytes(DOCUMENT.repeat(100)), 600);
            SSLSocket streams = attacker("TLSv1.3", "h2");
            streams.getOutputStream().write(Http2.PREFACE);
            streams.getOutputStream().write(Http2.settings(0));
            streams.getOutputStream().write(Http2.get(1, "/openapi.yaml"));
        }
    }
}

package io.passgate.attack;

import static io.passgate.attack.AttackedGateway.ATTACKER;
import static io.passgate.attack.AttackedGateway.BYSTANDER;
import static io.passgate.attack.AttackedGateway.isAccepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.attack.Manner.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway with little memory on a port that everybody reaches, under one attack after the other. All the while
 * another client is served within a second, and health is told truly; afterwards its memory is what it was, and it
 * stops in time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PublicPortIT {
    private static final Duration ATTACK = Duration.ofSeconds(8);
    private static final Duration WARMING = Duration.ofSeconds(3);

    /** No request takes longer, however slowly it comes and its answer is taken. */
    private static final long LONGEST_MS = 100_000;

    private static final long DRAINED_MS = 5_000;

    private static final String DOCUMENT = Requests.get("/openapi.yaml");
    private static final String NEEDLE = Requests.NEEDLE;

    private final Map<String, Crowd> slow = new LinkedHashMap<>();

    @AutoClose
    private AttackedGateway gateway;

    private AttackedGateway.Memory before;

    @AutoClose
    private Bystander bystander;

    @AutoClose
    private HealthWatch health;

    private int port;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        gateway = new AttackedGateway(folder);
        port = gateway.port();
        bystander = gateway.bystander();
        before = warmUp();
        health = gateway.health();
        beginSlowly();
    }

    @AfterAll
    void end() throws IOException {
        for (Crowd crowd : slow.values()) {
            crowd.close();
        }
    }

    @AfterEach
    void healthWasTrue() throws InterruptedException {
        health.isTrue();
    }

    /**
     * What a gateway does every day, and one bad minute with every kind of attack. A pool keeps a piece or gives it back as
     * chance has it, 128 KiB or for some sizes 512; what may be in use is the most that was after any of them.
     */
    private AttackedGateway.Memory warmUp() throws IOException, InterruptedException {
        String batch = Requests.post("/v1/verifications", ATTACKER, Requests.payloads(gateway.card(), 100));
        try (Wire wire = Wire.to(port)) {
            for (int i = 0; i < 30; i++) {
                assertThat(isAccepted(wire.say(batch).answer())).isTrue();
                assertThat(wire.say(DOCUMENT).answer().status()).isEqualTo(200);
            }
        }
        bystander.settle();
        AttackedGateway.Memory most = gateway.memory();
        try (var _ = comingAndGoing();
                var _ = withLargeBodies();
                var _ = costlyPayloads()) {
            bystander.asksFor(WARMING);
        }
        most = most.orMore(passed(documentsWithoutEnd()));
        most = most.orMore(passed(floodOfTinyAnswers()));
        most = most.orMore(passed(verificationsWithoutEnd()));
        most = most.orMore(passed(manySlowReaders()));
        most = most.orMore(passed(announcedBodies()));
        most = most.orMore(passed(HostilePort.crowds(port, ATTACKER, 2_000)));
        bystander.settle();
        return most.orMore(gateway.memory());
    }

    /** What is in use after an attack. */
    private AttackedGateway.Memory passed(Crowds attack) throws IOException, InterruptedException {
        try (attack) {
            var _ = attack.awaitArrival();
            bystander.asksFor(WARMING);
        }
        gateway.holdsNothing();
        return gateway.memory();
    }

    /** What goes on slowly for as long as it may, beside everything else. */
    private void beginSlowly() throws IOException {
        String trickled = "a";
        String head = "GET /" + NEEDLE + " HTTP/1.1\r\nhost: gateway\r\nx: ";
        slow("a header that does not end", Manner.trickling(head, trickled));
        slow("headers that do not end", Manner.trickling("GET / HTTP/1.1\r\n", "x: y\r\n"));
        slow("a request line that does not end", Manner.trickling("GET /" + NEEDLE, trickled));
        slow("empty lines that do not end", Manner.trickling("", "\r\n"));
        String length = "content-length: 1000\r\n";
        slow("a body", Manner.trickling(Requests.head("/v1/verifications", ATTACKER, length), " "));
        String chunked = "transfer-encoding: chunked\r\n";
        slow("chunks", Manner.trickling(Requests.head("/v1/verifications", ATTACKER, chunked), "1\r\n \r\n"));
        slow("a body after a 401", Manner.trickling(Requests.head("/v1/verifications", NEEDLE, length), " "));
        slow("a body after a 404", Manner.trickling(Requests.head("/" + NEEDLE, ATTACKER, length), " "));
        slow("a body after a 405", Manner.trickling(Requests.head("/openapi.yaml", ATTACKER, length), " "));
        slow("a body after a 200", Manner.trickling(DOCUMENT.replace("\r\n\r\n", "\r\n" + length + "\r\n"), " "));
        slow(
                "a body after a 413",
                Manner.trickling(Requests.head("/v1/verifications", ATTACKER, "content-length: 99000000\r\n"), " "));
        slow(
                "a body after a 415",
                Manner.trickling(
                        Requests.head("/v1/verifications", ATTACKER, length).replace("application/json", "text/x"),
                        " "));
        slow(
                "trailers that do not end",
                Manner.trickling(
                        Requests.head("/v1/verifications", ATTACKER, chunked) + "2\r\n{}\r\n0\r\n", "x: y\r\n"));
        slow(
                "a chunk extension that does not end",
                Manner.trickling(Requests.head("/v1/verifications", ATTACKER, chunked) + "2;a=", trickled));
        slow("an answer taken slowly", Manner.saying(DOCUMENT, 1_000, Reading.SLOWLY));
        slow(
                "half closed",
                Manner.saying("GET / HTTP/1.1\r\n", 1, Reading.NOTHING).halfClosed());
    }

    private void slow(String name, Manner manner) throws IOException {
        var _ = slow.put(name, new Crowd(port, manner, 5));
    }

    private Crowds unread(String request, int repeated, int connections, Reading reading) throws IOException {
        return new Crowds().add(new Crowd(port, Manner.saying(request, repeated, reading), connections));
    }

    private void isHarmless(Crowds attack) throws IOException, InterruptedException {
        try (attack) {
            bystander.isServedFor(ATTACK);
        }
    }

    @Test
    @Order(1)
    void aDocumentAskedForWithoutEnd_andNeverRead() throws IOException, InterruptedException {
        isHarmless(documentsWithoutEnd());
    }

    private Crowds documentsWithoutEnd() throws IOException {
        return unread(DOCUMENT, 60_000, 3, Reading.NOTHING);
    }

    @Test
    @Order(2)
    void tinyAnswersAskedForWithoutEnd_andNeverRead() throws IOException, InterruptedException {
        isHarmless(floodOfTinyAnswers());
    }

    private Crowds floodOfTinyAnswers() throws IOException {
        return unread(Requests.get("/" + NEEDLE), 1_000_000, 8, Reading.NOTHING)
                .add(new Crowd(
                        port, Manner.saying("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n", 1_000_000, Reading.NOTHING), 4))
                .add(new Crowd(port, Manner.saying(Requests.get("/v1/signers"), 1_000_000, Reading.NOTHING), 4));
    }

    @Test
    @Order(3)
    void verificationsAskedForWithoutEnd_andNeverRead() throws IOException, InterruptedException {
        isHarmless(verificationsWithoutEnd());
    }

    private Crowds verificationsWithoutEnd() throws IOException {
        String many = Requests.post("/v1/verifications", ATTACKER, Requests.payloads("x", 1_000));
        return unread(gateway.verification(ATTACKER), 1_000_000, 20, Reading.NOTHING)
                .add(new Crowd(port, Manner.saying(many, 1_000, Reading.NOTHING), 20));
    }

    @Test
    @Order(4)
    void answersOfManyConnections_thatAreTakenSlowlyOrNotToTheEnd() throws IOException, InterruptedException {
        isHarmless(manySlowReaders());
    }

    private Crowds manySlowReaders() throws IOException {
        return unread(DOCUMENT, 100, 1_000, Reading.SLOWLY)
                .add(new Crowd(port, Manner.saying(DOCUMENT, 100, Reading.THE_BEGINNING), 1_000, 30, 10))
                .add(new Crowd(port, Manner.saying(DOCUMENT, 1, Reading.NOTHING), 1_000, 50, 10));
    }

    @Test
    @Order(5)
    void connectionsThatComeAndGo() throws IOException, InterruptedException {
        try (Churn churn = comingAndGoing()) {
            bystander.isServedFor(ATTACK);
            assertThat(churn.came()).isGreaterThan(1_000);
        }
    }

    private Churn comingAndGoing() {
        List<String> said = List.of(
                "",
                "G",
                DOCUMENT,
                DOCUMENT.repeat(20),
                Requests.head("/v1/verifications", ATTACKER, "content-length: 1000\r\n") + "{",
                gateway.verification(ATTACKER));
        return new Churn(port, said, 2_000);
    }

    @Test
    @Order(6)
    void bodiesThatAreAnnouncedAndDoNotCome() throws IOException, InterruptedException {
        try (Crowds crowds = announcedBodies().awaitArrival();
                Bystander withLargeBodies = withLargeBodies()) {
            bystander.isServedFor(Duration.ofSeconds(15));
            withLargeBodies.isServed();
            assertThat(crowds.toString()).contains("24 of 24 came");
        }
    }

    private Bystander withLargeBodies() {
        String spaces = " ".repeat(1 << 20);
        String request = Requests.post(
                "/v1/verifications",
                BYSTANDER,
                Requests.payloads(gateway.card(), 1).replace("]", "]" + spaces));
        return new Bystander(port, () -> request, AttackedGateway::isAccepted);
    }

    private Crowds announcedBodies() throws IOException {
        String large = Requests.head("/v1/verifications", ATTACKER, "content-length: 5242880\r\n") + "{";
        String unknown = Requests.head("/v1/verifications", ATTACKER, "transfer-encoding: chunked\r\n") + "1\r\n{\r\n";
        return unread(large, 1, 24, Reading.ALL).add(new Crowd(port, Manner.saying(unknown, 1, Reading.ALL), 24));
    }

    @Test
    @Order(7)
    void payloadsThatCostMuch() throws IOException, InterruptedException {
        try (Sender sender = costlyPayloads()) {
            bystander.isServedFor(Duration.ofSeconds(10));
            assertThat(sender.answered()).isGreaterThan(50);
        }
    }

    private Sender costlyPayloads() throws IOException {
        List<String> requests = CostlyPayloads.of(gateway).stream()
                .map(payload -> Requests.post("/v1/verifications", ATTACKER, Requests.payloads(payload, 1_024)))
                .toList();
        return new Sender(port, requests, 20);
    }

    @Test
    @Order(8)
    void thousandsOfSilentConnections() throws IOException, InterruptedException {
        int count = (int) Math.min(15_000, Descriptors.most() - 2_000);
        Manner silent = Manner.saying("", 1, Reading.ALL);
        try (Crowd crowd = new Crowd(port, silent, count, 100, 100).awaitArrival()) {
            bystander.isServedFor(ATTACK);
            assertThat(crowd.connected()).isGreaterThan(count / 10);
        }
    }

    /** As {@code bench/run.sh hostile-port}, at a rate that any machine can do: here the answers are looked at only. */
    @Test
    @Order(9)
    void twoThousandThatSendSlowly_orNeverRead_orComeAndGo() throws IOException, InterruptedException {
        try (var _ = HostilePort.crowds(port, ATTACKER, 2_000).awaitArrival();
                Sender sender = new Sender(port, List.of(gateway.verification(BYSTANDER)), 200)) {
            bystander.isServedFor(ATTACK);
            sender.close();
            assertThat(sender.failed()).isZero();
            assertThat(sender.accepted()).isEqualTo(sender.answered()).isGreaterThan(1_000);
        }
    }

    @Test
    @Order(10)
    void whatGoesOnSlowly_hasAnEnd() throws InterruptedException {
        for (Map.Entry<String, Crowd> crowd : slow.entrySet()) {
            var _ = crowd.getValue().hasEnded(LONGEST_MS - crowd.getValue().ageMs());
            assertThat(crowd.getValue().drain().hasEnded(DRAINED_MS))
                    .as("%s: %s", crowd.getKey(), crowd.getValue())
                    .isTrue();
        }
        bystander.isServed();
    }

    @Test
    @Order(11)
    void afterwards_itsMemoryIsWhatItWas() throws IOException, InterruptedException {
        gateway.memoryIsAgain(before, Duration.ofSeconds(60));
        bystander.isServed();
    }

    @Test
    @Order(12)
    void afterwards_itsLogIsShort_andQuotesNothing() throws IOException {
        assertThat(gateway.log()).doesNotContain(NEEDLE, ATTACKER, BYSTANDER, "\tat ", "Exception");
        assertThat(gateway.log().lines().count()).isLessThan(100);
    }

    @Test
    @Order(13)
    void inTheMiddleOfAnAttack_itStopsInTime() throws IOException, InterruptedException {
        bystander.close();
        health.close();
        try (Crowds crowds = unread(DOCUMENT, 60_000, 3, Reading.NOTHING)
                .add(new Crowd(port, Manner.saying(gateway.verification(ATTACKER), 100_000, Reading.NOTHING), 20))
                .add(new Crowd(port, Manner.saying(DOCUMENT, 10, Reading.SLOWLY), 100))
                .add(new Crowd(port, Manner.saying("", 1, Reading.ALL), 1_000))
                .add(new Crowd(port, Manner.trickling("GET / HTTP/1.1\r\nx:", "a"), 100))
                .add(new Crowd(
                        port,
                        Manner.trickling(Requests.head("/v1/verifications", ATTACKER, "content-length: 900\r\n"), " "),
                        100))
                .awaitArrival()) {
            gateway.holdsAnswers();
            gateway.process.stop();
            assertThat(gateway.process.hasEnded(AttackedGateway.SHUTDOWN_PATIENCE.plusSeconds(3)))
                    .as("%s%n%s", crowds, gateway.log())
                    .isTrue();
        }
    }
}

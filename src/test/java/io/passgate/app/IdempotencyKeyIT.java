package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways.Answer;
import io.passgate.testing.gateway.KeyedCheckIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One Idempotency-Key and many requests, over a real PostgreSQL and a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IdempotencyKeyIT {
    private static final int TRIALS = 50;

    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private KeyedCheckIns doors;

    @BeforeAll
    void startServers() throws IOException {
        stores = new TestStores(folder);
    }

    @AfterAll
    void stopServers() throws IOException {
        stores.close();
    }

    @BeforeEach
    void empty() throws IOException, SQLException, InvalidConfig {
        doors = new KeyedCheckIns(stores, Files.createTempDirectory(folder, "gateways"));
    }

    @AfterEach
    void close() {
        doors.close();
    }

    @Test
    void aKeyWithOtherPayloads_isAProblem_atAnyGateway_andUsesNothingUp() throws SQLException {
        int here = doors.gateway();
        int there = doors.gateway();
        String key = KeyedCheckIns.key();
        String first = doors.pass();
        assertThat(doors.saidTo(here, key, first)).containsExactly("accepted");
        List<String> others = doors.passes(40);
        Answer one = doors.ask(there, key, others.getFirst());
        assertThat(one.status()).as("%s", one).isEqualTo(422);
        assertThat(one.problem()).isEqualTo("idempotency-key-reused");
        assertThat(one.toString()).doesNotContain(key).doesNotContain(others.getFirst());
        assertThat(KeyedCheckIns.said(doors.ask(here, key, others.toArray(String[]::new))))
                .containsExactly("422 idempotency-key-reused");
        assertThat(doors.saidTo(here, key, first)).as("the first request").containsExactly("accepted", "repeated");
        assertThat(KeyedCheckIns.said(doors.ask(there, KeyedCheckIns.key(), others.toArray(String[]::new))))
                .as("nothing was used up")
                .hasSize(40)
                .containsOnly("accepted");
        assertThat(doors.rows()).isEqualTo(41);
    }

    @Test
    void aConstantKey_letsAPassInOnce_whateverComesWithIt() throws SQLException {
        int here = doors.gateway();
        String pass = doors.pass();
        List<String> companions = doors.passes(4);
        assertThat(doors.saidTo(here, "constant", pass)).containsExactly("accepted");
        List<List<String>> others = List.of(
                List.of(pass, companions.get(0)),
                List.of(companions.get(1), pass),
                List.of(pass, companions.get(2), companions.get(3)),
                List.of(pass, pass),
                List.of(pass, "HC1:nothing"),
                List.of(pass, ""));
        for (List<String> other : others) {
            assertThat(doors.saidTo(here, "constant", other.toArray(String[]::new)))
                    .containsExactly("422 idempotency-key-reused");
        }
        for (String companion : companions) {
            assertThat(doors.saidTo(here, KeyedCheckIns.key(), companion)).containsExactly("accepted");
        }
        assertThat(doors.saidTo(here, KeyedCheckIns.key(), pass)).containsExactly("already_used");
        assertThat(doors.rows()).isEqualTo(5);
    }

    @Test
    void thePayloadsInAnotherOrder_orMoreOrFewer_areOthers() throws SQLException {
        int here = doors.gateway();
        String key = KeyedCheckIns.key();
        List<String> three = doors.passes(3);
        assertThat(doors.saidTo(here, key, three.get(0), three.get(1), three.get(2)))
                .containsExactly("accepted", "accepted", "accepted");
        List<List<String>> others = new ArrayList<>(List.of(
                List.of(three.get(2), three.get(1), three.get(0)),
                three.subList(0, 2),
                three.subList(1, 3),
                three.subList(2, 3)));
        others.add(Stream.concat(three.stream(), Stream.of(doors.pass())).toList());
        for (List<String> other : others) {
            assertThat(doors.saidTo(here, key, other.toArray(String[]::new)))
                    .containsExactly("422 idempotency-key-reused");
        }
        assertThat(doors.saidTo(here, key, three.get(0), three.get(1), three.get(2)))
                .containsExactly("accepted", "accepted", "accepted", "repeated");
        assertThat(doors.rows()).isEqualTo(3);
    }

    @Test
    void theSameRequestAgain_getsTheSameResults_alsoWhereSomeWereRefused() throws SQLException {
        int here = doors.gateway();
        int there = doors.gateway();
        String used = doors.pass();
        assertThat(doors.saidTo(here, KeyedCheckIns.key(), used)).containsExactly("accepted");
        String expired = doors.provider.pass(doors.country.time.instant().minusSeconds(60));
        String pass = doors.pass();
        String[] mixed = {
            expired, pass, "HC1:nothing", pass, used, TestProvider.withBrokenSignature(doors.pass()), doors.pass()
        };
        String key = KeyedCheckIns.key();
        Answer first = doors.ask(here, key, mixed);
        assertThat(first.json().containsKey("repeated")).isFalse();
        assertThat(KeyedCheckIns.said(first)).filteredOn("accepted"::equals).hasSize(2);
        assertThat(KeyedCheckIns.said(first)).filteredOn("already_used"::equals).hasSize(2);
        for (int port : List.of(there, here)) {
            Answer again = doors.ask(port, key, mixed);
            assertThat(again.json().getBoolean("repeated")).isTrue();
            assertThat(again.json().getJsonArray("results"))
                    .isEqualTo(first.json().getJsonArray("results"));
        }
        assertThat(doors.rows()).isEqualTo(3);
    }

    @Test
    void aWalletCertificateWithOneKeyTwice_isOneVisit_andWithAnotherASecondOne() throws SQLException {
        int here = doors.gateway();
        String key = KeyedCheckIns.key();
        String certificate = doors.certificate();
        assertThat(doors.saidTo(here, key, certificate)).containsExactly("accepted");
        assertThat(doors.saidTo(here, key, certificate)).containsExactly("accepted", "repeated");
        assertThat(doors.saidTo(here, key, doors.anotherCertificate())).containsExactly("422 idempotency-key-reused");
        assertThat(doors.rows()).isEqualTo(1);
        assertThat(doors.saidTo(here, KeyedCheckIns.key(), certificate)).containsExactly("accepted");
        assertThat(doors.rows()).isEqualTo(2);
    }

    @Test
    void aPayloadAsAScannerLeavesIt_isTheSamePayload() throws SQLException {
        int here = doors.gateway();
        String pass = doors.pass();
        assertThat(doors.saidTo(here, "1", pass)).containsExactly("accepted");
        assertThat(doors.saidTo(here, "1", "\ufeff" + pass + "\r\n")).containsExactly("accepted", "repeated");
        assertThat(doors.rows()).isEqualTo(1);
    }

    @Test
    void oneKeyOfTwoFacilities_isTwoKeys() {
        int here = doors.gateway();
        String pass = doors.pass();
        assertThat(doors.saidTo(here, "1", pass)).containsExactly("accepted");
        assertThat(KeyedCheckIns.said(
                        doors.country.checkIn(here, "cinema", "1", KeyedCheckIns.NONE, List.of(doors.pass()))))
                .containsExactly("accepted");
        assertThat(doors.saidTo(here, "1", pass)).containsExactly("accepted", "repeated");
    }

    @Test
    void aKeyUnderWhichNothingWasAccepted_isStillFree() {
        int here = doors.gateway();
        assertThat(doors.saidTo(here, "1", "HC1:nothing")).doesNotContain("accepted");
        assertThat(doors.saidTo(here, "1", doors.pass())).containsExactly("accepted");
    }

    @Test
    void oneRequestManyTimesAtOnce_isAcceptedEachTime_andNewOnce() throws SQLException {
        List<Integer> gateways = List.of(doors.gateway(), doors.gateway());
        for (int trial = 0; trial < TRIALS; trial++) {
            String key = KeyedCheckIns.key();
            String[] two = doors.passes(2).toArray(String[]::new);
            List<List<String>> all = atOnce(IntStream.range(0, 4)
                    .mapToObj(i -> new Asked(gateways.get(i % 2), key, two))
                    .toList());
            assertThat(all)
                    .as("trial %d", trial)
                    .allMatch(said -> said.subList(0, 2).equals(List.of("accepted", "accepted")));
            assertThat(all).filteredOn(said -> said.size() == 2).as("new").hasSizeLessThan(2);
            String single = KeyedCheckIns.key();
            String pass = doors.pass();
            assertThat(atOnce(IntStream.range(0, 4)
                            .mapToObj(i -> new Asked(gateways.get(i % 2), single, new String[] {pass}))
                            .toList()))
                    .containsOnlyOnce(List.of("accepted"))
                    .filteredOn(List.of("accepted", "repeated")::equals)
                    .hasSize(3);
        }
        assertThat(doors.rows()).isEqualTo(3 * TRIALS);
    }

    @Test
    void manyRequestsWithOneKeyAtOnce_oneIsTaken_andTheOthersUseNothingUp() throws SQLException {
        List<Integer> gateways = List.of(doors.gateway(), doors.gateway());
        for (int trial = 0; trial < TRIALS; trial++) {
            String key = KeyedCheckIns.key();
            String pass = doors.pass();
            List<String> companions = doors.passes(8);
            List<List<String>> all = atOnce(IntStream.range(0, 4)
                    .mapToObj(i -> new Asked(gateways.get(i % 2), key, new String[] {
                        pass, companions.get(2 * i), companions.get(2 * i + 1)
                    }))
                    .toList());
            assertThat(all)
                    .as("trial %d", trial)
                    .containsOnlyOnce(List.of("accepted", "accepted", "accepted"))
                    .filteredOn(List.of("422 idempotency-key-reused")::equals)
                    .hasSize(3);
            assertThat(KeyedCheckIns.said(
                            doors.ask(gateways.getFirst(), KeyedCheckIns.key(), companions.toArray(String[]::new))))
                    .as("companions of trial %d", trial)
                    .filteredOn("accepted"::equals)
                    .hasSize(6);
        }
        assertThat(doors.rows()).isEqualTo(9 * TRIALS);
    }

    private record Asked(int port, String key, String[] payloads) {}

    private List<List<String>> atOnce(List<Asked> requests) {
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<CompletableFuture<List<String>>> under = requests.stream()
                    .map(one ->
                            CompletableFuture.supplyAsync(() -> doors.saidTo(one.port, one.key, one.payloads), threads))
                    .toList();
            return under.stream().map(CompletableFuture::join).toList();
        }
    }
}

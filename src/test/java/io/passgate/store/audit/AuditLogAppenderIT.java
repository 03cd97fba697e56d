package io.passgate.store.audit;

import static io.passgate.store.audit.AuditFixture.events;
import static io.passgate.store.feed.ChangeFeedFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.store.StoreException;
import io.passgate.store.feed.AdminCommands;
import io.passgate.store.feed.ChangeFeedFixture;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestStores;
import io.passgate.trust.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is to be audited gets into the chain once, and the chain's head out of the database. */
final class AuditLogAppenderIT {
    @TempDir
    private static Path folder = Path.of("");

    private static TestStores stores;
    private AuditFixture audit;

    @BeforeAll
    static void start() throws IOException {
        stores = new TestStores(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        stores.close();
    }

    @BeforeEach
    void begin() throws IOException, SQLException {
        audit = new AuditFixture(stores);
    }

    @AfterEach
    void end() {
        audit.close();
    }

    @Test
    void whatIsPending_isMovedExactlyOnce_byTwoNotariesAtOnce() throws InterruptedException, SQLException {
        audit.pend(events(1_200));
        Thread one =
                Thread.ofPlatform().start(() -> audit.appender(Optional.empty()).round());
        Thread other =
                Thread.ofPlatform().start(() -> audit.appender(Optional.empty()).round());
        one.join();
        other.join();
        assertThat(stores.number("SELECT count(*) FROM audit_pending")).isZero();
        assertThat(stores.number("SELECT count(DISTINCT detail) FROM audit")).isEqualTo(1_200);
        assertThat(stores.number("SELECT count(*) FROM audit")).isEqualTo(1_200);
        assertThat(audit.faults()).isEmpty();
    }

    @Test
    void theHead_isWrittenAtOnce_andThenEveryHour() throws IOException {
        Path file = folder.resolve("heads-" + System.nanoTime());
        AuditLogAppender appender = audit.appender(Optional.of(file));
        audit.append(2);
        appender.round();
        appender.round();
        audit.time.advance(Duration.ofMinutes(59));
        appender.round();
        assertThat(Files.readAllLines(file)).hasSize(1).first().asString().contains("\"sequence\":2,");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        audit.time.advance(Duration.ofMinutes(1));
        audit.append(1);
        appender.round();
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("\"sequence\":3,");
    }

    @Test
    void aHeadsFileWhoseLastLineWasCutOff_takesTheNextOneWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("heads-" + System.nanoTime()), "{\"sequence\":1,\"ma");
        audit.append(2);
        audit.appender(Optional.of(file)).round();
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().startsWith("{\"sequence\":2,");
    }

    @Test
    void aHeadsFileThatCannotBeWritten_isTriedAgainAtTheNextRound() throws IOException {
        Path missing = folder.resolve("missing-" + System.nanoTime());
        AuditLogAppender appender = audit.appender(Optional.of(missing.resolve("heads")));
        appender.round();
        var _ = Files.createDirectory(missing);
        appender.round();
        assertThat(Files.readAllLines(missing.resolve("heads"))).hasSize(1);
    }

    @Test
    void whatWaits_isCountedAndTimed_whileItCannotBeMoved() throws SQLException {
        AuditLogAppender appender = audit.appender(Optional.empty());
        audit.pend(events(2));
        stores.sql("ALTER TABLE audit_head RENAME TO audit_head_away");
        stores.sql("CREATE VIEW audit_head AS SELECT sequence, mac FROM audit_head_away LIMIT 1");
        audit.time.advance(Duration.ofMinutes(2));
        assertThatThrownBy(appender::round).isInstanceOf(StoreException.class);
        assertThat(appender.pending()).isEqualTo(2);
        assertThat(appender.waiting()).isBetween(Duration.ofSeconds(119), Duration.ofSeconds(121));
        stores.sql("DROP VIEW audit_head");
        stores.sql("ALTER TABLE audit_head_away RENAME TO audit_head");
        appender.round();
        assertThat(appender.pending()).isZero();
        assertThat(appender.waiting()).isZero();
        assertThat(appender.sequence()).isEqualTo(2);
    }

    @Test
    void aDeviceThatTheVersionBeforeRegisters_isAuditedAsWell() throws SQLException {
        stores.sql("INSERT INTO device_registration (provider, consent, thumbprint, registered_at)"
                + " VALUES ('kakao', decode(repeat('fb', 16), 'hex'), 'print', timestamptz '2021-07-12 12:00+09')");
        audit.appender(Optional.empty()).round();
        assertThat(stores.texts("SELECT kind || ' ' || actor || ' ' || detail FROM audit"))
                .containsExactly(
                        "device_registered kakao {\"consent\":\"-_v7-_v7-_v7-_v7-_v7-w\",\"thumbprint\":\"print\"}");
        assertThat(audit.faults()).isEmpty();
    }

    @Test
    void aSigner_isAuditedWhereItReallyWasAddedOrRemoved_withWhoAsked() throws SQLException {
        Signer signer = TestIssuer.trusting(TestIssuer.ec256("XX")).signers().getFirst();
        try (ChangeFeedFixture fixture = new ChangeFeedFixture(stores)) {
            AdminCommands adminCommands = fixture.started().authority();
            for (int i = 0; i < 2; i++) {
                assertThat(await(adminCommands.addSigners("admin", List.of(signer))))
                        .isEmpty();
            }
            assertThat(await(adminCommands.removeSigners("another", List.of(signer.id()))))
                    .isOne();
            assertThat(await(adminCommands.removeSigners("another", List.of(signer.id()))))
                    .isZero();
        }
        audit.appender(Optional.empty()).round();
        assertThat(stores.texts("SELECT kind || ' ' || actor FROM audit ORDER BY sequence"))
                .containsExactly("key_added admin", "key_removed another");
        assertThat(stores.texts("SELECT detail FROM audit")).allMatch(detail -> detail.contains(signer.id()));
        assertThat(audit.faults()).isEmpty();
    }
}

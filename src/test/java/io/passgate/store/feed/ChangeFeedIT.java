package io.passgate.store.feed;

import static io.passgate.store.feed.ChangeFeedFixture.await;
import static io.passgate.store.feed.ChangeFeedFixture.grant;
import static io.passgate.store.feed.ChangeFeedFixture.isRevoked;
import static io.passgate.store.feed.ChangeFeedFixture.readTo;
import static io.passgate.store.feed.ChangeFeedFixture.revocation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.model.Kid;
import io.passgate.store.Migrations;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestStores;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustList;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is changed at one gateway is known at another, through the real stores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChangeFeedIT {
    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private ChangeFeedFixture fixture;

    @BeforeAll
    void startServers() throws IOException {
        stores = new TestStores(folder);
    }

    @AfterAll
    void stopServers() throws IOException {
        stores.close();
    }

    @BeforeEach
    void empty() throws IOException, SQLException {
        stores.empty();
        fixture = new ChangeFeedFixture(stores);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Signer signer(TestIssuer issuer) {
        return TestIssuer.trusting(issuer).signers().getFirst();
    }

    @Test
    void everyKindOfChange_reachesAnotherGatewayByTheStream() {
        ChangeFeed here = fixture.started();
        ChangeFeed there = fixture.started();
        Signer signer = signer(TestIssuer.ec256("XX"));

        List<Rejection> rejected = await(here.authority().addSigners(List.of(signer)));
        long id = fixture.revoke(here, 1);
        int granted = await(here.authority().addClients(List.of(grant("museum"))));
        here.outboxRelay.round(true);
        readTo(there, 3);

        assertThat(rejected).isEmpty();
        assertThat(granted).isOne();
        assertThat(there.trust().list().signers()).containsExactly(signer);
        assertThat(isRevoked(there, 1)).isTrue();
        assertThat(there.clients().orElseThrow().find("token of museum", ChangeFeedFixture.NOON))
                .isPresent();

        assertThat(await(here.authority().removeSigners(List.of(signer.id())))).isOne();
        assertThat(await(here.authority().removeRevocation(id))).isTrue();
        assertThat(await(here.authority().revokeClient("museum"))).isOne();
        here.outboxRelay.round(true);
        readTo(there, 6);

        assertThat(there.trust().list().size()).isZero();
        assertThat(isRevoked(there, 1)).isFalse();
        assertThat(there.clients().orElseThrow().find("token of museum", ChangeFeedFixture.NOON))
                .isEmpty();
        assertThat(there.clients().orElseThrow().size()).isZero();
    }

    @Test
    void signersOfAnyKind_areTheSameByTheStream_andFromTheTable() {
        ChangeFeed here = fixture.started();
        ChangeFeed there = fixture.started();
        Signer dcc = signer(TestIssuer.ec256("XX"));
        List<Signer> signers = Stream.of(
                        SignerKind.DCC,
                        SignerKind.pass("kakao"),
                        new SignerKind("toy", ""),
                        new SignerKind("toy", "a-party"))
                .map(kind -> new Signer(dcc.kid(), dcc.key(), kind, dcc.usages(), dcc.certificate()))
                .toList();

        assertThat(await(here.authority().addSigners(signers))).isEmpty();
        here.outboxRelay.round(true);
        readTo(there, 1);
        ChangeFeed later = fixture.started();

        assertThat(there.trust().list().signers()).containsExactlyInAnyOrderElementsOf(signers);
        assertThat(later.trust().list().signers()).containsExactlyInAnyOrderElementsOf(signers);
    }

    @Test
    void aKindOrPartyOfAnotherForm_isRefusedByTheTable() throws SQLException {
        String columns = "INSERT INTO signer (id, kid, kind, provider, public_key, usages) VALUES ('i', 'k', ";
        stores.sql(columns + "'toy', NULL, 'x', '{}')");
        assertThatThrownBy(() -> stores.sql(columns + "'Toy', NULL, 'x', '{}')"))
                .hasMessageContaining("signer_kind_form");
        assertThatThrownBy(() -> stores.sql(columns + "'toy', '', 'x', '{}')"))
                .hasMessageContaining("signer_provider_form");
    }

    @Test
    void whatIsTakenWhole_isWhatTheChangesCameTo() {
        ChangeFeed here = fixture.started();
        assertThat(await(here.authority().addSigners(List.of(signer(TestIssuer.ec256("XX"))))))
                .isEmpty();
        assertThat(await(here.authority()
                        .addRevocations(IntStream.range(0, 1_000)
                                .mapToObj(ChangeFeedFixture::revocation)
                                .toList())))
                .hasSize(1_000)
                .doesNotHaveDuplicates();
        assertThat(await(here.authority().addClients(List.of(grant("a"), grant("b"), grant("c")))))
                .isEqualTo(3);
        here.changeFeedConsumer.beat();

        ChangeFeed fresh = fixture.started();

        assertThat(fresh.appliedSequence()).isEqualTo(here.appliedSequence()).isEqualTo(3);
        assertThat(fresh.trust().list().version()).isEqualTo(here.trust().list().version());
        assertThat(fresh.revocations().list().size()).isEqualTo(1_000);
        assertThat(fresh.clients().orElseThrow().size()).isEqualTo(3);
        assertThat(fresh.asOf()).contains(ChangeFeedFixture.NOON);
    }

    @Test
    void aTokenThatAnotherGatewayRevoked_isNotAddedAgain() {
        ChangeFeed here = fixture.started();
        ChangeFeed there = fixture.started();
        assertThat(await(here.authority().addClients(List.of(grant("a"), grant("b")))))
                .isEqualTo(2);
        assertThat(await(there.authority().revokeClient("b"))).isOne();

        assertThat(await(here.authority().importClients(List.of(grant("a"), grant("b"), grant("c")))))
                .isEqualTo(
                        new AdminCommands.ImportedClients(2, Set.of(grant("b").token())));
        assertThat(await(here.authority().addClients(List.of(grant("b"))))).isZero();

        here.outboxRelay.round(true);
        readTo(there, 3);
        ChangeFeed fresh = fixture.started();
        for (ChangeFeed each : List.of(there, fresh)) {
            assertThat(each.clients().orElseThrow().find("token of b", ChangeFeedFixture.NOON))
                    .isEmpty();
            assertThat(each.clients().orElseThrow().size()).isEqualTo(2);
        }
    }

    @Test
    void theSameEntryTwice_isOneEntryWithTheNewExpiry() {
        ChangeFeed here = fixture.started();
        long first = fixture.revoke(here, 1);
        assertThat(fixture.revoke(here, 1)).isEqualTo(first);
        here.changeFeedConsumer.beat();
        assertThat(here.revocations().list().size()).isOne();
        assertThat(await(here.authority().removeRevocation(first))).isTrue();
        assertThat(await(here.authority().removeRevocation(first))).isFalse();
        here.changeFeedConsumer.beat();
        assertThat(here.revocations().list().size()).isZero();
        assertThat(here.appliedSequence()).as("nothing changed, so no change").isEqualTo(3);
    }

    @Test
    void aFifthSignerOfOneKid_isRefusedWithTheOthersOfItsRequest() {
        ChangeFeed here = fixture.started();
        List<Signer> five = IntStream.range(0, 5)
                .mapToObj(i -> signer(TestIssuer.ec256("XX")))
                .map(signer -> new Signer(
                        Kid.of(new byte[] {7}), signer.key(), signer.kind(), signer.usages(), signer.certificate()))
                .toList();
        assertThat(await(here.authority().addSigners(five))).hasSize(1);
        here.changeFeedConsumer.beat();
        assertThat(here.appliedSequence()).isZero();
        assertThat(await(here.authority().addSigners(five.subList(0, 4)))).isEmpty();
        here.changeFeedConsumer.beat();
        assertThat(here.trust().list().size()).isEqualTo(4);
    }

    @Test
    void aFifthSignerOfOneKid_isImportedAllTheSame_andTold_andTriedOnceAnotherGoes() {
        ChangeFeed here = fixture.started();
        Kid kid = Kid.of(new byte[] {7});
        List<Signer> five = IntStream.range(0, 5)
                .mapToObj(i -> signer(TestIssuer.ec256("XX")))
                .map(signer -> new Signer(kid, signer.key(), signer.kind(), signer.usages(), signer.certificate()))
                .toList();
        assertThat(await(here.authority().importSigners(five))).containsExactly(TrustList.shared(kid));
        here.changeFeedConsumer.beat();
        ChangeFeed fresh = fixture.started();
        for (ChangeFeed changeFeed : List.of(here, fresh)) {
            assertThat(changeFeed.trust().list().signers()).containsExactlyInAnyOrderElementsOf(five);
            assertThat(changeFeed.trust().list().isCrowded(kid)).isTrue();
        }
        assertThat(await(here.authority().removeSigners(List.of(five.getFirst().id()))))
                .isOne();
        here.changeFeedConsumer.beat();
        assertThat(here.trust().list().candidates(kid)).containsExactlyInAnyOrderElementsOf(five.subList(1, 5));
        assertThat(here.trust().list().isCrowded(kid)).isFalse();
    }

    @Test
    void aSchemaNewerThanThisVersion_isLeftAsItIs_andWorkedWith() throws SQLException {
        stores.sql("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1,"
                + " true)");
        stores.sql("ALTER TABLE signer ADD COLUMN later text");
        assertThat(Migrations.migrate(stores.database())).isZero();
        ChangeFeed here = fixture.started();
        fixture.revoke(here, 1);
        here.changeFeedConsumer.beat();
        assertThat(isRevoked(here, 1)).isTrue();
    }

    @Test
    void twoThousandSigners_areLoadedWithinSeconds() {
        ChangeFeed here = fixture.started();
        Signer one = signer(TestIssuer.ec256("XX"));
        List<Signer> many = IntStream.range(0, 2_000)
                .mapToObj(i -> new Signer(
                        Kid.of(new byte[] {(byte) (i >> 8), (byte) i, 7}),
                        one.key(),
                        one.kind(),
                        one.usages(),
                        one.certificate()))
                .toList();
        for (int from = 0; from < many.size(); from += 200) {
            assertThat(await(here.authority().addSigners(many.subList(from, from + 200))))
                    .isEmpty();
        }
        long startedNs = System.nanoTime();
        ChangeFeed fresh = fixture.started();
        assertThat(fresh.trust().list().size()).isEqualTo(2_000);
        assertThat(Duration.ofNanos(System.nanoTime() - startedNs)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void changesOfManyWritersAtOnce_areConsecutive_andAllArrive() {
        ChangeFeed here = fixture.started();
        ChangeFeed there = fixture.started();
        var pending = IntStream.range(0, 40)
                .mapToObj(i -> (i % 2 == 0 ? here : there).authority().addRevocations(List.of(revocation(i))))
                .toList();
        pending.forEach(ChangeFeedFixture::await);
        here.outboxRelay.round(true);
        there.outboxRelay.round(true);
        readTo(here, 40);
        readTo(there, 40);
        assertThat(IntStream.range(0, 40)).allMatch(i -> isRevoked(there, i) && isRevoked(here, i));
    }

    @Test
    void contactIsConfirmed_byWhatTheRelayTold_andByPostgresqlWhereThatIsOld() {
        ChangeFeed here = fixture.started();
        fixture.time.advance(Duration.ofSeconds(2));
        here.outboxRelay.round(true);
        here.changeFeedConsumer.beat();
        assertThat(here.asOf()).contains(ChangeFeedFixture.NOON.plusSeconds(2));
        fixture.time.advance(Duration.ofSeconds(2));
        here.changeFeedConsumer.beat();
        assertThat(here.asOf()).as("told two seconds ago").contains(ChangeFeedFixture.NOON.plusSeconds(2));
        fixture.time.advance(Duration.ofSeconds(2));
        here.changeFeedConsumer.beat();
        assertThat(here.asOf()).as("asked by itself").contains(ChangeFeedFixture.NOON.plusSeconds(6));
    }
}

package io.passgate.store.issuing;

import static io.passgate.store.feed.ChangeFeedFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.dpop.ProofId;
import io.passgate.dpop.ProofMaker;
import io.passgate.dpop.ReplayCache;
import io.passgate.holdertag.TagKey;
import io.passgate.issuance.ConsentScope;
import io.passgate.issuance.ConsentState;
import io.passgate.issuance.Consents;
import io.passgate.issuance.IssuedCertificates.Issued;
import io.passgate.model.Kid;
import io.passgate.model.OpaqueId;
import io.passgate.model.Unavailable;
import io.passgate.registry.HealthRecord;
import io.passgate.registry.Holder;
import io.passgate.registry.Pepper;
import io.passgate.registry.RecordChange;
import io.passgate.registry.RecordChange.Outcome;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationKind;
import io.passgate.store.StoreException;
import io.passgate.store.StoreObserver;
import io.passgate.store.feed.ChangeFeed;
import io.passgate.store.feed.ChangeFeedFixture;
import io.passgate.testing.TestStores;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Records, consents, devices, certificates and keys in the real stores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IssuingStoresIT {
    private static final Pepper PEPPER = new Pepper(new byte[32]);
    private static final Holder HOLDER = PEPPER.holder("one");
    private static final Holder OTHER = PEPPER.holder("other");
    private static final Set<ConsentScope> ALL = EnumSet.allOf(ConsentScope.class);
    private static final Instant LATER = ChangeFeedFixture.NOON.plusSeconds(86_400);
    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
    private static final HealthRecord DOSE_1 = dose(1);
    private static final HealthRecord DOSE_2 = dose(2);

    @TempDir
    private static Path folder = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private TestStores stores;
    private ChangeFeedFixture fixture;
    private ChangeFeed changeFeed;
    private IssuingStores issuing;

    private static HealthRecord dose(int number) {
        return new HealthRecord.Immunization("EU/1/20/1528", number, 2, LocalDate.of(2021, 5, number), "KR");
    }

    @BeforeAll
    void startServers() throws IOException {
        stores = new TestStores(folder);
    }

    @AfterAll
    void stopServers() throws IOException {
        stores.close();
        var _ = await(vertx.close());
    }

    @BeforeEach
    void empty() throws IOException, SQLException {
        stores.empty();
        fixture = new ChangeFeedFixture(stores);
        changeFeed = fixture.started();
        issuing = open();
    }

    private IssuingStores open() {
        return new IssuingStores(
                new IssuingStores.Settings(stores.database(), stores.redisSettings(), 2, 2, 1_000),
                changeFeed,
                new IssuingStores.Surroundings(vertx, PEPPER, new SecureRandom(), fixture.time, StoreObserver.NONE));
    }

    @AfterEach
    void close() {
        issuing.close();
        fixture.close();
    }

    private static RecordChange put(String reference, int revision, Holder holder, HealthRecord healthRecord) {
        return new RecordChange(reference, revision, Optional.of(new RecordChange.Content(holder, healthRecord)));
    }

    private static RecordChange delete(String reference, int revision) {
        return new RecordChange(reference, revision, Optional.empty());
    }

    private List<Outcome> apply(RecordChange... changes) {
        return await(issuing.registry().apply("registrar", List.of(changes)));
    }

    private OpaqueId consent(Set<ConsentScope> scope) {
        return await(issuing.consents().give("kakao", HOLDER, scope, ChangeFeedFixture.NOON))
                .id();
    }

    private ConsentState standing(OpaqueId consent) {
        return Optional.ofNullable(issuing.standings().find(List.of(consent)).get(consent))
                .orElseThrow();
    }

    private List<HealthRecord> entries(OpaqueId consent) {
        return standing(consent).entries().stream()
                .map(ConsentState.Recorded::healthRecord)
                .toList();
    }

    @Test
    void everyKindOfEntry_comesBackAsItWas_andOnlyToItsHolder() {
        List<HealthRecord> all = List.of(
                DOSE_1,
                new HealthRecord.Recovery(LocalDate.of(2021, 3, 1), LocalDate.of(2021, 3, 11), "US"),
                new HealthRecord.Test("LP6464-4", Instant.parse("2021-07-01T00:00:00.5Z"), "260415000", "KR"),
                new HealthRecord.Exemption(Optional.empty()),
                new HealthRecord.Exemption(Optional.of(LocalDate.of(2021, 12, 31))),
                new HealthRecord.BirthYear(1985));
        for (int i = 0; i < all.size(); i++) {
            assertThat(apply(put("r" + i, 1, HOLDER, all.get(i)))).containsExactly(Outcome.CREATED);
        }
        assertThat(apply(put("x", 1, OTHER, DOSE_2))).containsExactly(Outcome.CREATED);
        assertThat(entries(consent(ALL))).containsExactlyElementsOf(all);
        assertThat(entries(consent(Set.of())))
                .as("nothing is read that may not be shown")
                .isEmpty();
    }

    @Test
    void ofTwoRevisions_theHigherOneHolds_inWhateverOrderTheyCome() {
        OpaqueId consent = consent(ALL);
        assertThat(apply(put("a", 1, HOLDER, DOSE_1), put("b", 3, HOLDER, DOSE_1)))
                .containsExactly(Outcome.CREATED, Outcome.CREATED);
        assertThat(apply(put("b", 2, HOLDER, DOSE_2), put("a", 2, HOLDER, DOSE_2)))
                .containsExactly(Outcome.UNCHANGED, Outcome.CORRECTED);
        assertThat(apply(put("a", 2, HOLDER, DOSE_2))).as("asked again").containsExactly(Outcome.UNCHANGED);
        assertThat(apply(put("a", 1, HOLDER, DOSE_1))).as("late").containsExactly(Outcome.UNCHANGED);
        assertThat(apply(put("a", 2, HOLDER, DOSE_1))).as("another content").containsExactly(Outcome.CONFLICT);
        assertThat(apply(put("a", 2, OTHER, DOSE_2))).as("another holder").containsExactly(Outcome.CONFLICT);
        assertThat(entries(consent)).containsExactly(DOSE_2, DOSE_1);
        assertThat(apply(delete("a", 3))).containsExactly(Outcome.DELETED);
        assertThat(apply(delete("a", 3))).containsExactly(Outcome.UNCHANGED);
        assertThat(apply(put("a", 3, HOLDER, DOSE_1))).containsExactly(Outcome.CONFLICT);
        assertThat(apply(put("a", 2, HOLDER, DOSE_2)))
                .as("it does not come back")
                .containsExactly(Outcome.UNCHANGED);
        assertThat(entries(consent)).containsExactly(DOSE_1);
        assertThat(await(issuing.registry().apply("another", List.of(put("a", 1, HOLDER, DOSE_2)))))
                .as("another registrar's name is another record")
                .containsExactly(Outcome.CREATED);
        assertThat(apply(delete("never", 1))).containsExactly(Outcome.DELETED);
    }

    @Test
    void ofAHolderWithVeryManyRecords_theNewest64AreTold() {
        RecordChange[] changes = IntStream.range(0, 100)
                .mapToObj(i -> put("r" + i, 1, HOLDER, new HealthRecord.BirthYear(1900 + i)))
                .toArray(RecordChange[]::new);
        assertThat(apply(changes)).containsOnly(Outcome.CREATED);
        assertThat(entries(consent(ALL))).hasSize(64);
    }

    @Test
    void aConsent_isOnePerHolderAndProvider_andKeepsItsId() {
        Consents consents = issuing.consents();
        Consents.Given first = await(consents.give("kakao", HOLDER, ALL, ChangeFeedFixture.NOON));
        Consents.Given again = await(consents.give("kakao", HOLDER, Set.of(ConsentScope.VACCINATION), LATER));
        Consents.Given elsewhere = await(consents.give("naver", HOLDER, ALL, ChangeFeedFixture.NOON));
        assertThat(first.isNew()).isTrue();
        assertThat(again).isEqualTo(new Consents.Given(first.id(), false));
        assertThat(elsewhere.id()).isNotEqualTo(first.id());
        assertThat(standing(first.id()).scope()).containsExactly(ConsentScope.VACCINATION);
        assertThat(standing(first.id()).holder()).isEqualTo(HOLDER);
        assertThat(await(consents.withdraw("naver", first.id())))
                .as("another's")
                .isFalse();
        assertThat(await(consents.withdraw("kakao", first.id()))).isTrue();
        assertThat(await(consents.withdraw("kakao", first.id()))).isFalse();
        assertThat(standing(first.id()).scope()).isEmpty();
        assertThat(await(consents.give("kakao", HOLDER, ALL, LATER)).id()).isEqualTo(first.id());
        assertThat(standing(first.id()).scope()).isEqualTo(ALL);
    }

    @Test
    void aNewPhone_takesTheOldOnesPlace_andEachRegistrationIsKept() throws SQLException {
        OpaqueId consent = consent(ALL);
        ProofMaker phone = ProofMaker.fresh();
        ProofMaker next = ProofMaker.fresh();
        Consents consents = issuing.consents();
        assertThat(await(consents.register("kakao", consent, phone.key()))).contains(false);
        assertThat(standing(consent).device()).contains(phone.key());
        assertThat(await(consents.register("kakao", consent, phone.key()))).contains(false);
        assertThat(await(consents.register("kakao", consent, next.key()))).contains(true);
        assertThat(standing(consent).device()).contains(next.key());
        assertThat(await(consents.register("naver", consent, phone.key()))).isEmpty();
        assertThat(await(consents.register("kakao", OpaqueId.random(new Random(1)), phone.key())))
                .isEmpty();
        assertThat(stores.number("SELECT count(*) FROM audit_pending WHERE kind = 'device_registered'"))
                .isEqualTo(3);
    }

    private Issued certificate(ConsentState.Recorded record, int number) {
        byte[] hash = new byte[16];
        hash[0] = (byte) number;
        return new Issued(
                OpaqueId.random(new SecureRandom()),
                record,
                ConsentScope.of(record.healthRecord()),
                hash,
                ChangeFeedFixture.LATER);
    }

    private boolean isRevoked(int number) {
        byte[] hash = new byte[16];
        hash[0] = (byte) number;
        return changeFeed
                .revocations()
                .list()
                .isRevoked(RevocationKind.UCI, RevocationHash.of(hash), Kid.of(new byte[] {1}), ChangeFeedFixture.NOON);
    }

    @Test
    void whatTakesAwayARecordOrAConsent_revokesItsCertificates_inOneTransaction() {
        apply(
                put("a", 1, HOLDER, DOSE_1),
                put("b", 1, HOLDER, DOSE_2),
                put("y", 1, HOLDER, new HealthRecord.BirthYear(1985)));
        OpaqueId consent = consent(ALL);
        List<ConsentState.Recorded> records = standing(consent).shown();
        Issued first = certificate(records.get(0), 1);
        Issued second = certificate(records.get(1), 2);
        Issued third = certificate(records.get(1), 3);
        assertThat(await(issuing.certificates().keep(consent, List.of(first, second))))
                .isTrue();
        assertThat(await(issuing.certificates().keep(consent, List.of(third)))).isTrue();

        assertThat(apply(put("a", 2, HOLDER, DOSE_1))).containsExactly(Outcome.CORRECTED);
        ChangeFeedFixture.beat(changeFeed);
        assertThat(isRevoked(1)).isTrue();
        assertThat(isRevoked(2)).isFalse();
        assertThat(await(issuing.certificates().keep(consent, List.of(certificate(records.get(0), 4)))))
                .as("of a record that was corrected meanwhile")
                .isFalse();
        assertThat(await(issuing.certificates().revoke("naver", third.id()))).isFalse();
        assertThat(await(issuing.certificates().revoke("kakao", third.id()))).isTrue();
        assertThat(await(issuing.certificates().revoke("kakao", third.id()))).isFalse();
        ChangeFeedFixture.beat(changeFeed);
        assertThat(isRevoked(3)).isTrue();
        assertThat(isRevoked(2)).isFalse();
        assertThat(await(issuing.consents().withdraw("kakao", consent))).isTrue();
        ChangeFeedFixture.beat(changeFeed);
        assertThat(isRevoked(2)).isTrue();
        assertThat(await(issuing.certificates().keep(consent, List.of(certificate(records.get(1), 5)))))
                .as("of a consent that was withdrawn meanwhile")
                .isFalse();
    }

    @Test
    void aNarrowerScope_revokesWhatItLeavesOut() {
        apply(put("a", 1, HOLDER, DOSE_1), put("e", 1, HOLDER, new HealthRecord.Recovery(DAY, DAY, "KR")));
        OpaqueId consent = consent(ALL);
        List<ConsentState.Recorded> records = standing(consent).shown();
        assertThat(await(issuing.certificates()
                        .keep(consent, List.of(certificate(records.get(0), 1), certificate(records.get(1), 2)))))
                .isTrue();
        assertThat(consent(Set.of(ConsentScope.VACCINATION))).isEqualTo(consent);
        ChangeFeedFixture.beat(changeFeed);
        assertThat(isRevoked(1)).isFalse();
        assertThat(isRevoked(2)).isTrue();
        assertThat(await(issuing.certificates().keep(consent, List.of(certificate(records.get(1), 3)))))
                .isFalse();
    }

    @Test
    void aDaysKey_isTheSameAtEveryGateway_sealedInTheDatabase_andGoneWhenItsDayIsOver() throws SQLException {
        TagKey today = issuing.tagKeys().of(DAY);
        assertThat(issuing.tagKeys().of(DAY.plusDays(1))).isNotEqualTo(today);
        try (IssuingStores there = open()) {
            assertThat(there.tagKeys().of(DAY)).isEqualTo(today);
        }
        assertThat(stores.number("SELECT count(*) FROM tag_key WHERE position(decode('"
                        + HexFormat.of().formatHex(today.toByteArray()) + "', 'hex') IN sealed) > 0"))
                .isZero();
        issuing.tidy(DAY.plusDays(1), ChangeFeedFixture.NOON);
        assertThat(stores.number("SELECT count(*) FROM tag_key")).isOne();
        assertThat(issuing.tagKeys().of(DAY))
                .as("made anew, and no tag of that day opens")
                .isNotEqualTo(today);
    }

    @Test
    void certificatesThatHaveRunOut_areForgotten() throws SQLException {
        apply(put("a", 1, HOLDER, DOSE_1));
        OpaqueId consent = consent(ALL);
        Issued issued = certificate(standing(consent).shown().getFirst(), 1);
        assertThat(await(issuing.certificates().keep(consent, List.of(issued)))).isTrue();
        issuing.tidy(DAY, ChangeFeedFixture.LATER);
        assertThat(stores.number("SELECT count(*) FROM certificate")).isOne();
        issuing.tidy(DAY, ChangeFeedFixture.LATER.plusNanos(1_000));
        assertThat(stores.number("SELECT count(*) FROM certificate")).isZero();
    }

    @Test
    void aProofsId_isUsedOnce_atWhicheverGateway_andWithoutRedisOnceAtEach() throws IOException {
        ProofId id = ProofId.of("kakao", "consent", "jti");
        ProofId next = ProofId.of("kakao", "consent", "jti2");
        try (IssuingStores there = open()) {
            ReplayCache.Used used = issuing.proofIds().use(List.of(id, next, id));
            assertThat(used.isShared()).isTrue();
            assertThat(used.first().stream().toArray()).containsExactly(0, 1);
            assertThat(there.proofIds().use(List.of(id)).first().isEmpty()).isTrue();
            stores.redis.kill();
            ProofId third = ProofId.of("kakao", "consent", "jti3");
            ReplayCache.Used alone = issuing.proofIds().use(List.of(third, next));
            assertThat(alone.isShared()).isFalse();
            assertThat(alone.first().stream().toArray())
                    .as("it remembers what it saw")
                    .containsExactly(0);
            assertThat(issuing.proofIds().use(List.of(third)).first().isEmpty()).isTrue();
            fixture.time.advance(Duration.ofSeconds(1));
            assertThat(issuing.proofIds().use(List.of(third)).isShared())
                    .as("where nothing is new nobody was asked")
                    .isFalse();
            stores.redis.start();
            assertThat(issuing.proofIds()
                            .use(List.of(ProofId.of("kakao", "consent", "jti4")))
                            .isShared())
                    .as("asked again after a second")
                    .isTrue();
        }
    }

    @Test
    void withoutPostgresql_nothingIsToldFromMemory() throws IOException, InterruptedException {
        OpaqueId consent = consent(ALL);
        assertThat(standing(consent).provider()).isEqualTo("kakao");
        stores.postgresql.kill();
        assertThatThrownBy(() -> issuing.standings().find(List.of(consent))).isInstanceOf(Unavailable.class);
        assertThat(issuing.standings().find(List.of())).isEqualTo(Map.of());
        assertThatThrownBy(() -> issuing.tagKeys().of(DAY)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> consent(ALL)).hasCauseInstanceOf(StoreException.class);
    }
}

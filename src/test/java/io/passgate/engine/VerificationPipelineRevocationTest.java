package io.passgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.format.Decoded;
import io.passgate.format.hcert.HcertDecoder;
import io.passgate.model.Algorithm;
import io.passgate.model.Credential;
import io.passgate.model.Kid;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationHashes;
import io.passgate.revocation.RevocationKey;
import io.passgate.revocation.RevocationKind;
import io.passgate.revocation.RevocationList;
import io.passgate.revocation.RevocationSnapshot;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.TrustSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A signed card that is revoked, by each of its hashes, and what is said when nobody can tell. */
final class VerificationPipelineRevocationTest {
    private static final Instant NOON = CardSpec.ISSUED_AT.plus(Duration.ofHours(1));
    private static final Verdict REVOKED = new Verdict.Refused(Reason.REVOKED);

    private static Credential decode(String card) {
        return switch (new HcertDecoder().decode(Slice.of(card.getBytes(StandardCharsets.US_ASCII)))) {
            case Decoded.Well(var credential) -> credential;
            case Decoded.Malformed(var format, var reason) -> throw new AssertionError(reason);
        };
    }

    private static RevocationHash hash(RevocationKind kind, Credential credential) {
        RevocationHashes hashes = new RevocationHashes();
        return switch (kind) {
            case SIGNATURE -> hashes.ofSignature(credential.algorithm(), credential.signature());
            case UCI -> hashes.ofUci(CardSpec.UCI);
            case COUNTRYCODEUCI -> hashes.ofCountryCodeUci(credential.issuer().orElseThrow(), CardSpec.UCI);
        };
    }

    private static RevocationList revoking(RevocationKind kind, Credential credential, Optional<Kid> kid) {
        RevocationKey key = new RevocationKey(kind, hash(kind, credential), kid);
        return RevocationList.empty().with(List.of(new Revocation(key, Revocation.LAST_EXPIRY)), List.of());
    }

    private static Verdict judge(TestIssuer issuer, String card, RevocationSnapshot revocations) {
        Batch batch = new Batch(1);
        batch.add(Slice.of(card.getBytes(StandardCharsets.US_ASCII)), NOON, Optional.empty());
        new VerificationPipeline(1, OneJudge.jca(1), EngineObserver.NONE, UsualFormats.ALL)
                .judge(batch, new TrustContext(TrustSnapshot.given(TestIssuer.trusting(issuer)), revocations));
        return batch.checked(0).verdict();
    }

    private static Verdict judge(TestIssuer issuer, String card, RevocationList list) {
        return judge(issuer, card, RevocationSnapshot.given(list));
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedCard_isRefused_byAnyOfItsHashes(RevocationKind kind) {
        for (Algorithm algorithm : Algorithm.values()) {
            TestIssuer issuer = TestIssuer.shared(algorithm);
            String card = issuer.card(CardSpec.vaccination());
            Credential credential = decode(card);
            RevocationList any = revoking(kind, credential, Optional.empty());
            RevocationList own = revoking(kind, credential, Optional.of(credential.kid()));
            RevocationList others = revoking(kind, credential, Optional.of(Kid.of(new byte[] {9})));
            assertThat(judge(issuer, card, any)).isEqualTo(REVOKED);
            assertThat(judge(issuer, card, own)).isEqualTo(REVOKED);
            assertThat(judge(issuer, card, others)).isInstanceOf(Verdict.Accepted.class);
            RevocationList back =
                    any.with(List.of(), List.of(new RevocationKey(kind, hash(kind, credential), Optional.empty())));
            assertThat(judge(issuer, card, back)).isInstanceOf(Verdict.Accepted.class);
        }
    }

    @Test
    void theOtherSignatureOfTheSameR_isRevokedToo() {
        TestIssuer issuer = TestIssuer.shared(Algorithm.ES256);
        String card = issuer.card(CardSpec.vaccination());
        String other = TestCards.withOtherS(card);
        RevocationList list = revoking(RevocationKind.SIGNATURE, decode(card), Optional.empty());
        assertThat(other).isNotEqualTo(card);
        assertThat(judge(issuer, other, RevocationList.empty())).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge(issuer, other, list)).isEqualTo(REVOKED);
    }

    @Test
    void aStaleList_saysNothing_ofWhatWasReallySigned() {
        TestIssuer issuer = TestIssuer.shared(Algorithm.ES256);
        String card = issuer.card(CardSpec.vaccination());
        RevocationList list = RevocationList.empty();
        RevocationSnapshot stale = new RevocationSnapshot(list, Instant.MIN, NOON);
        RevocationSnapshot notYet = new RevocationSnapshot(list, Instant.MIN, NOON.plusNanos(1));
        assertThat(judge(issuer, card, stale)).isEqualTo(new Verdict.Indeterminate(Reason.REVOCATION_STALE));
        assertThat(judge(issuer, card, notYet)).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge(issuer, TestCards.withBrokenSignature(card), stale))
                .isEqualTo(new Verdict.Refused(Reason.SIGNATURE_INVALID));
    }
}

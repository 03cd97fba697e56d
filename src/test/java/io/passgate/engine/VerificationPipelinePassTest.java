package io.passgate.engine;

import static io.passgate.engine.OneJudge.NOON;
import static io.passgate.engine.OneJudge.indeterminate;
import static io.passgate.engine.OneJudge.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.crypto.SignatureBatch;
import io.passgate.crypto.VerificationKey;
import io.passgate.format.entrypass.EntryPass;
import io.passgate.format.entrypass.EntryPassFormat;
import io.passgate.format.entrypass.PassTimes;
import io.passgate.format.entrypass.PresentedPass;
import io.passgate.model.Algorithm;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationHashes;
import io.passgate.revocation.RevocationKey;
import io.passgate.revocation.RevocationKind;
import io.passgate.revocation.RevocationList;
import io.passgate.revocation.RevocationSnapshot;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What has to hold between an entry pass, its signer and the instant: each rule, and each bound on both sides. */
final class VerificationPipelinePassTest {
    private static final TestProvider KAKAO = TestProvider.named("kakao");
    private static final TestProvider NAVER = TestProvider.named("naver");
    private static final Instant EXPIRES_AT = NOON.plusSeconds(15);
    private static final String PASS = KAKAO.pass(NOON);

    private static TrustContext lists(Signer... signers) {
        return TrustContext.trusting(TrustSnapshot.given(TrustList.of(List.of(signers))));
    }

    private static VerificationResult check(PassTimes times, TrustContext trustContext, Instant at, String payload) {
        Batch batch = new Batch(1);
        batch.add(TestCards.payload(payload), at, Optional.empty());
        new VerificationPipeline(1, OneJudge.jca(1), EngineObserver.NONE, UsualFormats.with(times))
                .judge(batch, trustContext);
        return batch.checked(0);
    }

    private static Verdict verdict(TrustContext trustContext, Instant at, String payload) {
        return check(PassTimes.DEFAULT, trustContext, at, payload).verdict();
    }

    private static Instant before(Instant instant) {
        return instant.minusNanos(1);
    }

    private static Instant after(Instant instant) {
        return instant.plusNanos(1);
    }

    @Test
    void aGoodPass_isAcceptedUntilFiveSecondsAfterItsExpiry() {
        VerificationResult verificationResult = check(PassTimes.DEFAULT, lists(KAKAO.signer()), NOON, PASS);
        assertThat(verificationResult.verdict()).isEqualTo(new Verdict.Accepted(EXPIRES_AT.getEpochSecond() + 5));
        assertThat(verificationResult.format()).contains(EntryPassFormat.ID);
    }

    @Test
    void bothTolerances_includeTheirEnds_andNotANanosecondMore() {
        TrustContext trustContext = lists(KAKAO.signer());
        Instant first = NOON.minusSeconds(5);
        Instant last = EXPIRES_AT.plusSeconds(5);
        assertThat(verdict(trustContext, first, PASS)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(trustContext, before(first), PASS)).isEqualTo(refused(Reason.NOT_YET_VALID));
        assertThat(verdict(trustContext, last, PASS)).isEqualTo(new Verdict.Accepted(last.getEpochSecond()));
        assertThat(verdict(trustContext, after(last), PASS)).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void otherTolerances_areKept() {
        PassTimes times = new PassTimes(Duration.ZERO, Duration.ofMillis(2_500));
        TrustContext trustContext = lists(KAKAO.signer());
        Instant last = EXPIRES_AT.plusMillis(2_500);
        assertThat(check(times, trustContext, NOON, PASS).verdict()).isInstanceOf(Verdict.Accepted.class);
        assertThat(check(times, trustContext, before(NOON), PASS).verdict()).isEqualTo(refused(Reason.NOT_YET_VALID));
        assertThat(check(times, trustContext, last, PASS).verdict())
                .as("the whole second before")
                .isEqualTo(new Verdict.Accepted(EXPIRES_AT.getEpochSecond() + 2));
        assertThat(check(times, trustContext, after(last), PASS).verdict()).isEqualTo(refused(Reason.EXPIRED));
        assertThatThrownBy(() -> new PassTimes(Duration.ofNanos(-1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PassTimes(Duration.ZERO, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSignersWindow_isAcceptedAtBothEnds_andNotANanosecondOutside() {
        Instant from = NOON.minusSeconds(3);
        Instant until = NOON.plusSeconds(4);
        TestProvider provider = TestProvider.of(
                "kakao",
                KAKAO.issuer().withCertificate(TestCertificate.named("KR").valid(from, until)));
        String pass = provider.pass(NOON);
        TrustContext trustContext = lists(provider.signer());
        assertThat(verdict(trustContext, from, pass)).isEqualTo(new Verdict.Accepted(until.getEpochSecond()));
        assertThat(verdict(trustContext, before(from), pass)).isEqualTo(refused(Reason.SIGNER_NOT_YET_VALID));
        assertThat(verdict(trustContext, until, pass)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(trustContext, after(until), pass)).isEqualTo(refused(Reason.SIGNER_EXPIRED));
    }

    @Test
    void aSignerOfAnotherProviderOrKind_isNotTried() {
        Reason mismatch = Reason.SIGNER_KIND_MISMATCH;
        String card = KAKAO.issuer().card(CardSpec.vaccination().issuer("KR"));
        TrustContext asDcc = lists(KAKAO.signer(SignerKind.DCC));
        TrustContext asPass = lists(KAKAO.signer());
        assertThat(verdict(asDcc, NOON, PASS)).isEqualTo(refused(mismatch));
        assertThat(verdict(asPass, NOON, card)).isEqualTo(refused(mismatch));
        assertThat(verdict(asDcc, NOON, card)).isInstanceOf(Verdict.Accepted.class);
        assertThat(SignerKind.of("pass", "KAKAO")).isEmpty();
        for (String other : new String[] {"naver", "kakao2", "kaka", ""}) {
            assertThat(verdict(lists(KAKAO.signer(SignerKind.pass(other))), NOON, PASS))
                    .as(other)
                    .isEqualTo(refused(mismatch));
        }
        String broken = TestProvider.withBrokenSignature(PASS);
        assertThat(verdict(asDcc, NOON, broken)).isEqualTo(refused(mismatch));
        assertThat(verdict(asPass, NOON, broken)).isEqualTo(refused(Reason.SIGNATURE_INVALID));
    }

    /** Fails when a signature comes. */
    private static final class Untouched implements SignatureBatch {
        @Override
        public void clear() {}

        @Override
        public int add(VerificationKey key, Slice message, Slice signature) {
            throw new AssertionError("a signature");
        }

        @Override
        public void verify() {}

        @Override
        public Decision decision(int index) {
            throw new AssertionError("a signature");
        }
    }

    @Test
    void noSignatureIsTried_beforeKindAndIssuerFit() {
        Batch batch = new Batch(1);
        batch.add(TestCards.payload(PASS), NOON, Optional.empty());
        new VerificationPipeline(1, new Untouched(), EngineObserver.NONE, UsualFormats.ALL)
                .judge(batch, lists(NAVER.signer(), KAKAO.signer(SignerKind.pass("naver"))));
        assertThat(batch.checked(0).verdict()).isEqualTo(refused(Reason.SIGNER_KIND_MISMATCH));
    }

    @Test
    void ofSeveralSignersWithOneKid_onlyThoseThatFitAreTried() {
        Kid kid = KAKAO.issuer().kid();
        Signer naver = NAVER.signer();
        Signer twin = new Signer(kid, naver.key(), SignerKind.DCC, naver.usages(), naver.certificate());
        assertThat(verdict(lists(twin, KAKAO.signer()), NOON, PASS)).isInstanceOf(Verdict.Accepted.class);
        String card =
                NAVER.issuer().card(kid, CardSpec.vaccination().issuer("KR").cwt());
        assertThat(verdict(lists(KAKAO.signer(), twin), NOON, card)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(lists(twin), NOON, PASS)).isEqualTo(refused(Reason.SIGNER_KIND_MISMATCH));
    }

    @Test
    void aKeyOfAnotherAlgorithm_isAMismatchOfItsOwn() {
        Signer other = TestIssuer.shared(Algorithm.ES384).signer();
        Signer es384 = new Signer(
                KAKAO.issuer().kid(), other.key(), SignerKind.pass("kakao"), other.usages(), other.certificate());
        assertThat(verdict(lists(es384), NOON, PASS)).isEqualTo(refused(Reason.ALGORITHM_MISMATCH));
    }

    @Test
    void anUnknownSigner_andOneOfAnotherKind_areRefusedUntilTheListIsDoubtful() {
        TrustSnapshot trust = TrustSnapshot.confirmed(
                TrustList.of(List.of(KAKAO.signer(), NAVER.signer(SignerKind.DCC))),
                NOON.minus(Duration.ofHours(1)),
                Duration.ofHours(1),
                Duration.ofHours(1).plusSeconds(10));
        TrustContext trustContext = TrustContext.trusting(trust);
        String unknown = TestProvider.named("toss").pass(NOON);
        assertThat(verdict(trustContext, before(NOON), unknown)).isEqualTo(refused(Reason.SIGNER_UNKNOWN));
        assertThat(verdict(trustContext, before(NOON), NAVER.pass(NOON)))
                .isEqualTo(refused(Reason.SIGNER_KIND_MISMATCH));
        assertThat(verdict(trustContext, NOON, unknown)).isEqualTo(indeterminate(Reason.TRUST_STALE));
        assertThat(verdict(trustContext, NOON, NAVER.pass(NOON))).isEqualTo(indeterminate(Reason.TRUST_STALE));
        assertThat(verdict(trustContext, NOON.plusSeconds(9), PASS)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(trustContext, NOON.plusSeconds(10), PASS)).isEqualTo(indeterminate(Reason.TRUST_STALE));
    }

    @Test
    void neitherCountryNorUsage_matterToAPass() {
        TestProvider provider = TestProvider.of(
                "kr", TestIssuer.of(Algorithm.ES256, TestCertificate.named("DE").usages(EventKind.TEST)));
        assertThat(verdict(lists(provider.signer()), NOON, provider.pass(NOON))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void whatIsRevoked_andHowOldTheListIs_doNotMatterToAPass() {
        VerificationResult accepted = check(PassTimes.DEFAULT, lists(KAKAO.signer()), NOON, PASS);
        var credential = accepted.credential().orElseThrow();
        var hash = new RevocationHashes().ofSignature(credential.algorithm(), credential.signature());
        RevocationList list = RevocationList.empty()
                .with(
                        List.of(new Revocation(
                                new RevocationKey(RevocationKind.SIGNATURE, hash, Optional.empty()),
                                Revocation.LAST_EXPIRY)),
                        List.of());
        TrustSnapshot trust = TrustSnapshot.given(TrustList.of(List.of(KAKAO.signer(), NAVER.signer(SignerKind.DCC))));
        String card = NAVER.issuer().card(CardSpec.vaccination().issuer("KR"));
        for (RevocationSnapshot revocations : List.of(RevocationSnapshot.given(list), RevocationSnapshot.none())) {
            assertThat(verdict(new TrustContext(trust, revocations), NOON, PASS))
                    .isEqualTo(accepted.verdict());
        }
        assertThat(verdict(new TrustContext(trust, RevocationSnapshot.none()), NOON, card))
                .isEqualTo(indeterminate(Reason.REVOCATION_STALE));
    }

    @Test
    void whileOurClockIsOff_noPassIsJudgedByTime_andCardsAreJudgedAsEver() {
        TrustSnapshot trust = TrustSnapshot.given(TrustList.of(List.of(KAKAO.signer(), NAVER.signer(SignerKind.DCC))));
        TrustContext off = new TrustContext(trust, RevocationSnapshot.given(RevocationList.empty()), true);
        for (Instant at : List.of(NOON, NOON.minus(Duration.ofDays(9_000)), NOON.plus(Duration.ofDays(9_000)))) {
            assertThat(verdict(off, at, PASS)).isEqualTo(indeterminate(Reason.CLOCK_OFF));
        }
        assertThat(verdict(off, NOON, TestProvider.withBrokenSignature(PASS)))
                .isEqualTo(refused(Reason.SIGNATURE_INVALID));
        assertThat(verdict(off, NOON, NAVER.pass(NOON))).isEqualTo(refused(Reason.SIGNER_KIND_MISMATCH));
        assertThat(verdict(off, NOON, "KP1:")).isEqualTo(refused(Reason.PASS_INVALID));
        String card = NAVER.issuer().card(CardSpec.vaccination().issuer("KR"));
        assertThat(verdict(off, NOON, card)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(off, CardSpec.EXPIRES_AT.plusNanos(1), card)).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void anAcceptedPass_isKnownByItsIdAndTag_andNothingElseIs() {
        EntryPass says = KAKAO.says(NOON, List.of(), Optional.empty());
        VerificationResult verificationResult = check(PassTimes.DEFAULT, lists(KAKAO.signer()), NOON, KAKAO.pass(says));
        PresentedPass shown = PresentedPass.of(verificationResult).orElseThrow();
        assertThat(shown).isEqualTo(new PresentedPass("kakao", says.id(), says.holderTag(), EXPIRES_AT));
        assertThat(shown).hasToString("PresentedPass[kakao]");
        VerificationResult late = check(PassTimes.DEFAULT, lists(KAKAO.signer()), EXPIRES_AT.plusSeconds(6), PASS);
        assertThat(PresentedPass.of(late)).isEmpty();
        String card = NAVER.issuer().card(CardSpec.vaccination().issuer("KR"));
        VerificationResult accepted = check(PassTimes.DEFAULT, lists(NAVER.signer(SignerKind.DCC)), NOON, card);
        assertThat(accepted.credential()).isPresent();
        assertThat(PresentedPass.of(accepted)).isEmpty();
    }
}

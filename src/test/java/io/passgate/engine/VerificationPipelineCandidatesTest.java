package io.passgate.engine;

import static io.passgate.engine.OneJudge.NOON;
import static io.passgate.engine.OneJudge.indeterminate;
import static io.passgate.engine.OneJudge.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Algorithm;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose signature a card bears when several signers share a KID, and what an old trust list still tells. */
final class VerificationPipelineCandidatesTest {
    private static final Kid KID = Kid.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    private static final Verdict AMBIGUOUS = indeterminate(Reason.SIGNER_AMBIGUOUS);
    private static final TestIssuer FIRST = TestIssuer.ec256("XX");
    private static final TestIssuer SECOND = TestIssuer.ec256("XX");

    private static Signer shared(TestIssuer issuer) {
        Signer own = issuer.signer();
        return new Signer(KID, own.key(), own.kind(), own.usages(), own.certificate());
    }

    private static String card(TestIssuer issuer) {
        return issuer.card(KID, CardSpec.vaccination().cwt());
    }

    @Test
    void signersThatShareAKid_areEachBelieved() {
        OneJudge judge = OneJudge.trusting(shared(FIRST), shared(SECOND));
        assertThat(judge.verdict(NOON, card(FIRST))).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge.verdict(NOON, card(SECOND))).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge.verdict(NOON, TestCards.withBrokenSignature(card(SECOND))))
                .isEqualTo(refused(Reason.SIGNATURE_INVALID));
    }

    @Test
    void ofOneKeyInTwoCertificates_theOneThatFitsCounts_inEitherOrder() {
        TestIssuer expired =
                FIRST.withCertificate(TestCertificate.named("XX").valid(TestIssuer.NOT_BEFORE, NOON.minusSeconds(60)));
        TestIssuer tests = FIRST.withCertificate(TestCertificate.named("XX").usages(EventKind.TEST));
        for (TestIssuer unfit : List.of(expired, tests)) {
            assertThat(OneJudge.trusting(shared(unfit), shared(FIRST)).verdict(NOON, card(FIRST)))
                    .isInstanceOf(Verdict.Accepted.class);
            assertThat(OneJudge.trusting(shared(FIRST), shared(unfit)).verdict(NOON, card(FIRST)))
                    .isInstanceOf(Verdict.Accepted.class);
        }
        assertThat(OneJudge.trusting(shared(expired), shared(tests)).verdict(NOON, card(FIRST)))
                .isEqualTo(refused(Reason.SIGNER_USAGE_MISMATCH));
    }

    @Test
    void aStrangersInvalidSignature_doesNotHideTheSignersOwnLack() {
        TestIssuer expired =
                FIRST.withCertificate(TestCertificate.named("XX").valid(TestIssuer.NOT_BEFORE, NOON.minusSeconds(60)));
        assertThat(OneJudge.trusting(shared(expired), shared(SECOND)).verdict(NOON, card(FIRST)))
                .isEqualTo(refused(Reason.SIGNER_EXPIRED));
        assertThat(OneJudge.trusting(shared(SECOND), shared(expired)).verdict(NOON, card(FIRST)))
                .isEqualTo(refused(Reason.SIGNER_EXPIRED));
    }

    @Test
    void theFourthSignerOfAKid_isBelieved_andOfTheFifthNobodyCanTell() {
        List<Signer> signers = new ArrayList<>();
        TestIssuer[] issuers = new TestIssuer[5];
        for (int i = 0; i < issuers.length; i++) {
            issuers[i] = TestIssuer.ec256("XX");
            signers.add(shared(issuers[i]));
        }
        OneJudge judge = OneJudge.trusting(signers.toArray(Signer[]::new));
        assertThat(judge.verdict(NOON, card(issuers[3]))).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge.verdict(NOON, card(issuers[4]))).isEqualTo(AMBIGUOUS);
        assertThat(judge.verdict(NOON, TestCards.withBrokenSignature(card(issuers[3]))))
                .isEqualTo(AMBIGUOUS);
        TestIssuer otherAlgorithm = TestIssuer.shared(Algorithm.ES384);
        assertThat(judge.verdict(NOON, card(otherAlgorithm))).isEqualTo(AMBIGUOUS);
        Signer[] four = signers.subList(1, 5).toArray(Signer[]::new);
        assertThat(OneJudge.trusting(four).verdict(NOON, card(issuers[4]))).isInstanceOf(Verdict.Accepted.class);
        assertThat(OneJudge.trusting(four).verdict(NOON, card(issuers[0])))
                .isEqualTo(refused(Reason.SIGNATURE_INVALID));
        assertThat(OneJudge.trusting(four).verdict(NOON, card(otherAlgorithm)))
                .isEqualTo(refused(Reason.ALGORITHM_MISMATCH));
    }

    @Test
    void whereMoreShareAKidThanAreTried_aSignersLackIsNotTheCards_butItsOwnTimesAre() {
        TestIssuer expired =
                FIRST.withCertificate(TestCertificate.named("XX").valid(TestIssuer.NOT_BEFORE, NOON.minusSeconds(60)));
        List<Signer> signers = new ArrayList<>(List.of(shared(expired), shared(SECOND)));
        for (int i = 0; i < 3; i++) {
            signers.add(shared(TestIssuer.ec256("XX")));
        }
        OneJudge judge = OneJudge.trusting(signers.toArray(Signer[]::new));
        assertThat(judge.verdict(NOON, card(FIRST))).isEqualTo(AMBIGUOUS);
        assertThat(judge.verdict(CardSpec.EXPIRES_AT.plusSeconds(1), card(SECOND)))
                .isEqualTo(refused(Reason.EXPIRED));
        assertThat(judge.verdict(CardSpec.ISSUED_AT.minusSeconds(6), card(SECOND)))
                .isEqualTo(refused(Reason.NOT_YET_VALID));
    }

    @Test
    void wherePassSignersFillAKid_nothingIsToldOfTheCertificatesBehindThem() {
        List<Signer> signers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Signer own = shared(TestIssuer.ec256("XX"));
            signers.add(new Signer(KID, own.key(), SignerKind.pass("p"), own.usages(), own.certificate()));
        }
        assertThat(OneJudge.trusting(signers.toArray(Signer[]::new)).verdict(NOON, card(FIRST)))
                .isEqualTo(refused(Reason.SIGNER_KIND_MISMATCH));
        signers.add(shared(FIRST));
        assertThat(OneJudge.trusting(signers.toArray(Signer[]::new)).verdict(NOON, card(FIRST)))
                .isEqualTo(AMBIGUOUS);
    }

    @Test
    void tenThousandSignersOfOneKid_costNoMoreThanTheFourThatAreTried() {
        Signer one = shared(FIRST);
        List<Signer> signers = new ArrayList<>(List.of(one));
        for (int i = 1; i < 10_000; i++) {
            SignerCertificate own = one.certificate().orElseThrow();
            signers.add(new Signer(
                    KID,
                    one.key(),
                    one.kind(),
                    one.usages(),
                    Optional.of(new SignerCertificate(
                            own.notBefore(), own.notAfter().minusSeconds(i), own.country(), own.organization(), "s"))));
        }
        long startedNs = System.nanoTime();
        OneJudge judge = OneJudge.trusting(signers.toArray(Signer[]::new));
        assertThat(judge.verdict(NOON, card(FIRST))).isInstanceOf(Verdict.Accepted.class);
        for (int i = 0; i < 20; i++) {
            assertThat(judge.verdict(NOON, card(SECOND))).isEqualTo(AMBIGUOUS);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startedNs)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aFullBatchOfCardsWithFourCandidatesEach_isJudged() {
        Signer[] signers = new Signer[4];
        TestIssuer[] issuers = {FIRST, SECOND, TestIssuer.ec256("XX"), TestIssuer.ec256("XX")};
        for (int i = 0; i < signers.length; i++) {
            signers[i] = shared(issuers[i]);
        }
        String[] cards = new String[8];
        for (int i = 0; i < cards.length; i++) {
            cards[i] = card(issuers[i % 4]);
        }
        assertThat(OneJudge.trusting(signers).check(NOON, cards))
                .allSatisfy(verificationResult ->
                        assertThat(verificationResult.verdict()).isInstanceOf(Verdict.Accepted.class));
    }

    @Test
    void anUnknownKid_isRefusedUntilTheListIsDoubtful() {
        TrustSnapshot trust = aged();
        OneJudge judge = OneJudge.of(trust);
        String unknown = SECOND.card(CardSpec.vaccination());
        assertThat(judge.verdict(trust.doubtfulFrom().minusNanos(1), unknown))
                .isEqualTo(refused(Reason.SIGNER_UNKNOWN));
        assertThat(judge.verdict(trust.doubtfulFrom(), unknown)).isEqualTo(indeterminate(Reason.TRUST_STALE));
        assertThat(judge.verdict(trust.staleFrom(), unknown)).isEqualTo(indeterminate(Reason.TRUST_STALE));
    }

    @Test
    void aKnownKid_isJudgedUntilTheListIsStale() {
        TrustSnapshot trust = aged();
        OneJudge judge = OneJudge.of(trust);
        String known = FIRST.card(CardSpec.vaccination());
        String otherAlgorithm = TestIssuer.shared(Algorithm.ES384)
                .card(FIRST.kid(), CardSpec.vaccination().cwt());
        Instant last = trust.staleFrom().minusNanos(1);
        assertThat(judge.verdict(trust.doubtfulFrom(), known)).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge.verdict(last, known)).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge.verdict(last, TestCards.withBrokenSignature(known)))
                .isEqualTo(refused(Reason.SIGNATURE_INVALID));
        assertThat(judge.verdict(last, otherAlgorithm)).isEqualTo(refused(Reason.ALGORITHM_MISMATCH));
        for (String card : List.of(known, TestCards.withBrokenSignature(known), otherAlgorithm)) {
            assertThat(judge.verdict(trust.staleFrom(), card)).isEqualTo(indeterminate(Reason.TRUST_STALE));
        }
    }

    @Test
    void whatCannotBeDecoded_staysRefused_howeverOldTheList() {
        assertThat(OneJudge.of(TrustSnapshot.none()).verdict(NOON, "hello"))
                .isEqualTo(refused(Reason.NOT_A_CREDENTIAL));
        assertThat(OneJudge.of(TrustSnapshot.none()).verdict(NOON, FIRST.card(CardSpec.vaccination())))
                .isEqualTo(indeterminate(Reason.TRUST_STALE));
    }

    private static TrustSnapshot aged() {
        return TrustSnapshot.confirmed(TestIssuer.trusting(FIRST), NOON, Duration.ofHours(1), Duration.ofHours(72));
    }

    @Test
    void aListWithTheSameSignerTwice_isTheListWithItOnce() {
        assertThat(TrustList.of(List.of(shared(FIRST), shared(FIRST))).candidates(KID))
                .hasSize(1);
    }
}

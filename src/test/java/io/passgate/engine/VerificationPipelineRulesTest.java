package io.passgate.engine;

import static io.passgate.engine.OneJudge.NOON;
import static io.passgate.engine.OneJudge.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.codec.CborWriter;
import io.passgate.model.Algorithm;
import io.passgate.model.EventKind;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import io.passgate.trust.SignerKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has to hold between a card, its signer and the instant: each rule, and each bound on both sides. */
final class VerificationPipelineRulesTest {
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");
    private static final String CARD = ISSUER.card(CardSpec.vaccination());

    private static Instant after(Instant instant) {
        return instant.plusNanos(1);
    }

    private static Instant before(Instant instant) {
        return instant.minusNanos(1);
    }

    /** A claims set whose times are any numbers. */
    private static byte[] cwt(double issuedAt, double expiresAt) {
        return new CborWriter()
                .map(3)
                .integer(4)
                .number(expiresAt)
                .integer(6)
                .number(issuedAt)
                .integer(-260)
                .map(1)
                .integer(1)
                .encoded(CardSpec.vaccination().certificate())
                .toByteArray();
    }

    private static byte[] certificate(int members, byte[] eventMembers) {
        return new CborWriter()
                .map(1 + members)
                .text("ver")
                .text("1.3.0")
                .encoded(eventMembers)
                .toByteArray();
    }

    private static byte[] oneVaccination() {
        return CardSpec.vaccinationEvent("EU/1/20/1528", 2, 2, LocalDate.of(2021, 6, 1));
    }

    @Test
    void aGoodCard_isAcceptedUntilItExpires() {
        assertThat(OneJudge.trusting(ISSUER).verdict(NOON, CARD))
                .isEqualTo(new Verdict.Accepted(CardSpec.EXPIRES_AT.getEpochSecond()));
    }

    @Test
    void fiveSecondsBeforeTheIssue_andTheExpiry_areAccepted_andNotANanosecondOutside() {
        OneJudge judge = OneJudge.trusting(ISSUER);
        Instant earliest = CardSpec.ISSUED_AT.minusSeconds(5);
        assertThat(judge.verdict(CardSpec.ISSUED_AT, CARD)).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge.verdict(earliest, CARD)).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge.verdict(before(earliest), CARD)).isEqualTo(refused(Reason.NOT_YET_VALID));
        assertThat(judge.verdict(CardSpec.EXPIRES_AT, CARD)).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge.verdict(after(CardSpec.EXPIRES_AT), CARD)).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void fractionsOfASecond_count() {
        long start = CardSpec.ISSUED_AT.getEpochSecond();
        String card = ISSUER.card(ISSUER.kid(), cwt(start + 0.5, start + 10.25));
        OneJudge judge = OneJudge.trusting(ISSUER);
        Instant from = Instant.ofEpochSecond(start - 5, 500_000_000);
        Instant until = Instant.ofEpochSecond(start + 10, 250_000_000);
        assertThat(judge.verdict(from, card)).isEqualTo(new Verdict.Accepted(start + 10));
        assertThat(judge.verdict(before(from), card)).isEqualTo(refused(Reason.NOT_YET_VALID));
        assertThat(judge.verdict(until, card)).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge.verdict(after(until), card)).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void theSignersWindow_isAcceptedAtBothEnds_andNotANanosecondOutside() {
        Instant from = Instant.parse("2021-07-20T00:00:00Z");
        Instant until = Instant.parse("2021-09-01T00:00:00Z");
        TestIssuer issuer = ISSUER.withCertificate(TestCertificate.named("XX").valid(from, until));
        String card = issuer.card(CardSpec.vaccination());
        OneJudge judge = OneJudge.trusting(issuer);
        assertThat(judge.verdict(from, card)).isEqualTo(new Verdict.Accepted(until.getEpochSecond()));
        assertThat(judge.verdict(before(from), card)).isEqualTo(refused(Reason.SIGNER_NOT_YET_VALID));
        assertThat(judge.verdict(until, card)).isEqualTo(new Verdict.Accepted(until.getEpochSecond()));
        assertThat(judge.verdict(after(until), card)).isEqualTo(refused(Reason.SIGNER_EXPIRED));
    }

    @ParameterizedTest(name = "issuer {0}, certificate {1}: one country {2}")
    @CsvSource({
        "XX, XX, true",
        "xx, XX, true",
        "YY, XX, false",
        "yy, XX, false",
        "'', XX, true",
        "YY, '', true",
        "'', '', true",
        "Ministry of Health, XX, true",
        "YYY, XX, true",
        "Y1, XX, true",
        "ÄÖ, XX, true",
    })
    void onlyTwoCodes_canNameTwoCountries(String issuer, String country, boolean same) {
        TestIssuer signing = ISSUER.withCertificate(TestCertificate.named(country));
        String card = signing.card(CardSpec.vaccination().issuer(issuer));
        Verdict verdict = OneJudge.trusting(signing).verdict(NOON, card);
        if (same) {
            assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        } else {
            assertThat(verdict).isEqualTo(refused(Reason.SIGNER_COUNTRY_MISMATCH));
        }
    }

    @ParameterizedTest
    @CsvSource({"VACCINATION, TEST", "TEST, RECOVERY", "RECOVERY, VACCINATION"})
    void aSignerOfAnotherUsage_isRefused(EventKind signs, EventKind shown) {
        TestIssuer limited = ISSUER.withCertificate(TestCertificate.named("XX").usages(signs));
        OneJudge judge = OneJudge.trusting(limited);
        assertThat(judge.verdict(NOON, limited.card(spec(signs)))).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge.verdict(NOON, limited.card(spec(shown)))).isEqualTo(refused(Reason.SIGNER_USAGE_MISMATCH));
    }

    private static CardSpec spec(EventKind kind) {
        return switch (kind) {
            case VACCINATION -> CardSpec.vaccination();
            case TEST -> CardSpec.test();
            case RECOVERY -> CardSpec.recovery();
            case EXEMPTION -> throw new IllegalArgumentException("no DCC");
        };
    }

    @Test
    void aCardOfTwoKinds_needsASignerOfBoth() {
        byte[] both = new CborWriter()
                .text("v")
                .array(1)
                .encoded(oneVaccination())
                .text("t")
                .array(1)
                .map(0)
                .toByteArray();
        CardSpec spec = CardSpec.vaccination().certificate(certificate(2, both));
        TestIssuer one = ISSUER.withCertificate(TestCertificate.named("XX").usages(EventKind.VACCINATION));
        TestIssuer two =
                ISSUER.withCertificate(TestCertificate.named("XX").usages(EventKind.VACCINATION, EventKind.TEST));
        assertThat(OneJudge.trusting(one).verdict(NOON, one.card(spec)))
                .isEqualTo(refused(Reason.SIGNER_USAGE_MISMATCH));
        assertThat(OneJudge.trusting(two).verdict(NOON, two.card(spec))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aSignerForOtherPurposesOnly_orForNone_signsEverything() {
        for (String[] oids : List.of(
                new String[] {},
                new String[] {"1.3.6.1.5.5.7.3.1"},
                new String[] {"1.3.6.1.5.5.7.3.4", "2.5.29.37.0"},
                new String[] {TestCertificate.USAGE_ARC + 4})) {
            TestIssuer free = ISSUER.withCertificate(TestCertificate.named("XX").usageOids(oids));
            for (EventKind kind : List.of(EventKind.VACCINATION, EventKind.TEST, EventKind.RECOVERY)) {
                assertThat(OneJudge.trusting(free).verdict(NOON, free.card(spec(kind))))
                        .isInstanceOf(Verdict.Accepted.class);
            }
        }
    }

    @Test
    void anyPurpose_besideOneOfOurs_addsNothing() {
        TestIssuer limited = ISSUER.withCertificate(
                TestCertificate.named("XX").usageOids("2.5.29.37.0", TestCertificate.USAGE_ARC + 1));
        OneJudge judge = OneJudge.trusting(limited);
        assertThat(judge.verdict(NOON, limited.card(CardSpec.test()))).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge.verdict(NOON, limited.card(CardSpec.vaccination())))
                .isEqualTo(refused(Reason.SIGNER_USAGE_MISMATCH));
    }

    @Test
    void aSignerOfPasses_isNoSignerOfCertificates() {
        Signer dcc = ISSUER.signer();
        Signer pass = new Signer(dcc.kid(), dcc.key(), SignerKind.pass("p"), Signer.ANY_USAGE, dcc.certificate());
        assertThat(OneJudge.trusting(pass).verdict(NOON, CARD)).isNotInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aBareKey_hasNoWindowAndNoCountry() {
        Signer bare =
                new Signer(ISSUER.kid(), ISSUER.signer().key(), SignerKind.DCC, Set.of(EventKind.VACCINATION), none());
        String card = ISSUER.card(CardSpec.vaccination().issuer("ZZ").expiresAt(Instant.parse("2050-01-01T00:00:00Z")));
        Instant late = Instant.parse("2049-12-31T00:00:00Z");
        assertThat(OneJudge.trusting(bare).verdict(late, card)).isInstanceOf(Verdict.Accepted.class);
    }

    private static Optional<SignerCertificate> none() {
        return Optional.empty();
    }

    @Test
    void aStrangersCard_andAnAlgorithmOfAnotherKey_areRefused() {
        TestIssuer stranger = TestIssuer.ec256("XX");
        OneJudge judge = OneJudge.trusting(ISSUER);
        assertThat(judge.verdict(NOON, stranger.card(CardSpec.vaccination())))
                .isEqualTo(refused(Reason.SIGNER_UNKNOWN));
        TestIssuer other = TestIssuer.shared(Algorithm.ES384);
        assertThat(judge.verdict(
                        NOON, other.card(ISSUER.kid(), CardSpec.vaccination().cwt())))
                .isEqualTo(refused(Reason.ALGORITHM_MISMATCH));
    }

    @Test
    void aBrokenSignature_isRefused_whateverElseIsWrong() {
        String broken = TestCards.withBrokenSignature(CARD);
        OneJudge judge = OneJudge.trusting(ISSUER);
        assertThat(judge.verdict(NOON, broken)).isEqualTo(refused(Reason.SIGNATURE_INVALID));
        assertThat(judge.verdict(after(CardSpec.EXPIRES_AT), broken)).isEqualTo(refused(Reason.SIGNATURE_INVALID));
    }

    @Test
    void whatCannotBeDecoded_isRefusedWithTheDecodersReason_andItsFormatAsFarAsKnown() {
        OneJudge judge = OneJudge.trusting(ISSUER);
        assertThat(judge.check(NOON, "hello", "HC1:%%%", "HC1:").stream()
                        .map(verificationResult -> verificationResult.verdict() + " " + verificationResult.format()
                                + " " + verificationResult.credential()))
                .containsExactly(
                        "Refused[reason=NOT_A_CREDENTIAL] Optional.empty Optional.empty",
                        "Refused[reason=BASE45_INVALID] Optional[hcert] Optional.empty",
                        "Refused[reason=ZLIB_INVALID] Optional[hcert] Optional.empty");
    }

    @Test
    void aCardThatAttestsNothing_mayComeOnlyFromASignerOfAllKinds() {
        byte[] nothing = certificate(0, new byte[0]);
        TestIssuer limited = TestIssuer.ec256("XX", EventKind.TEST);
        String card = limited.card(CardSpec.vaccination().certificate(nothing));
        assertThat(OneJudge.trusting(limited).verdict(NOON, card)).isEqualTo(refused(Reason.SIGNER_USAGE_MISMATCH));
        TestIssuer all = TestIssuer.ec256("XX", EventKind.VACCINATION, EventKind.TEST, EventKind.RECOVERY);
        String byAll = all.card(CardSpec.vaccination().certificate(nothing));
        assertThat(OneJudge.trusting(all).verdict(NOON, byAll)).isInstanceOf(Verdict.Accepted.class);
        String free = ISSUER.card(CardSpec.vaccination().certificate(nothing));
        assertThat(OneJudge.trusting(ISSUER).verdict(NOON, free)).isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({"EL,GR", "GR,EL", "UK,GB", "gb,UK"})
    void twoNamesOfOneState_areNoMismatch(String issuer, String country) {
        TestIssuer signer = TestIssuer.ec256(country);
        String card = signer.card(CardSpec.vaccination().issuer(issuer));
        assertThat(OneJudge.trusting(signer).verdict(NOON, card)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aCredentialThatIsNotAccepted_isLetGo() {
        OneJudge judge = OneJudge.trusting(ISSUER);
        assertThat(judge.check(NOON, CARD).getFirst().credential()).isPresent();
        var refused = judge.check(NOON, TestCards.withBrokenSignature(CARD)).getFirst();
        assertThat(refused.credential()).isEmpty();
        assertThat(refused.format()).isPresent();
    }

    @Test
    void anExpiryThatNoTextCanSay_isToldAsTheEndOfTheYear9999() {
        Signer bare =
                new Signer(ISSUER.kid(), ISSUER.signer().key(), SignerKind.DCC, Signer.ANY_USAGE, Optional.empty());
        String card = ISSUER.card(ISSUER.kid(), cwt(1_600_000_000, 1e300));
        assertThat(OneJudge.trusting(bare).verdict(NOON, card)).isEqualTo(new Verdict.Accepted(253_402_300_799L));
    }
}

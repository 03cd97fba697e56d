package io.passgate.issuance.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.format.hcert.Subject;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.registry.HealthRecord;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestCards;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WalletCertificatesTest {
    private static final LocalDate DAY = LocalDate.parse("2021-07-12");
    private static final HealthRecord DOSE = new HealthRecord.Immunization("EU/1/20/1528", 2, 2, DAY, "KR");
    private static final HealthRecord RECOVERY = new HealthRecord.Recovery(DAY, DAY.plusDays(12), "KR");
    private static final HealthRecord TEST =
            new HealthRecord.Test("LP6464-4", Instant.parse("2021-12-12T10:00:00.9Z"), "260415000", "KR");
    private static final HealthRecord EXEMPTION = new HealthRecord.Exemption(Optional.empty());

    private static final TestWallet WALLET = new TestWallet();

    private WalletCertificate only(HealthRecord healthRecord) {
        List<WalletCertificate> made = WALLET.certify(TestWallet.SUBJECT, List.of(healthRecord));
        assertThat(made).hasSize(1);
        return made.getFirst();
    }

    private WalletCertificate.Issued issuedAt(Instant now, Duration lifetime) {
        WalletCertificate made = WALLET.certificates(now, lifetime)
                .certify(TestWallet.SUBJECT, List.of(DOSE))
                .getFirst();
        assertThat(made).isInstanceOf(WalletCertificate.Issued.class);
        return (WalletCertificate.Issued) made;
    }

    @Test
    void eachEventOfARecordGetsItsOwn_inOrder_andSaysWhichItIsOf() {
        List<WalletCertificate> made = WALLET.certify(
                TestWallet.SUBJECT, List.of(new HealthRecord.BirthYear(1990), DOSE, EXEMPTION, RECOVERY, TEST));
        assertThat(made).extracting(WalletCertificate::entry).containsExactly(1, 2, 3, 4);
        assertThat(made)
                .extracting(WalletCertificate::kind)
                .containsExactly(EventKind.VACCINATION, EventKind.EXEMPTION, EventKind.RECOVERY, EventKind.TEST);
        assertThat(made.get(1))
                .isEqualTo(new WalletCertificate.Withheld(2, EventKind.EXEMPTION, Uncertifiable.EXEMPTION));
    }

    @Test
    void anEmptyRecord_givesNothing() {
        assertThat(WALLET.certify(TestWallet.SUBJECT, List.of())).isEmpty();
    }

    @Test
    void aRecoveryCountsFromThe11thDayToThe180thAfterTheFirstPositiveTest() {
        JsonNode recovery = TestWallet.json(
                        WALLET.issue(TestWallet.SUBJECT, RECOVERY).payload())
                .at("/r/0");
        assertThat(recovery.path("fr").asText()).isEqualTo("2021-07-12");
        assertThat(recovery.path("df").asText()).isEqualTo("2021-07-23");
        assertThat(recovery.path("du").asText()).isEqualTo("2022-01-08");
    }

    @Test
    void aTestIsToldToTheSecond() {
        JsonNode test = TestWallet.json(WALLET.issue(TestWallet.SUBJECT, TEST).payload());
        assertThat(test.at("/t/0/sc").asText()).isEqualTo("2021-12-12T10:00:00Z");
    }

    @Test
    void itSaysWhoItIsAbout_whoMadeIt_andWhere() {
        JsonNode dcc = TestWallet.json(
                WALLET.issue(TestWallet.SUBJECT, new HealthRecord.Immunization("Covaxin", 3, 2, DAY, "IN"))
                        .payload());
        assertThat(dcc.path("nam").toString())
                .isEqualTo("{\"fn\":\"홍\",\"gn\":\"길동\",\"fnt\":\"HONG\",\"gnt\":\"GILDONG\"}");
        assertThat(dcc.path("dob").asText()).isEqualTo("1990-01-31");
        assertThat(dcc.path("ver").asText()).isEqualTo("1.3.0");
        assertThat(dcc.at("/v/0/co").asText()).isEqualTo("IN");
        assertThat(dcc.at("/v/0/is").asText()).isEqualTo(TestWallet.NAME);
        assertThat(dcc.at("/v/0/ma").asText()).isEqualTo("Bharat-Biotech");
        assertThat(dcc.at("/v/0/dn").asInt()).isEqualTo(3);
        assertThat(dcc.at("/v/0/sd").asInt()).isEqualTo(2);
    }

    @Test
    void aNameThatNobodyHas_isLeftOut() {
        Subject onlyFamily = new Subject("HONG", "", Optional.empty(), Optional.empty(), "");
        assertThat(TestWallet.json(WALLET.issue(onlyFamily, DOSE).payload())
                        .path("nam")
                        .toString())
                .isEqualTo("{\"fnt\":\"HONG\"}");
        Subject onlyGiven = new Subject("", "GILDONG", Optional.empty(), Optional.of("길동"), "1990");
        assertThat(TestWallet.json(WALLET.issue(onlyGiven, DOSE).payload())
                        .path("nam")
                        .toString())
                .isEqualTo("{\"gn\":\"길동\",\"fnt\":\"\",\"gnt\":\"GILDONG\"}");
    }

    @Test
    void itsIdentifierIsThatOfTheCertificate_opaque_andAlwaysAnother() {
        Set<String> seen = new HashSet<>();
        Set<Integer> characters = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            WalletCertificate.Issued issued = WALLET.issue(TestWallet.SUBJECT, DOSE);
            assertThat(issued.uci()).matches("URN:UVCI:01:KR:[0-9A-Z]{25}").hasSizeLessThanOrEqualTo(80);
            assertThat(WALLET.identifiers(issued.payload())).containsExactly(issued.uci());
            assertThat(seen.add(issued.uci())).isTrue();
            issued.uci().substring("URN:UVCI:01:KR:".length()).chars().forEach(characters::add);
        }
        assertThat(characters).hasSize(36);
    }

    @Test
    void itIsValidForItsLifetime_boundToWholeSeconds() {
        WalletCertificate.Issued issued = issuedAt(TestWallet.NOW, Duration.ofDays(180));
        Instant end = Instant.parse("2022-06-11T02:40:00Z");
        assertThat(issued.expiresAt()).isEqualTo(end);
        assertThat(WALLET.verdict(TestWallet.NOW, issued.payload()))
                .isEqualTo(new Verdict.Accepted(end.getEpochSecond()));
        assertThat(WALLET.verdict(end, issued.payload())).isInstanceOf(Verdict.Accepted.class);
        assertThat(WALLET.verdict(end.plusNanos(1), issued.payload())).isEqualTo(new Verdict.Refused(Reason.EXPIRED));
    }

    @Test
    void itDoesNotOutliveItsSigner() {
        Instant now = TestWallet.NOT_AFTER.minusSeconds(100);
        assertThat(issuedAt(now, Duration.ofSeconds(99)).expiresAt()).isEqualTo(TestWallet.NOT_AFTER.minusSeconds(1));
        assertThat(issuedAt(now, Duration.ofSeconds(100)).expiresAt()).isEqualTo(TestWallet.NOT_AFTER);
        assertThat(issuedAt(now, Duration.ofSeconds(101)).expiresAt()).isEqualTo(TestWallet.NOT_AFTER);
        assertThat(issuedAt(now, Duration.ofDays(99_999)).expiresAt()).isEqualTo(TestWallet.NOT_AFTER);
    }

    @Test
    void atBothEndsOfItsValidityTheSignerSigns_andBeyondThemItIsOurFault() {
        for (Instant end : List.of(TestWallet.NOT_BEFORE, TestWallet.NOT_AFTER)) {
            String payload = issuedAt(end, Duration.ofDays(1)).payload();
            assertThat(WALLET.verdict(end, payload)).isInstanceOf(Verdict.Accepted.class);
        }
        for (Instant beyond : List.of(TestWallet.NOT_BEFORE.minusNanos(1), TestWallet.NOT_AFTER.plusNanos(1))) {
            assertThat(WALLET.certificates(beyond, Duration.ofDays(1)).certify(TestWallet.SUBJECT, List.of(DOSE)))
                    .containsExactly(
                            new WalletCertificate.Withheld(0, EventKind.VACCINATION, Uncertifiable.SIGNER_NOT_VALID));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SKYCovione", "NVX-CoV2373", "Inactivated-SARS-CoV-2-Vero-Cell", "eu/1/20/1528", "EU/1/20"})
    void aProductOutsideTheValueSet_getsNone(String product) {
        assertThat(only(new HealthRecord.Immunization(product, 1, 2, DAY, "KR")))
                .isEqualTo(new WalletCertificate.Withheld(0, EventKind.VACCINATION, Uncertifiable.PRODUCT_UNKNOWN));
    }

    @Test
    void aTestOutsideTheValueSets_getsNone() {
        Instant at = Instant.parse("2021-12-12T10:00:00Z");
        assertThat(only(new HealthRecord.Test("LP6464-3", at, "260415000", "KR")))
                .isEqualTo(new WalletCertificate.Withheld(0, EventKind.TEST, Uncertifiable.TEST_TYPE_UNKNOWN));
        assertThat(only(new HealthRecord.Test("LP6464-4", at, "260415001", "KR")))
                .isEqualTo(new WalletCertificate.Withheld(0, EventKind.TEST, Uncertifiable.TEST_RESULT_UNKNOWN));
    }

    @Test
    void anEventInNoCountry_getsNone() {
        Instant at = Instant.parse("2021-12-12T10:00:00Z");
        for (HealthRecord healthRecord : List.of(
                new HealthRecord.Immunization("EU/1/20/1528", 1, 2, DAY, "XX"),
                new HealthRecord.Recovery(DAY, DAY, "XX"),
                new HealthRecord.Test("LP6464-4", at, "260415000", "XX"))) {
            assertThat(only(healthRecord))
                    .isInstanceOfSatisfying(
                            WalletCertificate.Withheld.class,
                            withheld -> assertThat(withheld.reason()).isEqualTo(Uncertifiable.COUNTRY_UNKNOWN));
        }
    }

    @Test
    void aChangedOne_isRefusedByOurEngineAndByThePeer() {
        String forged = TestCards.withBrokenSignature(
                WALLET.issue(TestWallet.SUBJECT, DOSE).payload());
        assertThat(WALLET.verdict(TestWallet.NOW, forged)).isEqualTo(new Verdict.Refused(Reason.SIGNATURE_INVALID));
        assertThatThrownBy(() -> WALLET.readByPeer(forged)).hasMessageContaining("ignature");
    }

    @Test
    void aSignerThatFails_isAFailure() {
        WalletCertificates failing = new WalletCertificates(
                new WalletIssuer("KR", "KDCA", Duration.ofDays(1)),
                new WalletSigner(Kid.of(new byte[8]), TestWallet.NOT_BEFORE, TestWallet.NOT_AFTER, message -> {
                    throw new IllegalStateException("the key is out of reach");
                }),
                new ManualTime(TestWallet.NOW),
                new SecureRandom());
        assertThatThrownBy(() -> failing.certify(TestWallet.SUBJECT, List.of(DOSE)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theLongestNamesOfAll_stillFitAQrCode() {
        String longest = "홍".repeat(80);
        Subject subject =
                new Subject("H".repeat(80), "G".repeat(80), Optional.of(longest), Optional.of(longest), "1990-01-31");
        assertThat(WALLET.issue(subject, DOSE).payload().length()).isLessThan(2_000);
    }

    @Test
    void anIssuerIsACountryAndAName() {
        Duration lifetime = Duration.ofSeconds(1);
        assertThatCode(() -> new WalletIssuer("KR", "청".repeat(80), lifetime)).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> new WalletIssuer("KR", "a".repeat(81), lifetime));
        assertThatIllegalArgumentException().isThrownBy(() -> new WalletIssuer("KR", " ", lifetime));
        assertThatIllegalArgumentException().isThrownBy(() -> new WalletIssuer("XX", "KDCA", lifetime));
        assertThatIllegalArgumentException().isThrownBy(() -> new WalletIssuer("KR", "KDCA", lifetime.minusNanos(1)));
    }

    @Test
    void nothingOfAPersonIsInTheirText() {
        assertThat(only(DOSE)).hasToString("Issued[…]");
        assertThat(only(EXEMPTION)).hasToString("Withheld[exemption]");
    }
}

package io.passgate.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.model.Algorithm;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, PEM and trust lists: what is taken, what is rejected, and that the one does not cost the other. */
final class TrustImporterTest {
    private static final TrustImporter IMPORTER = new TrustImporter(new VerificationKeys(CryptoProviders.preferred()));
    private static final TestIssuer ONE = TestIssuer.ec256("NL");
    private static final TestIssuer TWO = TestIssuer.ec256("BE");
    private static final String BOM = "\ufeff";

    private static SignerImport read(String text) {
        return IMPORTER.read("list", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String pem(TestIssuer issuer) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(issuer.certificateDer())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static String entry(TestIssuer issuer, String type) {
        return """
                {"kid": "%s", "country": "NL", "certificateType": "%s", "rawData": "%s"}""".formatted(issuer.kid().toBase64(), type, base64(issuer.certificateDer()));
    }

    private static String dsc(TestIssuer issuer) {
        return entry(issuer, "DSC");
    }

    private static void assertTaken(SignerImport imported, TestIssuer... issuers) {
        assertThat(imported.signers())
                .containsExactlyElementsOf(
                        Arrays.stream(issuers).map(TestIssuer::signer).toList());
    }

    private static void assertOnly(SignerImport imported, TestIssuer... issuers) {
        assertTaken(imported, issuers);
        assertThat(imported.rejected()).isEmpty();
    }

    private static List<String> where(SignerImport imported) {
        return imported.rejected().stream().map(Rejection::where).toList();
    }

    @Test
    void aDerCertificate_isTakenWithAllItSays() throws GeneralSecurityException {
        Instant from = Instant.parse("2021-05-01T00:00:00Z");
        Instant until = Instant.parse("2023-05-01T00:00:00Z");
        TestIssuer issuer =
                TestIssuer.of(Algorithm.ES256, TestCertificate.named("nl").valid(from, until));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(issuer.certificateDer());
        SignerImport imported = IMPORTER.read("signer.der", issuer.certificateDer());
        assertThat(imported.rejected()).isEmpty();
        assertThat(imported.signers()).hasSize(1);
        Signer signer = imported.signers().getFirst();
        assertThat(signer.kid()).isEqualTo(Kid.of(Arrays.copyOf(hash, 8)));
        assertThat(signer.key().spki().toByteArray()).isEqualTo(issuer.spki());
        assertThat(signer.kind()).isEqualTo(SignerKind.DCC);
        assertThat(signer.certificate())
                .hasValue(new SignerCertificate(
                        from, until, Optional.of("NL"), Optional.of("Test ministry"), "cn=DSC,o=Test ministry,c=nl"));
    }

    @Test
    void aCertificateWithoutCountry_hasNone() {
        SignerImport imported = IMPORTER.read("signer.der", TestIssuer.ec256("").certificateDer());
        assertThat(imported.signers().getFirst().certificate().orElseThrow().country())
                .isEmpty();
    }

    @Test
    void pemBlocksWithJunkBetween_areAllTaken() {
        assertOnly(read("subject=/C=NL\n" + pem(ONE) + "\nsome words\r\n\n" + pem(TWO) + "the end"), ONE, TWO);
        assertOnly(read(BOM + pem(ONE)), ONE);
        assertOnly(read(pem(ONE).replace("\n", "\r\n")), ONE);
    }

    @Test
    void aPemBlockOfAnotherKind_isRejectedByItsNumber() {
        String other = pem(TWO).replace("CERTIFICATE", "PUBLIC KEY");
        SignerImport imported = read(pem(ONE) + other + pem(TWO));
        assertTaken(imported, ONE, TWO);
        assertThat(where(imported)).containsExactly("list block 2");
    }

    @Test
    void aBrokenPemBlock_doesNotCostTheOthers() {
        String broken = "-----BEGIN CERTIFICATE-----\nAAAA*AAA\n-----END CERTIFICATE-----\n";
        String noCertificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        SignerImport imported = read(pem(ONE) + broken + noCertificate + pem(TWO));
        assertTaken(imported, ONE, TWO);
        assertThat(where(imported)).containsExactly("list block 2", "list block 3");
        SignerImport cut = read(pem(ONE) + "-----BEGIN CERTIFICATE-----\nAAAA\n");
        assertTaken(cut, ONE);
        assertThat(where(cut)).containsExactly("list block 2");
    }

    @Test
    void aGatewayList_isTakenInBothForms_withAndWithoutByteOrderMark() {
        String array = "[" + dsc(ONE) + "," + dsc(TWO) + "]";
        assertOnly(read(array), ONE, TWO);
        assertOnly(read("{\"certificates\": " + array + "}"), ONE, TWO);
        assertOnly(read(BOM + array), ONE, TWO);
        assertOnly(read(" \r\n\t" + array), ONE, TWO);
        assertOnly(read("[]"));
    }

    @Test
    void aGatewayEntryOfAnotherType_isPassedOver() {
        assertOnly(read("[" + entry(ONE, "CSCA") + "," + entry(TWO, "dsc") + "," + entry(ONE, "UPLOAD") + "]"), TWO);
    }

    @Test
    void badGatewayEntries_areRejectedByTheirIndex_andTheOthersKept() {
        String noCertificate = "{\"kid\": \"AAAAAAAAAAA=\", \"rawData\": \"AAAA\"}";
        String badKid = "{\"kid\": \"???\", \"rawData\": \"%s\"}".formatted(base64(ONE.certificateDer()));
        String emptyRaw = "{\"kid\": \"AAAAAAAAAAA=\", \"certificateType\": \"DSC\", \"rawData\": \"\"}";
        SignerImport imported = read("[" + String.join(",", noCertificate, dsc(ONE), badKid, emptyRaw, dsc(TWO)) + "]");
        assertTaken(imported, ONE, TWO);
        assertThat(where(imported)).containsExactly("list entry 0", "list entry 2", "list entry 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kid\": \"AAAAAAAAAAA=\"}", "null", "17", "\"text\"", "[]", "{}"})
    void aBadFirstEntry_doesNotCostTheOthers(String first) {
        SignerImport imported = read("[" + first + "," + dsc(ONE) + "]");
        assertTaken(imported, ONE);
        assertThat(where(imported)).containsExactly("list entry 0");
    }

    @Test
    void anEntryWithoutKid_hasThatOfItsCertificate() {
        String raw = "\"rawData\": \"" + base64(ONE.certificateDer()) + "\"";
        assertOnly(read("[{" + raw + "}]"), ONE);
        assertOnly(read("[{\"kid\": \"\", " + raw + "}]"), ONE);
        assertOnly(read("[{\"kid\": null, " + raw + "}]"), ONE);
    }

    @Test
    void anEntrysOwnKid_isKept_thoughItIsNotItsHash() {
        String other = "{\"kid\": \"AAECAwQFBgc=\", \"rawData\": \"%s\"}".formatted(base64(ONE.certificateDer()));
        SignerImport imported = read("[" + other + "]");
        assertThat(imported.signers()).extracting(Signer::kid).containsExactly(Kid.ofBase64("AAECAwQFBgc="));
    }

    @Test
    void aKeyList_isTakenInBothForms_withItsUsages() {
        String keys = """
                {"AAECAwQFBgc=": [{"subjectPk": "%s", "keyUsage": ["t", "x"]}, {"subjectPk": "%s", "keyUsage": []}],
                 "CAECAwQFBgc=": [{"subjectPk": "%s"}, {"subjectPk": "%s", "keyUsage": ["r", "v"]}]}""".formatted(base64(ONE.spki()), base64(TWO.spki()), base64(ONE.spki()), base64(TWO.spki()));
        for (String text : List.of(keys, "{\"eu_keys\": " + keys + ", \"nl_keys\": {}}", BOM + keys)) {
            SignerImport imported = read(text);
            assertThat(imported.rejected()).isEmpty();
            assertThat(imported.signers())
                    .extracting(Signer::usages)
                    .containsExactly(
                            Set.of(EventKind.TEST),
                            Signer.ANY_USAGE,
                            Signer.ANY_USAGE,
                            Set.of(EventKind.RECOVERY, EventKind.VACCINATION));
            TrustList trust = TrustList.of(imported.signers());
            assertThat(trust.candidates(Kid.ofBase64("AAECAwQFBgc=")))
                    .extracting(signer -> signer.key().spki().toByteArray())
                    .containsExactly(ONE.spki(), TWO.spki());
        }
    }

    @Test
    void badKeys_areRejectedByTheirKid_andTheOthersKept() throws GeneralSecurityException {
        byte[] ed25519 = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        SignerImport imported = read("""
                {"eu_keys": {"not base64": [{"subjectPk": "%s"}], "AAECAwQFBgc=": [{"subjectPk": "%s"}],
                 "CAECAwQFBgc=": [{"subjectPk": "%s"}, {"subjectPk": "?"}, {}]}}""".formatted(base64(ONE.spki()), base64(ed25519), base64(TWO.spki())));
        assertThat(imported.signers())
                .extracting(Signer::key)
                .containsExactly(TWO.signer().key());
        assertThat(where(imported))
                .containsExactly(
                        "list KID not base64",
                        "list KID AAECAwQFBgc=",
                        "list KID CAECAwQFBgc=",
                        "list KID CAECAwQFBgc=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing of the kind",
                "{",
                "[",
                "[1,",
                "{}",
                "{\"a\": 1}",
                "[1, 2]",
                "{\"certificates\": 1}",
                "-----BEGIN CERTIFICATE-----",
                "words before -----BEGIN CERTIFICATE-----",
            })
    void whatIsNoTrustSource_isOneRejection(String text) {
        SignerImport imported = read(text);
        assertThat(imported.signers()).isEmpty();
        assertThat(imported.rejected()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[{\"x\": 1}]", "{\"certificates\": [{\"kid\": \"AAECAwQFBgc=\"}]}", "{\"a\": [{\"x\": 1}]}"})
    void jsonOfAnotherShape_isSaidToBeThat(String text) {
        assertThat(read(text).rejected())
                .singleElement()
                .extracting(Rejection::why)
                .isEqualTo("JSON, but neither a gateway trust list nor a key list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"certificates\": []}", "{\"eu_keys\": {}}", "{\"AAECAwQFBgc=\": []}"})
    void aListOfNobody_isTaken(String text) {
        assertThat(read(text).rejected()).isEmpty();
        assertThat(read(text).signers()).isEmpty();
    }

    @Test
    void jsonNestedVeryDeep_isOneRejection() {
        assertThat(read("[".repeat(100_000)).rejected()).hasSize(1);
    }

    @Test
    void derThatIsNoCertificate_isOneRejection() {
        byte[] good = ONE.certificateDer();
        for (int length = 0; length < good.length; length += 7) {
            SignerImport imported = IMPORTER.read("cut", Arrays.copyOf(good, length));
            assertThat(imported.signers()).isEmpty();
            assertThat(where(imported)).containsExactly("cut");
        }
        ByteArrayOutputStream large = new ByteArrayOutputStream();
        large.writeBytes(good);
        large.writeBytes(new byte[16 * 1_024]);
        assertThat(where(IMPORTER.read("large", large.toByteArray()))).containsExactly("large");
    }

    @Test
    void derNestedVeryDeep_isOneRejection() {
        byte[] nested = new byte[16 * 1_024];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        assertThat(where(IMPORTER.read("nested", nested))).containsExactly("nested");
    }

    @Test
    void aCertificateWithAKeyNotOfOurs_isRejected() throws GeneralSecurityException {
        byte[] ed25519 = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        byte[] der = TestCertificate.named("NL").signed(ed25519, ONE.keys());
        assertThat(IMPORTER.read("ed25519", der).rejected())
                .containsExactly(new Rejection("ed25519", "the key is neither EC nor RSA"));
    }

    @Test
    void withoutExtendedKeyUsage_anythingMayBeSigned() {
        assertThat(TestIssuer.ec256("NL").signer().usages()).isEqualTo(Set.of(EventKind.values()));
    }

    @Test
    void withForeignUsagesOnly_nothingMayBeSigned() {
        TestCertificate foreign =
                TestCertificate.named("NL").usageOids("1.3.6.1.5.5.7.3.1", "1.3.6.1.4.1.1847.2021.1.4");
        assertThat(TestIssuer.of(Algorithm.ES256, foreign).signer().usages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, TEST", "2, VACCINATION", "3, RECOVERY"})
    void eachUsage_isReadInBothSpellings_besideForeignOnes(String last, EventKind kind) {
        for (String arc : List.of(TestCertificate.USAGE_ARC, TestCertificate.OTHER_USAGE_ARC)) {
            TestCertificate shape = TestCertificate.named("NL").usageOids("1.3.6.1.5.5.7.3.2", arc + last);
            assertThat(TestIssuer.of(Algorithm.ES256, shape).signer().usages()).isEqualTo(Set.of(kind));
        }
    }

    @Test
    void usagesInSeveralSpellings_addUp() {
        TestCertificate shape = TestCertificate.named("NL")
                .usageOids(
                        TestCertificate.USAGE_ARC + 1,
                        TestCertificate.OTHER_USAGE_ARC + 1,
                        TestCertificate.OTHER_USAGE_ARC + 3);
        assertThat(TestIssuer.of(Algorithm.ES256, shape).signer().usages())
                .isEqualTo(Set.of(EventKind.TEST, EventKind.RECOVERY));
    }
}

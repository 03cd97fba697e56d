package io.passgate.trust;

import static io.passgate.testing.Der.element;
import static io.passgate.testing.Der.extension;
import static io.passgate.testing.Der.hex;
import static io.passgate.testing.Der.join;
import static io.passgate.testing.Der.octets;
import static io.passgate.testing.Der.sequence;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.model.Algorithm;
import io.passgate.model.EventKind;
import io.passgate.testing.Der;
import io.passgate.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates whose extensions are odd are read all the same, and only our own usages limit what they sign. */
final class OddCertificateTest {
    private static final TrustImporter IMPORTER = new TrustImporter(new VerificationKeys(CryptoProviders.preferred()));
    private static final KeyPair KEYS = TestIssuer.newKeys(Algorithm.ES256);
    private static final Set<EventKind> EVERYTHING = Signer.ANY_USAGE;
    private static final Set<EventKind> TESTS = Set.of(EventKind.TEST);

    private static final byte[] KEY_USAGE = hex("0603551d0f");
    private static final byte[] EXTENDED_KEY_USAGE = hex("0603551d25");
    private static final byte[] UNKNOWN = hex("06032a0304");
    private static final byte[] ANY_PURPOSE = hex("0604551d2500");
    private static final byte[] EMAIL = hex("06082b06010505070304");
    private static final byte[] FOR_TESTS = hex("060b2b060104018e378f6501 01");
    private static final byte[] FOR_VACCINATIONS = hex("060b2b060104018e378f6501 02");
    private static final byte[] FOR_TESTS_OTHERWISE = hex("060c2b06010401008e378f6501 01");
    private static final byte[] TRUE = hex("0101ff");

    private static byte[] purposes(byte[]... oids) {
        return extension(EXTENDED_KEY_USAGE, sequence(oids));
    }

    private static byte[] certificate(byte[]... extensions) {
        return Der.certificate(KEYS, extensions);
    }

    private static byte[] endingIn(byte[] tail) {
        return Der.certificateEndingIn(KEYS, tail);
    }

    private record Case(byte[] der, Set<EventKind> signs) {}

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new TreeMap<>();
        unlimited(cases);
        limited(cases);
        structures(cases);
        return cases;
    }

    private static void unlimited(Map<String, Case> cases) {
        Map<String, byte[]> values = Map.ofEntries(
                Map.entry("foreign usage", sequence(EMAIL)),
                Map.entry("any usage", sequence(ANY_PURPOSE)),
                Map.entry("empty sequence", sequence()),
                Map.entry("no value at all", new byte[0]),
                Map.entry("null", hex("0500")),
                Map.entry("cut off", hex("3020 0603")),
                Map.entry("length of 4 GiB", hex("3084ffffffff")),
                Map.entry("endless", hex("3080")),
                Map.entry("empty OID", sequence(hex("0600"))),
                Map.entry("OID without an end", sequence(hex("060180"))),
                Map.entry("OID with a leading zero", sequence(hex("060c802b060104018e378f6501 01"))),
                Map.entry("number", sequence(hex("020105"))),
                Map.entry("text", hex("0c03616263")));
        values.forEach((name, value) ->
                cases.put("usages: " + name, new Case(certificate(extension(EXTENDED_KEY_USAGE, value)), EVERYTHING)));
        cases.put(
                "usages: no octets", new Case(certificate(sequence(EXTENDED_KEY_USAGE, sequence(EMAIL))), EVERYTHING));
        cases.put("usages: nothing but its name", new Case(certificate(sequence(EXTENDED_KEY_USAGE)), EVERYTHING));
        cases.put("usages: foreign twice", new Case(certificate(purposes(EMAIL), purposes(EMAIL)), EVERYTHING));
        cases.put(
                "usages: critical and foreign",
                new Case(certificate(sequence(EXTENDED_KEY_USAGE, TRUE, octets(sequence(EMAIL)))), EVERYTHING));
    }

    private static void limited(Map<String, Case> cases) {
        cases.put("ours", new Case(certificate(purposes(FOR_TESTS)), TESTS));
        cases.put("ours, spelt otherwise", new Case(certificate(purposes(FOR_TESTS_OTHERWISE)), TESTS));
        cases.put("ours beside any", new Case(certificate(purposes(ANY_PURPOSE, FOR_TESTS)), TESTS));
        cases.put("ours beside a number", new Case(certificate(purposes(hex("020105"), FOR_TESTS)), TESTS));
        cases.put("ours before a cut", new Case(certificate(purposes(FOR_TESTS, hex("0620 2b"))), TESTS));
        cases.put(
                "ours in a set", new Case(certificate(extension(EXTENDED_KEY_USAGE, element(0x31, FOR_TESTS))), TESTS));
        cases.put("ours without a sequence", new Case(certificate(extension(EXTENDED_KEY_USAGE, FOR_TESTS)), TESTS));
        cases.put(
                "ours in octets twice",
                new Case(certificate(extension(EXTENDED_KEY_USAGE, octets(sequence(FOR_TESTS)))), TESTS));
        cases.put("ours in five sequences", new Case(certificate(nested(5)), TESTS));
        cases.put("ours in six sequences", new Case(certificate(nested(6)), EVERYTHING));
        cases.put(
                "ours with an odd critical",
                new Case(
                        certificate(sequence(EXTENDED_KEY_USAGE, hex("01020101"), octets(sequence(FOR_TESTS)))),
                        TESTS));
        cases.put(
                "ours in two extensions",
                new Case(
                        certificate(purposes(FOR_TESTS), purposes(FOR_VACCINATIONS)),
                        Set.of(EventKind.TEST, EventKind.VACCINATION)));
        cases.put(
                "ours behind odd ones",
                new Case(
                        certificate(hex("020105"), sequence(), extension(KEY_USAGE, hex("ff")), purposes(FOR_TESTS)),
                        TESTS));
        cases.put(
                "ours, of indefinite length",
                new Case(
                        endingIn(join(
                                hex("a380 3080 3080"),
                                EXTENDED_KEY_USAGE,
                                hex("2480"),
                                octets(hex("3080"), FOR_TESTS, hex("0000")),
                                hex("0000 0000 0000 0000"))),
                        TESTS));
    }

    private static byte[] nested(int sequences) {
        byte[] usage = FOR_TESTS;
        for (int i = 0; i < sequences; i++) {
            usage = sequence(usage);
        }
        return extension(EXTENDED_KEY_USAGE, usage);
    }

    private static void structures(Map<String, Case> cases) {
        Map<String, byte[]> extensions = Map.ofEntries(
                Map.entry("none", new byte[0]),
                Map.entry("unknown and critical", sequence(UNKNOWN, TRUE, octets(hex("0500")))),
                Map.entry("key usage of no bits", extension(KEY_USAGE, hex("030100"))),
                Map.entry("key usage for encryption", extension(KEY_USAGE, hex("03020520"))),
                Map.entry("key usage that is none", extension(KEY_USAGE, hex("1234"))),
                Map.entry(
                        "key usage twice",
                        join(extension(KEY_USAGE, hex("03020780")), extension(KEY_USAGE, hex("05")))),
                Map.entry("critical of two bytes", sequence(UNKNOWN, hex("0102ffff"), octets())),
                Map.entry("critical of none", sequence(UNKNOWN, hex("0100"), octets())),
                Map.entry("critical written 01", sequence(UNKNOWN, hex("010101"), octets())),
                Map.entry("no sequence", hex("020105")),
                Map.entry("cut off", hex("3020 0603")),
                Map.entry("OID empty", sequence(hex("0600"), octets())),
                Map.entry("value first", sequence(octets(), UNKNOWN)));
        extensions.forEach((name, bytes) -> cases.put("extension: " + name, new Case(certificate(bytes), EVERYTHING)));
        Map<String, byte[]> tails = Map.ofEntries(
                Map.entry("empty", hex("a300")),
                Map.entry("null", hex("a3020500")),
                Map.entry("no ASN.1", hex("a303ffffff")),
                Map.entry("longer than the rest", hex("a37f00")),
                Map.entry("twice", join(hex("a3023000"), hex("a3023000"))),
                Map.entry("not nested", sequence()),
                Map.entry("unique ids", join(hex("8102aabb"), hex("8200"), hex("a3023000"))),
                Map.entry("something behind", join(hex("a3023000"), hex("020105"))));
        tails.forEach((name, bytes) -> cases.put("extensions: " + name, new Case(endingIn(bytes), EVERYTHING)));
    }

    private static List<String> names() {
        return List.copyOf(cases().keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void anOddExtension_makesNoCertificateUnreadable(String name) {
        Case odd = Optional.ofNullable(cases().get(name)).orElseThrow();
        for (SignerImport imported : List.of(read(odd.der()), readAsPem(odd.der()))) {
            assertThat(imported.rejected()).isEmpty();
            assertThat(imported.signers()).singleElement().satisfies(signer -> {
                assertThat(signer.signs()).isEqualTo(odd.signs());
                assertThat(signer.key().spki().toByteArray())
                        .isEqualTo(KEYS.getPublic().getEncoded());
                assertThat(signer.certificate())
                        .hasValue(new SignerCertificate(
                                TestIssuer.NOT_BEFORE,
                                TestIssuer.NOT_AFTER,
                                Optional.of("XX"),
                                Optional.of("Test ministry"),
                                "cn=DSC,o=Test ministry,c=XX"));
            });
        }
    }

    private static SignerImport read(byte[] der) {
        return IMPORTER.read("odd", der);
    }

    private static SignerImport readAsPem(byte[] der) {
        String base64 = Base64.getMimeEncoder().encodeToString(der);
        return read(("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void anyBytesInPlaceOfTheExtensions_neverMakeItUnreadable() {
        long seed = 20_220_310;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] tail = new byte[random.nextInt(40)];
            random.nextBytes(tail);
            assertThat(read(endingIn(tail)).signers())
                    .as("seed %d, %s", seed, Arrays.toString(tail))
                    .hasSize(1);
        }
    }

    @Test
    void aBitFlippedAnywhere_isASignerOrARejection() {
        byte[] good = certificate(purposes(FOR_TESTS), extension(KEY_USAGE, hex("03020780")));
        List<Integer> neither = new ArrayList<>();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            SignerImport imported = read(flipped);
            if (imported.signers().size() + imported.rejected().size() != 1) {
                neither.add(bit);
            }
        }
        assertThat(neither).isEmpty();
    }

    @Test
    void whatStandsBehindTheCertificate_isNotPartOfIt() {
        byte[] good = certificate(purposes(FOR_TESTS));
        assertThat(read(join(good, hex("00"))).signers()).isEmpty();
        assertThat(read(good).signers()).hasSize(1);
    }
}

package io.passgate.bench;

import io.passgate.crypto.VerificationKeys;
import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.trust.SignerImport;
import io.passgate.trust.TrustImporter;
import io.passgate.trust.TrustList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Distinct signed EU DCC payloads of 8 P-256 issuers, most of them by few issuers as at a real door. The seed fixes
 * what the cards say, their order and who signs each; keys and signatures are fresh every time.
 */
public final class Corpus {
    /** The seed unless the system property {@code passgate.bench.seed} says otherwise. */
    private static final long DEFAULT_SEED = 20_211_107;

    /** Payloads of a corpus. */
    public static final int SIZE = 4_096;

    private static final List<String> COUNTRIES = List.of("DE", "FR", "IT", "ES", "PL", "SE", "GR", "HU");

    /** Of 100 payloads, those of each country's issuer. */
    private static final int[] SHARES = {42, 20, 13, 9, 6, 5, 3, 2};

    private static final String PAYLOADS_FILE = "payloads.txt";

    /** Where {@link #write} puts the issuers' certificates. */
    public static final String SIGNERS_FILE = "signers.pem";

    private final List<String> texts;
    private final String signersPem;

    private Corpus(List<String> texts, String signersPem) {
        this.texts = texts;
        this.signersPem = signersPem;
    }

    /** The seed of this run. */
    public static long seed() {
        return Long.getLong("passgate.bench.seed", DEFAULT_SEED);
    }

    /** Makes a corpus of {@link #SIZE} payloads and prints its seed. */
    public static Corpus make() {
        long seed = seed();
        List<TestIssuer> issuers = COUNTRIES.stream().map(Corpus::issuer).toList();
        SeededCards cards = new SeededCards(seed);
        Random who = new Random(~seed);
        List<String> texts = new ArrayList<>(SIZE);
        for (int i = 0; i < SIZE; i++) {
            int issuer = draw(who);
            TestIssuer signer = issuers.get(issuer);
            texts.add(signer.card(signer.kid(), cards.next(COUNTRIES.get(issuer))));
        }
        if (new HashSet<>(texts).size() != SIZE) {
            throw new AssertionError("payloads of a corpus are distinct");
        }
        StringBuilder pem = new StringBuilder();
        issuers.forEach(issuer -> pem.append(pem(issuer.certificateDer())));
        Corpus corpus = new Corpus(List.copyOf(texts), pem.toString());
        System.out.println("corpus: " + corpus);
        return corpus;
    }

    private static TestIssuer issuer(String country) {
        TestCertificate shape = new TestCertificate(
                country,
                "Passgate Bench",
                Instant.parse("2021-01-01T00:00:00Z"),
                Instant.parse("2040-01-01T00:00:00Z"),
                Optional.empty());
        return TestIssuer.of(Algorithm.ES256, shape);
    }

    private static int draw(Random random) {
        int drawn = random.nextInt(100);
        int issuer = 0;
        for (int below = SHARES[0]; drawn >= below; below += SHARES[issuer]) {
            issuer++;
        }
        return issuer;
    }

    private static String pem(byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }

    /** Writes the payloads, one a line, and the issuers' certificates into {@code folder}. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(PAYLOADS_FILE), texts, StandardCharsets.US_ASCII);
        Files.writeString(folder.resolve(SIGNERS_FILE), signersPem, StandardCharsets.US_ASCII);
    }

    /** Reads what {@link #write} wrote. */
    public static Corpus read(Path folder) throws IOException {
        return new Corpus(
                Files.readAllLines(folder.resolve(PAYLOADS_FILE), StandardCharsets.US_ASCII),
                Files.readString(folder.resolve(SIGNERS_FILE), StandardCharsets.US_ASCII));
    }

    /** The QR texts. */
    public List<String> texts() {
        return texts;
    }

    /** A payload as the gateway gets it: bytes. */
    public static Slice bytes(String text) {
        return Slice.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The issuers' certificates in PEM. */
    public String signersPem() {
        return signersPem;
    }

    /** The issuers as the gateway imports them. */
    public TrustList trust(Provider provider) {
        SignerImport imported = new TrustImporter(new VerificationKeys(provider))
                .read("corpus", signersPem.getBytes(StandardCharsets.US_ASCII));
        TrustList list = TrustList.of(imported.signers());
        if (list.size() != COUNTRIES.size()) {
            throw new AssertionError("every issuer of the corpus is a signer: " + imported.rejected());
        }
        return list;
    }

    @Override
    public String toString() {
        double mean = texts.stream().mapToInt(String::length).average().orElseThrow();
        return "%,d payloads of %d keys, %.0f characters each on average, seed %d"
                .formatted(texts.size(), COUNTRIES.size(), mean, seed());
    }
}

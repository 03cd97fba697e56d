package io.passgate.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.ThirdPartyVectors;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.crypto.KeyImport;
import io.passgate.crypto.SignatureBatch.Decision;
import io.passgate.crypto.VerificationKeys;
import io.passgate.format.Decoded;
import io.passgate.format.hcert.DccClaims;
import io.passgate.format.hcert.HcertDecoder;
import io.passgate.model.Algorithm;
import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.Event;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.testing.TestCards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

/** Real trust lists and the cards of others: they import, decode and verify. */
@ThirdPartyVectors.Needed
final class ThirdPartyTrustTest {
    private static final String NL = "nl-coronacheck";

    private static final List<Provider> PROVIDERS = List.of(CryptoProviders.preferred(), CryptoProviders.fallback());

    private static final String SHORT_KEY_REASON = "an RSA key has 2048 to 4096 bits, not 1024";

    private static SignerImport read(Provider provider, String folder, String file) {
        Path path = ThirdPartyVectors.folder(folder).resolve(file);
        try {
            return new TrustImporter(new VerificationKeys(provider)).read(file, Files.readAllBytes(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static final Map<String, SignerImport> DUTCH = new ConcurrentHashMap<>();

    /** Read once for each provider: 935 keys take a while. */
    private static SignerImport dutch(Provider provider) {
        return DUTCH.computeIfAbsent(provider.getName(), name -> read(provider, NL, "public_keys.json"));
    }

    private static Credential decode(String card) {
        Decoded decoded = new HcertDecoder().decode(TestCards.payload(card));
        assertThat(decoded).as(card).isInstanceOf(Decoded.Well.class);
        return ((Decoded.Well) decoded).credential();
    }

    /** The decision under each candidate of the card's KID. */
    private static List<Decision> decide(Provider provider, TrustList trust, Credential credential) {
        return trust.candidates(credential.kid()).stream()
                .filter(signer -> signer.key().algorithm() == credential.algorithm())
                .map(signer -> {
                    JcaSignatureBatch batch = new JcaSignatureBatch(provider, 1);
                    int index = batch.add(signer.key(), credential.toBeSigned(), credential.signature());
                    batch.verify();
                    return batch.decision(index);
                })
                .toList();
    }

    /** 935 keys: one is RSA of 1024 bits, and 32 KIDs name their one key twice. */
    @Test
    void theDutchKeyList_importsButForOneShortKey() {
        JsonNode list = ThirdPartyVectors.json(NL, "public_keys.json").path("eu_keys");
        assertThat(list).hasSize(903);
        assertThat(list.valueStream().mapToInt(JsonNode::size).sum()).isEqualTo(935);
        for (Provider provider : PROVIDERS) {
            SignerImport imported = dutch(provider);
            assertThat(imported.rejected()).extracting(Rejection::why).containsExactly(SHORT_KEY_REASON);
            assertThat(imported.signers()).hasSize(934);
            TrustList trust = TrustList.of(imported.signers());
            assertThat(trust.rejected()).isEmpty();
            assertThat(trust.size()).isEqualTo(902);
            assertThat(trust.candidates(kidOfTheShortKey(imported))).isEmpty();
            assertThat(counts(imported, signer -> signer.key().algorithm()))
                    .isEqualTo(Map.of(Algorithm.ES256, 843L, Algorithm.PS256, 91L));
            assertThat(counts(imported, Signer::usages))
                    .isEqualTo(Map.of(
                            Signer.ANY_USAGE,
                            796L,
                            Set.of(EventKind.TEST),
                            21L,
                            Set.of(EventKind.VACCINATION),
                            25L,
                            Set.of(EventKind.RECOVERY),
                            25L,
                            Set.of(EventKind.TEST, EventKind.VACCINATION),
                            2L,
                            Set.of(EventKind.TEST, EventKind.VACCINATION, EventKind.RECOVERY),
                            65L));
        }
    }

    /** A rejection of a key list ends with the KID. */
    private static Kid kidOfTheShortKey(SignerImport imported) {
        String where = imported.rejected().getFirst().where();
        return Kid.ofBase64(where.substring(where.lastIndexOf(' ') + 1));
    }

    private static <T> Map<T, Long> counts(SignerImport imported, Function<Signer, T> by) {
        return imported.signers().stream().collect(Collectors.groupingBy(by, Collectors.counting()));
    }

    @Test
    void dutchCards_verifyUnderACandidateOfTheirKid() {
        for (Provider provider : PROVIDERS) {
            TrustList trust = TrustList.of(dutch(provider).signers());
            for (String file : List.of(
                    "cuwSubjectAltNameQR.json", "denylistedQR.json", "wholeNumberFloatDoseQR.json", "defaultQR.json")) {
                JsonNode example = ThirdPartyVectors.json(NL, file);
                assertThat(example.path("signature").asText()).isEqualTo("valid");
                Credential credential = decode(example.path("qr").asText());
                assertThat(credential.kid())
                        .isEqualTo(Kid.ofBase64(example.path("kid").asText()));
                assertThat(decide(provider, trust, credential)).as(file).contains(Decision.VALID);
            }
        }
    }

    @Test
    void aDoseWrittenAsFloat_isRead() {
        JsonNode example = ThirdPartyVectors.json(NL, "wholeNumberFloatDoseQR.json");
        Claims claims = new DccClaims()
                .read(decode(example.path("qr").asText()).claims())
                .orElseThrow();
        assertThat(claims.events()).hasSize(1);
        assertThat(claims.events().getFirst()).isInstanceOfSatisfying(Event.Vaccination.class, dose -> {
            assertThat(dose.dose()).isEqualTo(1);
            assertThat(dose.of()).isEqualTo(1);
        });
    }

    /** 31 texts; the one signed with the list's RSA key of 1024 bits decodes and finds no signer. */
    @Test
    void cardsOfAllStates_decodeAndVerify() {
        for (Provider provider : PROVIDERS) {
            SignerImport imported = read(provider, "eu-dcc-qa-images", "trust_keys.json");
            assertThat(imported.rejected()).extracting(Rejection::why).containsExactly(SHORT_KEY_REASON);
            TrustList trust = TrustList.of(imported.signers());
            int verified = 0;
            for (JsonNode example : ThirdPartyVectors.json("eu-dcc-qa-images", "expected.json")) {
                if (!example.path("signature").asText().equals("valid")) {
                    continue;
                }
                String image = example.path("image").asText();
                Credential credential = decode(example.path("text").asText());
                String[] window = example.path("iat_exp").asText().split("-");
                assertThat(credential.kid().toBase64())
                        .as(image)
                        .isEqualTo(example.path("kid").asText());
                assertThat(credential.issuer().orElse(""))
                        .as(image)
                        .isEqualTo(example.path("issuer").asText());
                assertThat(credential.validFrom())
                        .as(image)
                        .isEqualTo(Instant.ofEpochSecond(Long.parseLong(window[0])));
                assertThat(credential.expiresAt())
                        .as(image)
                        .isEqualTo(Instant.ofEpochSecond(Long.parseLong(window[1])));
                if (credential.kid().equals(kidOfTheShortKey(imported))) {
                    assertThat(decide(provider, trust, credential)).as(image).isEmpty();
                } else {
                    assertThat(decide(provider, trust, credential)).as(image).contains(Decision.VALID);
                    verified++;
                }
                Optional<Claims> claims = new DccClaims().read(credential.claims());
                assertThat(claims.map(Claims::events).orElseThrow()).as(image).isNotEmpty();
                assertThat(claims.orElseThrow().events().stream()
                                .map(Event::kind)
                                .collect(Collectors.toSet()))
                        .as(image)
                        .isEqualTo(credential.kinds());
            }
            assertThat(verified).isEqualTo(30);
        }
    }

    @Test
    void aSwissCard_verifiesWithPs256() throws IOException {
        JsonNode example = ThirdPartyVectors.json("ch-covidcertificate", "HC1_A.json");
        JsonNode key = example.path("keys");
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] spki = new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
                        new RSAPublicKey(
                                new BigInteger(1, base64.decode(key.path("N").asText())),
                                new BigInteger(1, base64.decode(key.path("E").asText()))))
                .getEncoded();
        Kid kid = Kid.ofBase64(key.path("KID").asText());
        Credential credential = decode(example.path("qr").asText());
        assertThat(credential.algorithm()).isEqualTo(Algorithm.PS256);
        assertThat(credential.kid()).isEqualTo(kid);
        for (Provider provider : PROVIDERS) {
            KeyImport.Usable usable = (KeyImport.Usable) new VerificationKeys(provider).ofSpki(spki);
            Signer signer = new Signer(kid, usable.key(), SignerKind.DCC, Signer.ANY_USAGE, Optional.empty());
            assertThat(decide(provider, TrustList.of(List.of(signer)), credential))
                    .containsExactly(Decision.VALID);
        }
    }
}

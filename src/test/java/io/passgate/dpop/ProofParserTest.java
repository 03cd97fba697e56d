package io.passgate.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProofParserTest {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Instant ISSUED_AT = Instant.parse("2021-12-13T02:40:00Z");
    private static final String HTU = "https://gate.example/v1/passes";
    private static final String CLAIMS = ProofMaker.claims(HTU, "a consent", ISSUED_AT, "~ 1");

    private final ProofMaker device = ProofMaker.fresh();
    private final String proof = device.sign(device.header(), CLAIMS);

    private static Optional<DeviceProof> parse(String text) {
        return switch (ProofParser.parse(text)) {
            case ProofReading.Parsed(DeviceProof proof) -> Optional.of(proof);
            case ProofReading.Malformed() -> Optional.empty();
        };
    }

    private void assertMalformedHeader(String header) {
        assertThat(header).isNotEqualTo(device.header());
        assertThat(parse(device.sign(header, CLAIMS))).as(header).isEmpty();
    }

    private void assertMalformedClaims(String claims) {
        assertThat(claims).isNotEqualTo(CLAIMS);
        assertThat(parse(device.sign(device.header(), claims))).as(claims).isEmpty();
    }

    private ProofClaims claims(String claims) {
        return parse(device.sign(device.header(), claims)).orElseThrow().claims();
    }

    private Instant issuedAt(String iat) {
        return claims(withIat(iat)).issuedAt();
    }

    private static String withIat(String iat) {
        return CLAIMS.replace(":1639363200,", ":" + iat + ",");
    }

    @Test
    void aProof_isReadAsItIsWritten() {
        DeviceProof read = parse(proof).orElseThrow();
        assertThat(read.key()).isEqualTo(device.key());
        assertThat(read.claims()).isEqualTo(new ProofClaims("~ 1", "POST", HTU, ISSUED_AT, Optional.of("a consent")));
        assertThat(new String(read.signed().toByteArray(), StandardCharsets.US_ASCII) + "."
                        + BASE64.encodeToString(read.signature().toByteArray()))
                .isEqualTo(proof);
    }

    @Test
    void whatWeDoNotKnow_isPassedOver() {
        String more = "\"nonce\":{\"a\":[1,{\"jti\":2}]},\"ath\":null,\"x\":[],";
        assertThat(claims(CLAIMS.replace("{", "{" + more)).jti()).isEqualTo("~ 1");
        assertThat(parse(device.sign(device.header().replaceFirst("\\{", "{\"kid\":\"1\"," + more), CLAIMS)))
                .isPresent();
    }

    @Test
    void aMissingMember_isMalformed() {
        for (String member : new String[] {"typ", "alg", "jwk"}) {
            assertMalformedHeader(device.header().replace("\"" + member + "\"", "\"other\""));
        }
        for (String claim : new String[] {"jti", "htm", "htu", "iat"}) {
            assertMalformedClaims(CLAIMS.replace("\"" + claim + "\"", "\"other\""));
        }
        assertMalformedHeader("{}");
        assertMalformedClaims("{}");
        assertThat(claims(CLAIMS.replace("\"consent\"", "\"other\"")).consent()).isEmpty();
    }

    @Test
    void aMemberTwice_isMalformed() {
        for (String member : new String[] {"\"typ\":\"dpop+jwt\"", "\"alg\":\"ES256\"", "\"x\":1,\"x\":2"}) {
            assertMalformedHeader(device.header().replaceFirst("\\{", "{" + member + ","));
        }
        assertMalformedHeader(device.header().replaceFirst("\\{", "{\"jwk\":" + device.jwk() + ","));
        for (String claim : new String[] {
            "\"jti\":\"~ 1\"",
            "\"htm\":\"POST\"",
            "\"htu\":\"" + HTU + "\"",
            "\"iat\":1639363200",
            "\"consent\":\"a consent\"",
            "\"x\":1,\"x\":1",
            "\"x\":{\"y\":1,\"y\":1}",
            "\"j\\u0074i\":\"~ 1\""
        }) {
            assertMalformedClaims(CLAIMS.replace("{", "{" + claim + ","));
        }
    }

    @Test
    void aMemberOfAnotherType_isMalformed() {
        for (String value : new String[] {"null", "1", "true", "{}", "[]", "[\"ES256\"]", "{\"typ\":\"dpop+jwt\"}"}) {
            assertMalformedHeader(device.header().replace("\"dpop+jwt\"", value));
            assertMalformedHeader(device.header().replace("\"ES256\"", value));
            for (String text : new String[] {"\"~ 1\"", "\"POST\"", "\"" + HTU + "\"", "\"a consent\""}) {
                assertMalformedClaims(CLAIMS.replace(text, value));
            }
        }
        for (String value : new String[] {"null", "\"1639363200\"", "true", "{}", "[]", "[1639363200]"}) {
            assertMalformedClaims(withIat(value));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"none", "None", "HS256", "RS256", "PS256", "ES384", "ES256K", "EdDSA", "es256", "ES256 ", ""})
    void anotherAlgorithm_isMalformed(String algorithm) {
        assertMalformedHeader(device.header().replace("ES256", algorithm));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "DPOP+JWT", "application/dpop+jwt", "dpop", ""})
    void anotherType_isMalformed(String type) {
        assertMalformedHeader(device.header().replace("dpop+jwt", type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\"b64\"]", "[\"exp\"]", "null", "1"})
    void aCriticalExtension_isMalformed(String critical) {
        assertMalformedHeader(device.header().replaceFirst("\\{", "{\"crit\":" + critical + ","));
    }

    @Test
    void aJti_hasOneTo64PrintableCharacters() {
        assertThat(claims(CLAIMS.replace("~ 1", "~".repeat(64))).jti()).hasSize(64);
        assertThat(claims(CLAIMS.replace("~ 1", " ")).jti()).isEqualTo(" ");
        for (String jti : new String[] {"", "~".repeat(65), "a\\n", "a\\u001f", "\\u007f", "\u00e9", "\ud83d\ude00"}) {
            assertMalformedClaims(CLAIMS.replace("~ 1", jti));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1639363200, 2021-12-13T02:40:00Z",
        "1639363200.0, 2021-12-13T02:40:00Z",
        "1.6393632E9, 2021-12-13T02:40:00Z",
        "16393632e2, 2021-12-13T02:40:00Z",
        "1639363200.5, 2021-12-13T02:40:00.5Z",
        "1639363200.123456789, 2021-12-13T02:40:00.123456789Z",
        "1639363200.1234567899, 2021-12-13T02:40:00.123456789Z",
        "0, 1970-01-01T00:00:00Z",
        "-0.25, 1969-12-31T23:59:59.75Z",
        "1e-32, 1970-01-01T00:00:00Z",
    })
    void aDate_isAnyNumber(String iat, Instant instant) {
        assertThat(issuedAt(iat)).isEqualTo(instant);
    }

    @Test
    void aDateBeyondAllDates_isTheFirstOrTheLast() {
        assertThat(issuedAt("1e300")).isEqualTo(Instant.MAX);
        assertThat(issuedAt("1e999999999")).isEqualTo(Instant.MAX);
        assertThat(issuedAt("-1e300")).isEqualTo(Instant.MIN);
        assertThat(issuedAt("99999999999999999999999999999999")).isEqualTo(Instant.MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-33",
                "1e-999999999",
                "1e99999999999",
                "1e-99999999999",
                "016",
                "+1",
                ".5",
                "1.",
                "0x10",
                "NaN",
                "Infinity",
                "999999999999999999999999999999999",
                "1639363200.00000000000000000000000"
            })
    void aDateInAnotherForm_isMalformed(String iat) {
        assertMalformedClaims(withIat(iat));
    }

    @Test
    void whatIsNotOneJsonObject_isMalformed() {
        for (String other : new String[] {"", " ", "null", "[]", "1", "\"a\"", "{", "}", "not JSON", "\ufeff{}"}) {
            assertMalformedHeader(other);
            assertMalformedClaims(other);
        }
        for (String after : new String[] {"{}", "1", "}", ",", "x", "\u0000"}) {
            assertMalformedHeader(device.header() + after);
            assertMalformedClaims(CLAIMS + after);
        }
        assertMalformedHeader("[" + device.header() + "]");
        assertMalformedClaims("\ufeff" + CLAIMS);
        assertMalformedClaims("[" + CLAIMS + "]");
        assertMalformedClaims(CLAIMS.replace("}", ",}"));
        assertMalformedClaims(CLAIMS.replace("{", "{/* */"));
        assertMalformedClaims(CLAIMS.replace('"', '\''));
        assertMalformedClaims(CLAIMS.replace("{", "{\"x\":" + "[".repeat(200) + "]".repeat(200) + ","));
    }

    @Test
    void anotherEncodingThanUtf8_isMalformed() {
        String[] parts = proof.split("\\.");
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, Charset.forName("UTF-32BE")}) {
            assertThat(parse(parts[0] + "." + BASE64.encodeToString(CLAIMS.getBytes(charset)) + "." + parts[2]))
                    .isEmpty();
        }
        byte[] latin = CLAIMS.replace("a consent", "\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(parse(parts[0] + "." + BASE64.encodeToString(latin) + "." + parts[2]))
                .isEmpty();
    }

    @Test
    void anythingButThreeParts_isMalformed() {
        String[] parts = proof.split("\\.");
        assertThat(parse(String.join(".", parts))).isPresent();
        for (String text : new String[] {
            "",
            ".",
            "..",
            "...",
            parts[0],
            parts[0] + "." + parts[1],
            parts[0] + "." + parts[1] + ".",
            proof + ".",
            "." + proof,
            proof + "." + parts[2],
            parts[0] + ".." + parts[2],
            "." + parts[1] + "." + parts[2],
            parts[1] + "." + parts[0] + "." + parts[2],
            parts[0] + "," + parts[1] + "," + parts[2]
        }) {
            assertThat(parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void aPartInAnotherBase64_isMalformed() {
        String[] parts = proof.split("\\.");
        for (int i = 0; i < 3; i++) {
            for (String other : new String[] {
                parts[i] + "=",
                parts[i] + "==",
                parts[i] + "A",
                parts[i] + "\n",
                " " + parts[i],
                "+" + parts[i].substring(1),
                "\u00e9" + parts[i].substring(1),
                "\u0141" + parts[i].substring(1)
            }) {
                String[] changed = parts.clone();
                changed[i] = other;
                assertThat(parse(String.join(".", changed))).as(other).isEmpty();
            }
        }
        assertThat(parse(" " + proof)).isEmpty();
        assertThat(parse(proof + " ")).isEmpty();
    }

    @Test
    void aSignatureOfAnotherLength_isMalformed() {
        String signed = proof.substring(0, proof.lastIndexOf('.') + 1);
        for (int bytes : new int[] {1, 32, 63, 65, 70, 96}) {
            assertThat(parse(signed + BASE64.encodeToString(new byte[bytes]))).isEmpty();
        }
        assertThat(parse(signed + BASE64.encodeToString(new byte[64]))).isPresent();
    }

    @Test
    void aProofOfMoreThan4096Characters_isMalformed() {
        assertThat(parse(padded(ProofParser.MAX_CHARS))).isPresent();
        assertThat(parse(padded(ProofParser.MAX_CHARS + 1))).isEmpty();
        assertThat(parse("A".repeat(10_000_000))).isEmpty();
    }

    /** The proof with blanks in its header and its claims that make it this long. */
    private String padded(int chars) {
        for (int inHeader = 0; inHeader < 3; inHeader++) {
            int inClaims = (chars - proof.length()) * 3 / 4 - 4;
            for (int i = 0; i < 8; i++) {
                String longer = device.sign(device.header() + " ".repeat(inHeader), CLAIMS + " ".repeat(inClaims + i));
                if (longer.length() == chars) {
                    return longer;
                }
            }
        }
        throw new AssertionError("no proof has " + chars + " characters");
    }

    @Test
    void randomBytesAnywhere_neverThrow() {
        Random random = new Random(9449);
        int malformed = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder(proof);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), "Aa0-_.=\u00ff".charAt(random.nextInt(8)));
            }
            malformed += parse(text.toString()).isEmpty() ? 1 : 0;
        }
        assertThat(malformed).isBetween(1, 49_999);
    }

    @Test
    void itsText_saysNothingOfIt() {
        assertThat(ProofParser.parse(proof).toString())
                .doesNotContain("consent", "~ 1", HTU, device.key().thumbprint());
    }
}

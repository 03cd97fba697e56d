package io.passgate.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceKeyTest {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String CLAIMS = ProofMaker.claims("https://a.example/", "consent", Instant.EPOCH, "1");

    /** y^2 = x^3 - 3x + b at x = 0: its x begins with zeros, as one key of 256 does. */
    private static final byte[] AT_ZERO = point(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4");

    private final ProofMaker device = ProofMaker.fresh();

    private static byte[] point(String xHex, String yHex) {
        return HexFormat.of().parseHex(xHex + yHex);
    }

    private static String jwk(byte[] x, byte[] y) {
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}"
                .formatted(BASE64.encodeToString(x), BASE64.encodeToString(y));
    }

    private ProofReading read(String jwk) {
        return ProofParser.parse(device.sign(ProofMaker.header(jwk), CLAIMS));
    }

    private void assertMalformed(String jwk) {
        assertThat(jwk).isNotEqualTo(device.jwk());
        assertThat(read(jwk)).as(jwk).isEqualTo(new ProofReading.Malformed());
    }

    private DeviceKey key(String jwk) {
        return switch (read(jwk)) {
            case ProofReading.Parsed(DeviceProof proof) -> proof.key();
            case ProofReading.Malformed() -> throw new AssertionError(jwk);
        };
    }

    @Test
    void aKey_isReadFromItsJwk_andFromItsBytes() {
        assertThat(key(device.jwk())).isEqualTo(device.key()).hasSameHashCodeAs(device.key());
        assertThat(DeviceKey.of(device.key().toByteArray())).isEqualTo(device.key());
        assertThat(ProofMaker.fresh().key()).isNotEqualTo(device.key());
    }

    @Test
    void theOrderOfMembers_andThoseUnknown_areOfNoConsequence() {
        String reordered = device.jwk().replace("{\"kty\":\"EC\",", "{").replace("}", ",\"kty\":\"EC\"}");
        assertThat(key(reordered)).isEqualTo(device.key());
        String more =
                device.jwk().replace("{", "{\"use\":\"sig\",\"kid\":\"1\",\"key_ops\":[\"verify\"],\"n\":{\"e\":1},");
        assertThat(key(more)).isEqualTo(device.key());
    }

    @Test
    void aCoordinateThatBeginsWithZeros_keepsThem() {
        byte[] x = Arrays.copyOfRange(AT_ZERO, 0, 32);
        byte[] y = Arrays.copyOfRange(AT_ZERO, 32, 64);
        assertThat(key(jwk(x, y)).toByteArray()).isEqualTo(AT_ZERO);
        assertMalformed(jwk(new byte[0], y));
        assertMalformed(jwk(new byte[31], y));
        assertMalformed(jwk(new byte[33], y));
    }

    @Test
    void aMemberMissing_isRefused() {
        for (String member : new String[] {"kty", "crv", "x", "y"}) {
            assertMalformed(device.jwk().replace("\"" + member + "\"", "\"other\""));
        }
        assertMalformed("{}");
    }

    @Test
    void aMemberTwice_isRefused() {
        assertMalformed(device.jwk().replace("{", "{\"kty\":\"EC\","));
        assertMalformed(device.jwk().replace("{", "{\"use\":1,\"use\":1,"));
        assertMalformed(device.jwk().replace("{", "{\"k\\u0074y\":\"EC\","));
    }

    @Test
    void aMemberOfAnotherTypeOrValue_isRefused() {
        for (String member : new String[] {"kty", "crv", "x", "y"}) {
            for (String value :
                    new String[] {"null", "1", "true", "{}", "[]", "[\"EC\"]", "\"\"", "\"RSA\"", "\"P-384\""}) {
                assertMalformed(
                        device.jwk().replaceFirst("\"" + member + "\":\"[^\"]*\"", "\"" + member + "\":" + value));
            }
        }
        assertMalformed(device.jwk().replace("EC", "ec"));
        assertMalformed(device.jwk().replace("P-256", "p-256"));
        assertMalformed(device.jwk().replace("P-256", "secp256r1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"EC\"", "[]", "[{}]", "true"})
    void whatIsNoObject_isRefused(String jwk) {
        assertMalformed(jwk);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"AQ\"", "\"\"", "null", "{}", "[1]"})
    void aPrivateMember_isRefused_whateverItIs(String d) {
        assertMalformed(device.jwk().replace("{", "{\"d\":" + d + ","));
    }

    @Test
    void aPointOffTheCurve_isRefused() {
        byte[] point = device.key().toByteArray();
        point[63] ^= 1;
        assertMalformed(jwk(Arrays.copyOfRange(point, 0, 32), Arrays.copyOfRange(point, 32, 64)));
        assertMalformed(jwk(new byte[32], new byte[32]));
        assertThatThrownBy(() -> DeviceKey.of(point)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCoordinateInAnotherBase64_isRefused() {
        String x = device.jwk().replaceFirst(".*\"x\":\"", "").replaceFirst("\".*", "");
        assertThat(x).hasSize(43);
        assertMalformed(device.jwk().replace(x, x + "="));
        assertMalformed(device.jwk().replace(x, x.substring(0, 42)));
        assertMalformed(device.jwk().replace(x, "A" + x));
        char last = x.charAt(42);
        assertMalformed(device.jwk().replace(x, x.substring(0, 42) + (char) (last + 1)));
        assertMalformed(device.jwk().replace(x, "+" + x.substring(1)));
        assertMalformed(device.jwk().replace(x, "\u00e9" + x.substring(1)));
    }

    @Test
    void bytesThatAreNoPoint_areAMistake() {
        for (int length : new int[] {0, 63, 65}) {
            assertThatThrownBy(() -> DeviceKey.of(new byte[length])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void itsBytes_areCopies() {
        byte[] bytes = device.key().toByteArray();
        DeviceKey key = DeviceKey.of(bytes);
        bytes[0] ^= 1;
        key.toByteArray()[0] ^= 1;
        assertThat(key).isEqualTo(device.key());
    }

    @Test
    void itsText_tellsNoDeviceFromAnother() {
        assertThat(device.key()).hasToString(ProofMaker.fresh().key().toString());
    }
}

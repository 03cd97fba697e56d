package io.passgate.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a certificate goes into each hash. */
final class RevocationHashesTest {
    private final RevocationHashes hashes = new RevocationHashes();

    private static RevocationHash sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return RevocationHash.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"ES256, 64, 32", "ES384, 96, 48", "PS256, 256, 256"})
    void ofASignature_itIsThatOfR_andOfAllOfAnRsaSignature(Algorithm algorithm, int length, int hashed)
            throws NoSuchAlgorithmException {
        byte[] signature = random(length);
        assertThat(hashes.ofSignature(algorithm, Slice.of(signature)))
                .isEqualTo(sha256(Arrays.copyOf(signature, hashed)));
    }

    @ParameterizedTest
    @CsvSource({"ES256, 64, 31, true", "ES256, 64, 32, false", "ES384, 96, 47, true", "ES384, 96, 48, false"})
    void aByteOfR_changesTheHash_andOneOfSDoesNot(Algorithm algorithm, int length, int at, boolean changes) {
        byte[] signature = random(length);
        RevocationHash before = hashes.ofSignature(algorithm, Slice.of(signature));
        signature[at] ^= 1;
        RevocationHash after = hashes.ofSignature(algorithm, Slice.of(signature));
        assertThat(after.equals(before)).isEqualTo(!changes);
    }

    @Test
    void aSignatureInsideAMessage_hasTheHashOfOneByItself() {
        byte[] signature = random(64);
        byte[] around = new byte[100];
        System.arraycopy(signature, 0, around, 20, 64);
        assertThat(hashes.ofSignature(Algorithm.ES256, Slice.of(around, 20, 64)))
                .isEqualTo(hashes.ofSignature(Algorithm.ES256, Slice.of(signature)));
    }

    @Test
    void anIdentifier_isHashedAsWritten_inUtf8_withTheIssuerBeforeIt() throws NoSuchAlgorithmException {
        String uci = "URN:UVCI:01:AT:Ä#0";
        assertThat(hashes.ofUci(uci)).isEqualTo(sha256(uci.getBytes(StandardCharsets.UTF_8)));
        assertThat(hashes.ofCountryCodeUci("AT", uci)).isEqualTo(sha256(("AT" + uci).getBytes(StandardCharsets.UTF_8)));
        assertThat(hashes.ofUci(uci)).isNotEqualTo(hashes.ofUci(uci.toLowerCase(Locale.ROOT)));
    }

    @Test
    void aHash_isTheFirst16Bytes_andWritesThemBack() {
        // FIPS 180-4, the example "abc": ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 …
        RevocationHash abc = hashes.ofUci("abc");
        assertThat(abc).isEqualTo(new RevocationHash(0xba7816bf8f01cfeaL, 0x414140de5dae2223L));
        assertThat(abc).hasToString("ba7816bf8f01cfea414140de5dae2223");
        assertThat(RevocationHash.of(abc.toByteArray())).isEqualTo(abc);
        assertThatThrownBy(() -> RevocationHash.of(new byte[RevocationHash.BYTES - 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hashes_compareAsUnsignedBytes() {
        RevocationHash[] ascending = {
            new RevocationHash(0, -1),
            new RevocationHash(1, 0),
            new RevocationHash(1, Long.MIN_VALUE),
            new RevocationHash(Long.MIN_VALUE, 0),
            new RevocationHash(-1, -1)
        };
        for (int i = 0; i < ascending.length; i++) {
            for (int j = 0; j < ascending.length; j++) {
                assertThat(Integer.signum(ascending[i].compareTo(ascending[j])))
                        .isEqualTo(Integer.signum(
                                Arrays.compareUnsigned(ascending[i].toByteArray(), ascending[j].toByteArray())));
            }
        }
    }
}

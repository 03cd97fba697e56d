package io.passgate.format.entrypass;

import static io.passgate.format.hcert.HandMade.hex;
import static io.passgate.format.hcert.HandMade.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.crypto.SignatureBatch.Decision;
import io.passgate.model.Age;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.Slice;
import io.passgate.testing.DeterministicKey;
import io.passgate.testing.TestProvider;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * One pass, byte by byte. The key's private scalar is the SHA-256 of the text "Passgate entry pass test vector", and
 * the signature is that of RFC 6979 with SHA-256.
 */
final class EntryPassVectorTest {
    private static final DeterministicKey KEY = new DeterministicKey(
            new BigInteger("31b06beeea06632ed5e83a595849ce663e64ea8d76e484026e5e3ac0706c7ab0", 16));

    private static final String TEXT =
            "KP1:RRQT 9O60GO0X507H0QS00+08CKL0G.70*PD*PDP1E2F3 ZTO/72F3 ZTA3655AX507H0QS00+0J"
                    + "61%H1CT1S-1100000V%KR6BI12$C2BO2UZ2423ND3Z249E4SP42$4L35+E5EQ5X$5746QF60R6J%6%47"
                    + "CG7VR75*7CE0/UGX50%83P8BX50.B0WC9/J0$83C-O999UP0C60FBCUS6$50FD0*68*2LP20Q.E01JJG"
                    + "57RT PL$XTOAVEQAS$VLUQH8A..U7BLTSO1/LLQHZMOE1VCJ8PWV%M6RXUHVBGAS8374QA-8CS3S3%4B"
                    + "1";

    private static final byte[] CLAIMS = join(
            hex("a5"),
            // iss: kakao
            hex("01 65 6b616b616f"),
            // exp, iat: 2021-07-12T12:00:15+09:00, 12:00:00
            hex("04 1a 60ebb03f"),
            hex("06 1a 60ebb030"),
            // cti
            hex("07 50 000102030405060708090a0b0c0d0e0f"),
            // -65537: five entries
            hex("3a 00010000 a5"),
            // holder tag: nonce, ciphertext, GCM tag
            hex("01 58 2c"),
            hex("101112131415161718191a1b"),
            hex("202122232425262728292a2b2c2d2e2f"),
            hex("303132333435363738393a3b3c3d3e3f"),
            // doses: Comirnaty 1 of 2 on 2021-05-29, 2 of 2 on 2021-06-19
            hex("02 82 84 01 01 02 194958 84 01 02 02 19496d"),
            // recovery: first positive on 2021-01-02, released on 2021-01-12
            hex("03 82 1948c5 1948cf"),
            // test: PCR of 2021-07-11T09:00:00+09:00, not detected
            hex("04 83 01 1a 60ea3480 01"),
            // age: 19 or older
            hex("06 02"));

    private static final byte[] MESSAGE = join(
            hex("d2 84"),
            // protected header: ES256, KID
            hex("4d a2 01 26 04 48 0102030405060708"),
            hex("a0"),
            hex("58 7e"),
            CLAIMS,
            hex("58 40"),
            hex("7da69e0073763a96782a70ea2baaa6eb57f71153bafbd4d3055093f4daa813c2"),
            hex("e1adad8b20c1d9f57242abfaf0337af3365c87df4e37ee53b0607dde1f265538"));

    private static EntryPass pass() {
        return new EntryPass(
                "kakao",
                Slice.of(hex("000102030405060708090a0b0c0d0e0f")),
                Instant.parse("2021-07-12T03:00:00Z"),
                Slice.of(hex("101112131415161718191a1b202122232425262728292a2b2c2d2e2f"
                        + "303132333435363738393a3b3c3d3e3f")),
                List.of(
                        PassSamples.dose(1, "2021-05-29"),
                        PassSamples.dose(2, "2021-06-19"),
                        PassSamples.recovery("2021-01-02", Optional.of("2021-01-12")),
                        PassSamples.test("LP6464-4", Instant.parse("2021-07-11T00:00:00Z"), "260415000")),
                Optional.of(AgeBand.ADULT));
    }

    @Test
    void thePass_isWrittenSo() {
        assertThat(TestProvider.message(EntryPassEncoder.encode(pass(), PassSamples.KID, KEY::sign)))
                .isEqualTo(MESSAGE);
        assertThat(EntryPassEncoder.encode(pass(), PassSamples.KID, KEY::sign)).isEqualTo(TEXT);
    }

    @Test
    void theText_isReadSo() {
        Credential credential = PassSamples.well(TEXT);
        assertThat(credential.claims()).isEqualTo(Slice.of(CLAIMS));
        assertThat(credential.expiresAt()).isEqualTo("2021-07-12T03:00:15Z");
        assertThat(new PassClaims().read(credential.claims()))
                .contains(new Claims(pass().events(), new Age.Band(AgeBand.ADULT)));
        JcaSignatureBatch batch = new JcaSignatureBatch(CryptoProviders.preferred(), 1);
        int index = batch.add(KEY.publicKey(), credential.toBeSigned(), credential.signature());
        batch.verify();
        assertThat(batch.decision(index)).isEqualTo(Decision.VALID);
    }
}

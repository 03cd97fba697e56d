package io.passgate.store.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.model.Slice;
import io.passgate.registry.Pepper;
import io.passgate.store.audit.AuditKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

/** Fingerprints are what the design page says, and tell secrets and purposes apart. */
final class SecretFingerprintTest {
    private static final byte[] SECRET = HexFormat.of().parseHex("00".repeat(31) + "07");

    /** By another implementation. */
    private static Slice expected(byte[] secret, String purpose) {
        HMac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(secret));
        byte[] text = ("passgate fingerprint " + purpose).getBytes(StandardCharsets.US_ASCII);
        mac.update(text, 0, text.length);
        byte[] whole = new byte[mac.getMacSize()];
        int length = mac.doFinal(whole, 0);
        assertThat(length).isEqualTo(32);
        return Slice.of(Arrays.copyOf(whole, 16));
    }

    @Test
    void aFingerprint_isTheBeginningOfAnHmacOfItsPurpose() {
        assertThat(SecretFingerprint.of(new Pepper(SECRET)).value()).isEqualTo(expected(SECRET, "pepper"));
        assertThat(SecretFingerprint.of(new AuditKey(SECRET)).value()).isEqualTo(expected(SECRET, "audit"));
    }

    @Test
    void oneSecretForBoth_hasTwoFingerprints_andAnotherSecretHasOthers() {
        byte[] other = SECRET.clone();
        other[0] = 1;
        assertThat(List.of(
                        SecretFingerprint.of(new Pepper(SECRET)).value(),
                        SecretFingerprint.of(new AuditKey(SECRET)).value(),
                        SecretFingerprint.of(new Pepper(other)).value(),
                        SecretFingerprint.of(new AuditKey(other)).value()))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotConfigured_hasNone() {
        assertThat(SecretFingerprint.all(Optional.empty(), Optional.empty())).isEmpty();
        assertThat(SecretFingerprint.all(Optional.empty(), Optional.of(new AuditKey(SECRET))))
                .containsExactly(new SecretFingerprint(SecretPurpose.AUDIT, expected(SECRET, "audit")));
    }

    @Test
    void aSecretOf31Bytes_isNone() {
        byte[] tooShort = new byte[31];
        assertThatThrownBy(() -> new Pepper(tooShort)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AuditKey(tooShort)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Pepper(new byte[32]).fingerprint()).hasSize(16);
        assertThat(new AuditKey(new byte[32]).fingerprint()).hasSize(16);
    }

    @Test
    void aFingerprint_hasSixteenBytes() {
        for (int length : new int[] {15, 17}) {
            Slice value = Slice.of(new byte[length]);
            assertThatThrownBy(() -> new SecretFingerprint(SecretPurpose.PEPPER, value))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

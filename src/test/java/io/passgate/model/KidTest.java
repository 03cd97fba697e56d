package io.passgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The KID of a certificate. */
final class KidTest {
    @Test
    void aCertificatesKid_isTheFirst8BytesOfItsSha256() {
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        assertThat(Kid.ofCertificate(abc)).hasToString("ba7816bf8f01cfea");
        abc[2] ^= 1;
        assertThat(Kid.ofCertificate(abc).toString()).hasSize(16).isNotEqualTo("ba7816bf8f01cfea");
    }
}

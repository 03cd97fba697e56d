package io.passgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which provider verifies: the other tests' "preferred" means nothing if it silently is the fallback. */
final class CryptoProvidersTest {
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void correttoIsInUse_whereItHasABuild() {
        assertThat(CryptoProviders.preferred().getName()).isEqualTo("AmazonCorrettoCryptoProvider");
    }

    @Test
    void theFallback_isBouncyCastle() {
        assertThat(CryptoProviders.fallback().getName()).isEqualTo("BC");
    }
}

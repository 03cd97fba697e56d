package io.passgate.crypto.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.crypto.CryptoProviders;
import io.passgate.model.Algorithm;
import io.passgate.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One signer signs for all threads. */
final class JcaSignerTest {
    private static final KeyPair KEYS = TestIssuer.newKeys(Algorithm.ES256);

    static Stream<Provider> providers() {
        return Stream.of(CryptoProviders.preferred(), CryptoProviders.fallback());
    }

    private static boolean verifies(String message, byte[] signature) {
        try {
            Signature engine = Signature.getInstance("SHA256withECDSAinP1363Format");
            engine.initVerify(KEYS.getPublic());
            engine.update(message.getBytes(StandardCharsets.UTF_8));
            return engine.verify(signature);
        } catch (GeneralSecurityException failed) {
            throw new AssertionError(failed);
        }
    }

    private static byte[] sign(JcaSigner signer, String message) {
        return signer.sign(message.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void oneMessageAfterAnother_isSigned_andNoneByTheOthersSignature(Provider provider) {
        JcaSigner signer = new JcaSigner(provider, KEYS.getPrivate());
        byte[] first = sign(signer, "first");
        byte[] second = sign(signer, "second");
        assertThat(first).hasSize(64);
        assertThat(verifies("first", first)).isTrue();
        assertThat(verifies("second", second)).isTrue();
        assertThat(verifies("first", second)).isFalse();
        first[63] ^= 1;
        assertThat(verifies("first", first)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void manyThreadsAtOnce_eachGetTheirOwnSignature(Provider provider) throws Exception {
        JcaSigner signer = new JcaSigner(provider, KEYS.getPrivate());
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Boolean>> right = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String message = "message " + i;
                right.add(threads.submit(() -> verifies(message, sign(signer, message))));
            }
            for (Future<Boolean> each : right) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void aKeyThatIsNotOfACurve_isRefused() {
        KeyPair rsa = TestIssuer.shared(Algorithm.PS256).keys();
        assertThatThrownBy(() -> new JcaSigner(CryptoProviders.preferred(), rsa.getPrivate()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package io.passgate.demo;

import io.passgate.app.Demonstration;
import io.passgate.crypto.signing.SelfSignedKey;
import io.passgate.format.hcert.HcertEncoder;
import io.passgate.model.Algorithm;
import io.passgate.model.Kid;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** A document signer whose key is made here and forgotten with the process. */
final class DemoSigner {
    private final SelfSignedKey key;

    private DemoSigner(SelfSignedKey key) {
        this.key = key;
    }

    /**
     * Makes a signer.
     *
     * @param usages the extended key usages its certificate is limited to; none for no limit
     */
    static DemoSigner make(Provider provider, String name, Instant from, Instant until, String... usages) {
        return new DemoSigner(SelfSignedKey.make(
                provider,
                new SecureRandom(),
                new SelfSignedKey.Contents(Demonstration.ORGANIZATION, name, from, until, List.of(usages))));
    }

    /** Signs a claims set into the text of a QR code. */
    String sign(byte[] cwt) {
        return HcertEncoder.encode(Algorithm.ES256, kid(), cwt, key.signer()::sign);
    }

    /** The same with the last byte of the signature changed, as a forger's would be. */
    String signWrongly(byte[] cwt) {
        return HcertEncoder.encode(Algorithm.ES256, kid(), cwt, message -> {
            byte[] signature = key.signer().sign(message);
            signature[signature.length - 1] ^= 1;
            return signature;
        });
    }

    private Kid kid() {
        return Kid.ofCertificate(key.certificate());
    }

    String certificatePem() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.certificate());
        return String.join("\n", List.of("-----BEGIN CERTIFICATE-----", base64, "-----END CERTIFICATE-----", ""));
    }
}

package io.passgate.issuance.wallet;

import io.passgate.model.Kid;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * The key that wallet certificates are signed with (ES256), and the validity of its certificate.
 *
 * @param kid the first 8 bytes of SHA-256 over its certificate
 * @param notBefore the first instant at which the certificate is valid
 * @param notAfter the last one
 * @param es256 from the bytes to be signed to r then s, 32 bytes each
 */
public record WalletSigner(Kid kid, Instant notBefore, Instant notAfter, UnaryOperator<byte[]> es256) {
    boolean isValidAt(Instant instant) {
        return !instant.isBefore(notBefore) && !instant.isAfter(notAfter);
    }

    /** The KID only. */
    @Override
    public String toString() {
        return "WalletSigner[kid " + kid + "]";
    }
}

package io.passgate.format;

import io.passgate.model.Reason;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import java.time.Instant;
import java.util.Optional;

/** When a signer may be trusted: {@code notBefore <= at <= notAfter} of its certificate, or always without one. */
public final class SignerWindow {
    /** The end of the year 9999, beyond which RFC 3339 cannot write an instant. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private SignerWindow() {}

    /** What is wrong with the signer at this instant, both ends of its window included. Fractions of a second count. */
    public static Optional<Reason> violation(Signer signer, Instant at) {
        if (signer.certificate().isEmpty()) {
            return Optional.empty();
        }
        SignerCertificate certificate = signer.certificate().get();
        if (at.isBefore(certificate.notBefore())) {
            return Optional.of(Reason.SIGNER_NOT_YET_VALID);
        }
        return at.isAfter(certificate.notAfter()) ? Optional.of(Reason.SIGNER_EXPIRED) : Optional.empty();
    }

    /** The last second, since 1970, of what ends at {@code expiresAt} and lasts no longer than its signer. */
    public static long lastSecond(Instant expiresAt, Signer signer) {
        long end = Math.min(expiresAt.getEpochSecond(), LAST_SECOND);
        return signer.certificate().isPresent()
                ? Math.min(end, signer.certificate().get().notAfter().getEpochSecond())
                : end;
    }
}

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

    /**
     * {@return what is wrong with the signer at this instant; empty if nothing is} Both ends of its window are
     * included. Fractions of a second count.
     *
     * @param signer whose window it is
     * @param at the instant that a credential is judged at
     */
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

    /**
     * {@return the last second of what lasts no longer than its signer, since 1970 and within the year 9999}
     *
     * @param expiresAt when it ends by itself
     * @param signer without a certificate it ends nothing
     */
    public static long lastSecond(Instant expiresAt, Signer signer) {
        long end = Math.min(expiresAt.getEpochSecond(), LAST_SECOND);
        return signer.certificate().isPresent()
                ? Math.min(end, signer.certificate().get().notAfter().getEpochSecond())
                : end;
    }
}

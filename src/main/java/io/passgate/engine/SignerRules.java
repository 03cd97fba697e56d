package io.passgate.engine;

import io.passgate.format.entrypass.PassTimes;
import io.passgate.model.Blanks;
import io.passgate.model.Credential;
import io.passgate.model.EventKind;
import io.passgate.model.Reason;
import io.passgate.trust.Countries;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What has to hold between a credential, the signer whose signature it bears, and the instant.
 *
 * <p>A health certificate: {@code notBefore <= at <= notAfter} and {@code iat - beforeCertificate <= at <= exp}, all ends
 * included; one country; the right usage. An entry pass: {@code notBefore <= at <= notAfter} and, with the tolerances of
 * {@link PassTimes}, {@code iat - before <= at <= exp + after}, all ends included. Fractions of a second count.
 */
final class SignerRules {
    private static final int COUNTRY_CODE_LENGTH = 2;

    private static final Set<EventKind> DCC_KINDS = Set.of(EventKind.VACCINATION, EventKind.TEST, EventKind.RECOVERY);

    /** The end of the year 9999, beyond which RFC 3339 cannot write an instant. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final PassTimes passTimes;
    private final Duration beforeCertificate;

    SignerRules(Tolerances tolerances) {
        this.passTimes = tolerances.passes();
        this.beforeCertificate = tolerances.beforeCertificate();
    }

    /** The first rule that does not hold, or empty. */
    Optional<Reason> violation(Credential credential, Signer signer, Instant at) {
        return switch (credential.format()) {
            case HCERT, EU_DCC -> certificateViolation(credential, signer, at);
            case ENTRY_PASS -> passViolation(credential, signer, at);
        };
    }

    private Optional<Reason> certificateViolation(Credential credential, Signer signer, Instant at) {
        if (!maySign(signer, credential)) {
            return Optional.of(Reason.SIGNER_USAGE_MISMATCH);
        }
        Optional<Reason> outsideWindow = outsideWindow(signer, at);
        if (outsideWindow.isPresent()) {
            return outsideWindow;
        }
        if (signer.certificate().isPresent()
                && namesTwoCountries(
                        credential.issuer(), signer.certificate().get().country())) {
            return Optional.of(Reason.SIGNER_COUNTRY_MISMATCH);
        }
        if (isEarly(at, credential.validFrom())) {
            return Optional.of(Reason.NOT_YET_VALID);
        }
        return isOver(at, credential) ? Optional.of(Reason.EXPIRED) : Optional.empty();
    }

    private Optional<Reason> passViolation(Credential pass, Signer signer, Instant at) {
        Optional<Reason> outsideWindow = outsideWindow(signer, at);
        if (outsideWindow.isPresent()) {
            return outsideWindow;
        }
        if (at.isBefore(pass.validFrom().minus(passTimes.before()))) {
            return Optional.of(Reason.NOT_YET_VALID);
        }
        return at.isAfter(pass.expiresAt().plus(passTimes.after())) ? Optional.of(Reason.EXPIRED) : Optional.empty();
    }

    /** A certificate's times may be any that an Instant can say: one is not moved, but the distance looked at. */
    private boolean isEarly(Instant at, Instant validFrom) {
        return at.isBefore(validFrom) && Duration.between(at, validFrom).compareTo(beforeCertificate) > 0;
    }

    /** A certificate that ends before it begins is over at any time: the tolerance opens no window for it. */
    private static boolean isOver(Instant at, Credential credential) {
        return at.isAfter(credential.expiresAt()) || credential.expiresAt().isBefore(credential.validFrom());
    }

    private static Optional<Reason> outsideWindow(Signer signer, Instant at) {
        if (signer.certificate().isEmpty()) {
            return Optional.empty();
        }
        SignerCertificate certificate = signer.certificate().get();
        if (at.isBefore(certificate.notBefore())) {
            return Optional.of(Reason.SIGNER_NOT_YET_VALID);
        }
        return at.isAfter(certificate.notAfter()) ? Optional.of(Reason.SIGNER_EXPIRED) : Optional.empty();
    }

    /** A credential that attests nothing may come only from a signer of all that a certificate can attest. */
    private static boolean maySign(Signer signer, Credential credential) {
        return signer.signs().containsAll(credential.kinds().isEmpty() ? DCC_KINDS : credential.kinds());
    }

    /** Real issuers write a ministry's name, and real certificates lack C: only two codes can contradict each other. */
    private static boolean namesTwoCountries(Optional<String> issuer, Optional<String> country) {
        return issuer.isPresent()
                && country.isPresent()
                && !Blanks.strip(country.get()).isEmpty()
                && isCountryCode(Blanks.strip(issuer.get()))
                && !Countries.maySignFor(country.get(), issuer.get());
    }

    private static boolean isCountryCode(String text) {
        return text.length() == COUNTRY_CODE_LENGTH && isLetter(text.charAt(0)) && isLetter(text.charAt(1));
    }

    private static boolean isLetter(char character) {
        return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
    }

    /** The last second at which credential and signer certificate are both valid. */
    long lastValidSecond(Credential credential, Signer signer) {
        Instant expiresAt = switch (credential.format()) {
            case HCERT, EU_DCC -> credential.expiresAt();
            case ENTRY_PASS -> credential.expiresAt().plus(passTimes.after());
        };
        long end = Math.min(expiresAt.getEpochSecond(), LAST_SECOND);
        return signer.certificate().isPresent()
                ? Math.min(end, signer.certificate().get().notAfter().getEpochSecond())
                : end;
    }
}

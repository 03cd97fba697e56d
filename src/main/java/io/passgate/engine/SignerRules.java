package io.passgate.engine;

import io.passgate.model.Credential;
import io.passgate.model.Reason;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import java.time.Instant;
import java.util.Optional;

/**
 * What has to hold between a credential, the signer whose signature it bears, and the instant: {@code notBefore <= at <=
 * notAfter} and {@code iat <= at <= exp}, both ends included and without tolerance; one country; the right usage.
 */
final class SignerRules {
    private static final int COUNTRY_CODE_LENGTH = 2;

    private SignerRules() {}

    /** The first rule that does not hold, or empty. */
    static Optional<Reason> violation(Credential credential, Signer signer, Instant at) {
        if (!signer.usages().containsAll(credential.kinds())) {
            return Optional.of(Reason.SIGNER_USAGE_MISMATCH);
        }
        if (signer.certificate().isPresent()) {
            SignerCertificate certificate = signer.certificate().get();
            if (at.isBefore(certificate.notBefore())) {
                return Optional.of(Reason.SIGNER_NOT_YET_VALID);
            }
            if (at.isAfter(certificate.notAfter())) {
                return Optional.of(Reason.SIGNER_EXPIRED);
            }
            if (namesTwoCountries(credential.issuer(), certificate.country())) {
                return Optional.of(Reason.SIGNER_COUNTRY_MISMATCH);
            }
        }
        if (at.isBefore(credential.validFrom())) {
            return Optional.of(Reason.NOT_YET_VALID);
        }
        if (at.isAfter(credential.expiresAt())) {
            return Optional.of(Reason.EXPIRED);
        }
        return Optional.empty();
    }

    /** Real issuers write a ministry's name, and real certificates lack C: only two codes can contradict each other. */
    private static boolean namesTwoCountries(Optional<String> issuer, Optional<String> country) {
        return issuer.isPresent()
                && country.isPresent()
                && isCountryCode(issuer.get())
                && !issuer.get().equalsIgnoreCase(country.get());
    }

    private static boolean isCountryCode(String text) {
        return text.length() == COUNTRY_CODE_LENGTH && isLetter(text.charAt(0)) && isLetter(text.charAt(1));
    }

    private static boolean isLetter(char character) {
        return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
    }

    /** The last second at which credential and signer certificate are both valid. */
    static long lastValidSecond(Credential credential, Signer signer) {
        long end = credential.expiresAt().getEpochSecond();
        return signer.certificate().isPresent()
                ? Math.min(end, signer.certificate().get().notAfter().getEpochSecond())
                : end;
    }
}

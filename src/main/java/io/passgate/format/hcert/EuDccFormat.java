package io.passgate.format.hcert;

import io.passgate.codec.CborCursor;
import io.passgate.codec.CborKeys;
import io.passgate.codec.MalformedException;
import io.passgate.format.ClaimsReader;
import io.passgate.format.RevocationLookup;
import io.passgate.format.SignerWindow;
import io.passgate.model.Blanks;
import io.passgate.model.Credential;
import io.passgate.model.EventKind;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.trust.Countries;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import io.passgate.trust.SignerKinds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * EU Digital COVID Certificates: an HCERT with claim -260 key 1.
 *
 * <p>What has to hold: {@code notBefore <= at <= notAfter} of the signer and {@code iat - tolerance <= at <= exp}, all
 * ends included; one country; the right usage. Fractions of a second count.
 */
public final class EuDccFormat implements HcertFormat {
    /** What its payloads are recognised as. */
    public static final FormatId ID = FormatId.of("eu-dcc");

    /** How long before its issue a certificate is accepted by default: what two healthy clocks are apart at most. */
    public static final Duration USUAL_TOLERANCE = Duration.ofSeconds(5);

    private static final int COUNTRY_CODE_LENGTH = 2;

    private static final Set<EventKind> KINDS = Set.of(EventKind.VACCINATION, EventKind.TEST, EventKind.RECOVERY);

    private final Duration tolerance;

    /**
     * Creates the format, for all threads.
     *
     * @param tolerance how long before it was issued a certificate is accepted, for the sake of clocks that differ
     * @throws IllegalArgumentException if it is negative
     */
    public EuDccFormat(Duration tolerance) {
        if (tolerance.isNegative()) {
            throw new IllegalArgumentException("a tolerance is not negative");
        }
        this.tolerance = tolerance;
    }

    @Override
    public FormatId id() {
        return ID;
    }

    @Override
    public long claimKey() {
        return Dcc.CLAIM_KEY;
    }

    @Override
    public Set<EventKind> kinds(CborCursor cursor, CborKeys keys, Slice content) throws MalformedException {
        return Dcc.kinds(cursor, keys, content);
    }

    @Override
    public SignerKinds.Declared signers() {
        return new SignerKinds.Declared(SignerKind.DCC.code(), false);
    }

    @Override
    public boolean maySign(Signer signer, Credential credential) {
        return signer.kind().equals(SignerKind.DCC);
    }

    @Override
    public boolean needsExactClock() {
        return false;
    }

    @Override
    public Optional<Reason> violation(Credential credential, Signer signer, Instant at) {
        if (!hasUsage(signer, credential)) {
            return Optional.of(Reason.SIGNER_USAGE_MISMATCH);
        }
        Optional<Reason> outsideWindow = SignerWindow.violation(signer, at);
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

    /** A credential that attests nothing may come only from a signer of all that a certificate can attest. */
    private static boolean hasUsage(Signer signer, Credential credential) {
        return signer.signs().containsAll(credential.kinds().isEmpty() ? KINDS : credential.kinds());
    }

    /** A certificate's times may be any that an Instant can say: one is not moved, but the distance looked at. */
    private boolean isEarly(Instant at, Instant validFrom) {
        return at.isBefore(validFrom) && Duration.between(at, validFrom).compareTo(tolerance) > 0;
    }

    /** A certificate that ends before it begins is over at any time: the tolerance opens no window for it. */
    private static boolean isOver(Instant at, Credential credential) {
        return at.isAfter(credential.expiresAt()) || credential.expiresAt().isBefore(credential.validFrom());
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

    @Override
    public long lastValidSecond(Credential credential, Signer signer) {
        return SignerWindow.lastSecond(credential.expiresAt(), signer);
    }

    @Override
    public RevocationLookup newRevocationLookup() {
        return new EuDccRevocation();
    }

    @Override
    public ClaimsReader newClaimsReader() {
        return new DccClaims();
    }

    @Override
    public Reason unreadable() {
        return Reason.HCERT_INVALID;
    }
}

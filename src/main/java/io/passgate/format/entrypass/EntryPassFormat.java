package io.passgate.format.entrypass;

import io.passgate.format.ClaimsReader;
import io.passgate.format.CredentialFormat;
import io.passgate.format.Envelope;
import io.passgate.format.RevocationLookup;
import io.passgate.format.SignerWindow;
import io.passgate.model.Credential;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKinds;
import java.time.Instant;
import java.util.Optional;

/**
 * Passgate's own entry pass ({@code "KP1:"}): signed by a provider, for one entry within seconds.
 *
 * <p>What has to hold: {@code notBefore <= at <= notAfter} of the signer and, with the tolerances of {@link PassTimes},
 * {@code iat - before <= at <= exp + after}, all ends included. Fractions of a second count.
 */
public final class EntryPassFormat implements CredentialFormat {
    /** What its payloads are recognised as; each is for one use. */
    public static final FormatId ID = new FormatId("entry-pass", true);

    private static final String SIGNER_KIND = "pass";

    private final PassTimes times;

    /**
     * Creates the format, for all threads.
     *
     * @param times how far a pass is accepted outside its 15 s
     */
    public EntryPassFormat(PassTimes times) {
        this.times = times;
    }

    @Override
    public FormatId id() {
        return ID;
    }

    @Override
    public Envelope envelope() {
        return EntryPassEnvelope.INSTANCE;
    }

    @Override
    public SignerKinds.Declared signers() {
        return new SignerKinds.Declared(SIGNER_KIND, true);
    }

    /** Of passes, only its own provider's. */
    @Override
    public boolean maySign(Signer signer, Credential credential) {
        return signer.kind().code().equals(SIGNER_KIND)
                && credential.issuer().isPresent()
                && signer.kind().party().equals(credential.issuer().get());
    }

    @Override
    public boolean needsExactClock() {
        return true;
    }

    @Override
    public Optional<Reason> violation(Credential pass, Signer signer, Instant at) {
        Optional<Reason> outsideWindow = SignerWindow.violation(signer, at);
        if (outsideWindow.isPresent()) {
            return outsideWindow;
        }
        if (at.isBefore(pass.validFrom().minus(times.before()))) {
            return Optional.of(Reason.NOT_YET_VALID);
        }
        return at.isAfter(pass.expiresAt().plus(times.after())) ? Optional.of(Reason.EXPIRED) : Optional.empty();
    }

    @Override
    public long lastValidSecond(Credential pass, Signer signer) {
        return SignerWindow.lastSecond(pass.expiresAt().plus(times.after()), signer);
    }

    /** Nothing revokes what lives for seconds. */
    @Override
    public RevocationLookup newRevocationLookup() {
        return RevocationLookup.NONE;
    }

    @Override
    public ClaimsReader newClaimsReader() {
        return new PassClaims();
    }

    @Override
    public Reason unreadable() {
        return Reason.PASS_INVALID;
    }
}

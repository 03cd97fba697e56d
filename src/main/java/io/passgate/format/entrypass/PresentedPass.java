package io.passgate.format.entrypass;

import io.passgate.model.Credential;
import io.passgate.model.Slice;
import io.passgate.model.VerificationResult;
import java.time.Instant;
import java.util.Optional;

/**
 * What an accepted entry pass is known by, once nobody needs to know what it says.
 *
 * @param provider who issued it
 * @param id its 16 bytes, in place: whoever keeps it copies it
 * @param holderTag its 44 bytes, in place: nonce, ciphertext, GCM tag
 * @param expiresAt its {@code exp}, without tolerance
 */
public record PresentedPass(String provider, Slice id, Slice holderTag, Instant expiresAt) {

    /**
     * {@return the pass that was accepted; empty if it was no pass, or was not accepted}
     *
     * @param verificationResult of one payload
     */
    public static Optional<PresentedPass> of(VerificationResult verificationResult) {
        return verificationResult
                .credential()
                .filter(credential -> credential.format().equals(EntryPassFormat.ID))
                .map(PresentedPass::of);
    }

    private static PresentedPass of(Credential pass) {
        return new PresentedPass(
                pass.issuer().orElseThrow(), PassClaims.id(pass), PassClaims.holderTag(pass), pass.expiresAt());
    }

    /** Its provider only: the rest is a person's. */
    @Override
    public String toString() {
        return "PresentedPass[" + provider + "]";
    }
}

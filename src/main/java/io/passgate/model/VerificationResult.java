package io.passgate.model;

import java.util.Optional;

/**
 * One payload after all stages.
 *
 * @param credential of an accepted payload only
 * @param format what it was recognised as, even if it could not be decoded
 * @param policyResult what the policy found; {@link PolicyResult.NotAsked} also where an earlier stage decided
 * @param verdict what the gateway says about it
 * @param vaccinated for a door, of a payload that its signer has signed and that is in time
 */
public record VerificationResult(
        Optional<Credential> credential,
        Optional<FormatId> format,
        PolicyResult policyResult,
        Verdict verdict,
        Optional<Vaccinated> vaccinated) {

    /**
     * The result where nothing was asked for a door.
     *
     * @param credential of an accepted payload only
     * @param format what it was recognised as, even if it could not be decoded
     * @param policyResult what the policy found
     * @param verdict what the gateway says about it
     */
    public VerificationResult(
            Optional<Credential> credential, Optional<FormatId> format, PolicyResult policyResult, Verdict verdict) {
        this(credential, format, policyResult, verdict, Optional.empty());
    }
}

package io.passgate.model;

import java.util.Optional;

/**
 * One payload after all stages.
 *
 * @param credential of an accepted payload only
 * @param format what it was recognised as, even if it could not be decoded
 * @param vaccinated for a door, of a payload that its signer has signed and that is in time
 */
public record VerificationResult(
        Optional<Credential> credential,
        Optional<FormatId> format,
        PolicyResult policyResult,
        Verdict verdict,
        Optional<Vaccinated> vaccinated) {

    /** Where nothing was asked for a door. */
    public VerificationResult(
            Optional<Credential> credential, Optional<FormatId> format, PolicyResult policyResult, Verdict verdict) {
        this(credential, format, policyResult, verdict, Optional.empty());
    }
}

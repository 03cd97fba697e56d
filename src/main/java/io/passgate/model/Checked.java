package io.passgate.model;

import java.util.Optional;

/**
 * One payload after all stages.
 *
 * @param credential empty when the payload could not be decoded
 */
public record Checked(Optional<Credential> credential, Finding finding, Verdict verdict) {}

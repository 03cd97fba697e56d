package io.passgate.model;

import java.util.Optional;

/**
 * One payload after all stages.
 *
 * @param credential of an accepted payload only
 * @param format what it was recognised as, even if it could not be decoded
 */
public record Checked(Optional<Credential> credential, Optional<Format> format, Finding finding, Verdict verdict) {}

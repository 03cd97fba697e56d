package io.passgate.model;

import java.time.Instant;
import java.util.Optional;

/** What a policy found in a credential's claims. */
public sealed interface PolicyResult {

    /**
     * The claims meet a rule.
     *
     * @param rule the rule's stable code, such as {@code vaccination_complete}
     * @param until the last instant it is met, or empty if it has no end
     */
    record Met(String rule, Optional<Instant> until) implements PolicyResult {}

    /**
     * No rule is met.
     *
     * @param reason what the nearest rule lacked, of the stage {@link Reason.Stage#POLICY}
     */
    record NotMet(Reason reason) implements PolicyResult {}

    /** No policy was asked for: only decoding, trust and signature count. */
    record NotAsked() implements PolicyResult {}
}

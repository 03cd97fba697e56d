package io.passgate.engine;

import java.util.Optional;

/**
 * What is asked of all payloads of a request.
 *
 * @param policy the name or id of the policy to judge by, if any
 * @param shownBy the name or id of the policy that says how far the doses shown bring their holder, for a door
 */
public record VerificationOptions(Optional<String> policy, Optional<String> shownBy) {}

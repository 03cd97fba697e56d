package io.passgate.access;

import java.time.Instant;

/**
 * Someone with a token.
 *
 * @param name for logs and metrics; not a person's
 * @param expiresAt from here on the token is refused
 */
public record Client(String name, Role role, Instant expiresAt) {}

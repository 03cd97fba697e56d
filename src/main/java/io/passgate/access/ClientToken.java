package io.passgate.access;

/**
 * A client and a token it is known by; it may have several.
 *
 * @param token by its hash
 * @param client whom it stands for
 */
public record ClientToken(TokenHash token, Client client) {}

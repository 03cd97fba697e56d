package io.passgate.access;

/** A client and the token it is known by; it may have several. */
public record ClientToken(TokenHash token, Client client) {}

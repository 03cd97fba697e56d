package io.passgate.revocation;

import io.passgate.model.Kid;
import java.util.Optional;

/**
 * What makes a revocation entry the one it is.
 *
 * @param kind what the hash is of
 * @param hash of the certificates it revokes
 * @param kid the KID of the certificates it revokes; any when empty
 */
public record RevocationKey(RevocationKind kind, RevocationHash hash, Optional<Kid> kid) {}

/**
 * Proofs that a device holds its key (RFC 9449): parsed, checked, and remembered by their {@code jti}. A check
 * belongs to the thread that makes it; what remembers is shared.
 */
@NullMarked
package io.passgate.dpop;

import org.jspecify.annotations.NullMarked;

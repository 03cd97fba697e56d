/**
 * Whom the gateway trusts: {@link io.passgate.trust.TrustList}, an immutable snapshot from KID to candidate signers,
 * and the importers that make signers of certificates and key lists.
 *
 * <p>Lists are immutable: any thread. Import runs on the thread that reads.
 */
@NullMarked
package io.passgate.trust;

import org.jspecify.annotations.NullMarked;

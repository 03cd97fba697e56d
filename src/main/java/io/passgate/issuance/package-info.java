/**
 * What a provider's phone is given, and what it must show for it: consent, the proof that a registered device asks, passes
 * and certificates.
 *
 * <p>A device proves itself by a DPoP proof (RFC 9449): {@link io.passgate.issuance.DeviceProofs} checks one, and gives it a
 * {@link io.passgate.issuance.ProofId} by which a second use is recognised.
 */
@NullMarked
package io.passgate.issuance;

import org.jspecify.annotations.NullMarked;

/**
 * Keys and signatures: what may serve as an issuer's key ({@link io.passgate.crypto.VerificationKeys}), verification of many
 * signatures at once behind {@link io.passgate.crypto.SignatureBatch}, and signing.
 *
 * <p>Everything runs on JCA providers passed by instance; none is installed in the JVM.
 */
@NullMarked
package io.passgate.crypto;

import org.jspecify.annotations.NullMarked;

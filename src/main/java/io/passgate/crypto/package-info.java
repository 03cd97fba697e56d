/**
 * Keys and signatures: what may serve as a signer's key ({@link io.passgate.crypto.VerificationKeys}), verification of
 * many signatures at once behind {@link io.passgate.crypto.SignatureBatch}.
 *
 * <p>Everything runs on JCA providers passed by instance; none is installed in the JVM.
 *
 * <p>A batch belongs to one thread; keys and their tables are shared. One thread builds tables.
 */
@NullMarked
package io.passgate.crypto;

import org.jspecify.annotations.NullMarked;

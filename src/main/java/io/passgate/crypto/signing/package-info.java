/**
 * Keys that sign: made, kept in a PKCS #12 file, and used. Signing goes to the JCA provider, by any thread that holds
 * the key.
 */
@NullMarked
package io.passgate.crypto.signing;

import org.jspecify.annotations.NullMarked;

/**
 * What has been revoked: exact entries of the EU DCC revocation scheme, and the immutable list that is looked up.
 *
 * <p>Lists are immutable: any thread. What hashes belongs to one.
 */
@NullMarked
package io.passgate.revocation;

import org.jspecify.annotations.NullMarked;

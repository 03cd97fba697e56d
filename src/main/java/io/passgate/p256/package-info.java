/**
 * Verification of ES256 signatures in batches, by tables of the keys that are met often. It verifies only and runs in
 * variable time: everything it sees is public. Signing never comes here.
 *
 * <p>A batch belongs to one thread; tables are shared and do not change.
 */
@NullMarked
package io.passgate.p256;

import org.jspecify.annotations.NullMarked;

/**
 * Verification of payloads: {@code /v1/verifications}. The event loop of the request; the engine judges on threads of
 * its own and calls back there.
 */
@NullMarked
package io.passgate.http.verify;

import org.jspecify.annotations.NullMarked;

/**
 * The door: one-time use of passes, the entry log in split custody, tracing. Nothing of a holder is kept.
 *
 * <p>The event loop of the request.
 */
@NullMarked
package io.passgate.checkin;

import org.jspecify.annotations.NullMarked;

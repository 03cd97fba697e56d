/** The door: one-time use of passes, the entry log in split custody, tracing. Nothing of a holder is kept. */
@NullMarked
package io.passgate.checkin;

import org.jspecify.annotations.NullMarked;

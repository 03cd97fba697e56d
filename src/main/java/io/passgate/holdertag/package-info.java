/**
 * Which holder a pass is of, encrypted under a key of the day: whoever has that day's key can tell for as long as it
 * is kept. Any thread.
 */
@NullMarked
package io.passgate.holdertag;

import org.jspecify.annotations.NullMarked;

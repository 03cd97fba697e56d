/**
 * Entry passes ({@code KP1:}): the one form in which they are written and read. The decoders belong to one thread
 * each; nothing here waits.
 */
@NullMarked
package io.passgate.format.entrypass;

import org.jspecify.annotations.NullMarked;

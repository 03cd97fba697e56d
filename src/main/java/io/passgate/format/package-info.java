/**
 * What a format is, whichever it is: what its payloads are in, who signs them, how long they hold, and what revokes
 * them. Formats are shared by all threads; what they make anew belongs to the thread that asked for it.
 */
@NullMarked
package io.passgate.format;

import org.jspecify.annotations.NullMarked;

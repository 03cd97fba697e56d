/**
 * Health certificates ({@code HC1:}): decoding, what the EU DCC inside says, and writing one (hcert specification
 * 1.0.5, EU DCC schema 1.3.0). The decoders belong to one thread each; nothing here waits.
 */
@NullMarked
package io.passgate.format.hcert;

import org.jspecify.annotations.NullMarked;

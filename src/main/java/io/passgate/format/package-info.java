/** What became of a payload's bytes, whatever its format. The thread that decodes. */
@NullMarked
package io.passgate.format;

import org.jspecify.annotations.NullMarked;

/** {@code passgate scan}: what stands between a scanner and a gateway. The thread of the command. */
@NullMarked
package io.passgate.cli.scan;

import org.jspecify.annotations.NullMarked;

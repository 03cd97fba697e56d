/** The command line: {@link io.passgate.cli.Main} and one command per class. */
@NullMarked
package io.passgate.cli;

import org.jspecify.annotations.NullMarked;

/**
 * The command line: {@link io.passgate.cli.Main} and one command per class.
 *
 * <p>The main thread.
 */
@NullMarked
package io.passgate.cli;

import org.jspecify.annotations.NullMarked;

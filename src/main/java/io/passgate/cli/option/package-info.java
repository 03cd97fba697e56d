/**
 * What several commands take: options with what they stand for, the place of the installation, and the exception for
 * what was said wrongly.
 *
 * <p>The main thread.
 */
@NullMarked
package io.passgate.cli.option;

import org.jspecify.annotations.NullMarked;

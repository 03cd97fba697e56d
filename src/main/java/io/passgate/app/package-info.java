/**
 * Configuration, wiring, start and ordered shutdown.
 *
 * <p>The main thread starts and stops; what is wired here runs on the threads that its own package names.
 */
@NullMarked
package io.passgate.app;

import org.jspecify.annotations.NullMarked;

/** Configuration, wiring, start and ordered shutdown. */
@NullMarked
package io.passgate.app;

import org.jspecify.annotations.NullMarked;

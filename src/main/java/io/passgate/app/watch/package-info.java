/**
 * What watches the gateway's own process, and ends it when it can do its work no more.
 *
 * <p>A thread of its own, which waits for nobody.
 */
@NullMarked
package io.passgate.app.watch;

import org.jspecify.annotations.NullMarked;

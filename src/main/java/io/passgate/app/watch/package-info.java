/** What watches the gateway's own process, and ends it when it can do its work no more. */
@NullMarked
package io.passgate.app.watch;

import org.jspecify.annotations.NullMarked;

/**
 * What a check-in leaves behind: that a pass is used, and the entry, on its way through Redis or a local log into
 * PostgreSQL. The event loop of the stores; files are written by a thread of their own.
 */
@NullMarked
package io.passgate.store.entrylog;

import org.jspecify.annotations.NullMarked;

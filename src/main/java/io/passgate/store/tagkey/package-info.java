/** The keys of the day for holder tags, in PostgreSQL. The event loop of the stores. */
@NullMarked
package io.passgate.store.tagkey;

import org.jspecify.annotations.NullMarked;

/**
 * The whole state in chunks, for a gateway that starts; and the file that one starts by when both stores are down.
 * Read and written on worker threads.
 */
@NullMarked
package io.passgate.store.snapshot;

import org.jspecify.annotations.NullMarked;

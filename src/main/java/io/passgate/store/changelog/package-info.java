/**
 * Administrative changes as records: their bytes, their order, and the state that they add up to. Whoever applies
 * them does so on one thread.
 */
@NullMarked
package io.passgate.store.changelog;

import org.jspecify.annotations.NullMarked;

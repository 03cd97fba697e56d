/**
 * The audit log: a chain of hashes in PostgreSQL, whose head is signed. Written on the event loop of the stores,
 * checked by the command line.
 */
@NullMarked
package io.passgate.store.audit;

import org.jspecify.annotations.NullMarked;

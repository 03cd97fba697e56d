/**
 * Records, consents, devices and issued certificates in PostgreSQL, and used proofs in Redis. The event loop of the
 * stores.
 */
@NullMarked
package io.passgate.store.issuing;

import org.jspecify.annotations.NullMarked;

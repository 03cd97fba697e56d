/**
 * PostgreSQL and Redis: what is true, what carries it to every gateway, and the snapshots made of it in the process.
 */
@NullMarked
package io.passgate.store;

import org.jspecify.annotations.NullMarked;

/**
 * PostgreSQL and Redis: what is true, what carries it to every gateway, and the snapshots made of it in the process.
 *
 * <p>The event loop of the stores, unless a package below says otherwise; what blocks says so in its name.
 */
@NullMarked
package io.passgate.store;

import org.jspecify.annotations.NullMarked;

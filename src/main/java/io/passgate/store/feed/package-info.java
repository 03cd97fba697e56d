/**
 * How an administrative change reaches every gateway: into PostgreSQL with its outbox, into a stream of Redis, and
 * into each gateway's snapshot. The event loop of the stores.
 */
@NullMarked
package io.passgate.store.feed;

import org.jspecify.annotations.NullMarked;

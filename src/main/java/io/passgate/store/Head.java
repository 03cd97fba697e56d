package io.passgate.store;

import java.time.Instant;

/**
 * How far PostgreSQL was.
 *
 * @param at when it was asked, before it answered
 */
record Head(Position position, Instant at) {}

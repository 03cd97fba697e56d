package io.passgate.store.changelog;

import java.time.Instant;

/**
 * How far PostgreSQL was.
 *
 * @param logPosition the position of its last change
 * @param at when it was asked, before it answered
 */
public record HeadObservation(LogPosition logPosition, Instant at) {}

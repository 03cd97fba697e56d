package io.passgate.store;

import java.time.Instant;

/**
 * What a snapshot in Redis consists of.
 *
 * @param name no other snapshot has it; its chunks are found by it
 */
record SnapshotManifest(String name, int chunks, Position position, Instant writtenAt) {}

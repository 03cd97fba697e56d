package io.passgate.store.snapshot;

import io.passgate.store.changelog.LogPosition;
import java.time.Instant;

/**
 * What a snapshot in Redis consists of.
 *
 * @param name no other snapshot has it; its chunks are found by it
 */
public record SnapshotManifest(String name, int chunks, LogPosition logPosition, Instant writtenAt) {}

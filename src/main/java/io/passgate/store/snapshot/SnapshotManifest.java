package io.passgate.store.snapshot;

import io.passgate.store.changelog.LogPosition;
import java.time.Instant;

/**
 * What a snapshot in Redis consists of.
 *
 * @param name no other snapshot has it; its chunks are found by it
 * @param chunks how many there are, counted from 0
 * @param logPosition of the replica that is in it
 * @param writtenAt by the clock of the gateway that wrote it
 */
public record SnapshotManifest(String name, int chunks, LogPosition logPosition, Instant writtenAt) {}

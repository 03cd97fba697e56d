package io.passgate.store.entrylog;

import io.passgate.model.OpaqueId;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * The names of what doors keep in Redis. A hash tag puts all keys of a shard on one node of a cluster.
 *
 * <pre>
 * passgate:{n}:used:ID      string   who used it: the entry's 16 bytes                    until nobody can show it
 * passgate:{n}:request:ID   string   the 16 bytes that tell the payloads of the request with this key    for a minute
 * passgate:{n}:provider:ID  string   where a holder was seen last: entry, flag, ms, name  for the provider window
 * passgate:{n}:facility:ID  string   the same of facilities                               for the facility window
 * passgate:{n}:entries      stream   field e: entries that are not in PostgreSQL yet
 * passgate:{n}:since        hash     replid, since (ms): what was used before that may have been forgotten
 * </pre>
 */
final class OneTimeKeys {
    static final int SHARDS = 16;

    /**
     * Of a server that has all shards, so many scripts are under way at once: while it runs one, another is read.
     * Fewer and larger ones cost it less.
     */
    private static final int LANES = 2;

    private OneTimeKeys() {}

    static int shard(OpaqueId id) {
        return id.toByteArray()[0] & (SHARDS - 1);
    }

    /** Shards whose keys one script may use are of one group, which has the number of one of them. */
    static int group(int shard, boolean isCluster) {
        return isCluster ? shard : shard % LANES;
    }

    static String entries(int shard) {
        return prefix(shard) + "entries";
    }

    static String since(int shard) {
        return prefix(shard) + "since";
    }

    /** The bytes of an id as they are: a key is not read by people. */
    static Buffer of(int shard, String what, OpaqueId id) {
        byte[] name = (prefix(shard) + what + ":").getBytes(StandardCharsets.US_ASCII);
        return Buffer.buffer(name.length + OpaqueId.BYTES).appendBytes(name).appendBytes(id.toByteArray());
    }

    private static String prefix(int shard) {
        return "passgate:{" + shard + "}:";
    }
}

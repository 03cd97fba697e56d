package io.passgate.store.changelog;

import io.passgate.model.Digests;
import io.passgate.model.Slice;
import java.security.MessageDigest;

/**
 * A point in the history of changes.
 *
 * @param epoch raised when another history is declared to be the truth
 * @param sequence of the last change, 0 before the first; consecutive
 * @param digest SHA-256 over the digest before it and the change: two histories never share one
 */
public record LogPosition(long epoch, long sequence, Slice digest) {
    public static final int DIGEST_BYTES = 32;

    public LogPosition {
        if (digest.length() != DIGEST_BYTES) {
            throw new IllegalArgumentException("a digest has " + DIGEST_BYTES + " bytes");
        }
    }

    /** The position after a change of this content. */
    public LogPosition next(byte[] content) {
        MessageDigest sha256 = Digests.sha256();
        sha256.update(digest.array(), digest.offset(), digest.length());
        return new LogPosition(epoch, sequence + 1, Slice.of(sha256.digest(content)));
    }

    /** Whether this is behind {@code that} in time, be it in the same history or not. */
    public boolean isBefore(LogPosition that) {
        return epoch != that.epoch ? epoch < that.epoch : sequence < that.sequence;
    }

    @Override
    public String toString() {
        return sequence + " of epoch " + epoch;
    }
}

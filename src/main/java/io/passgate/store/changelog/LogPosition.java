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
    /** Bytes of a digest: those of SHA-256. */
    public static final int DIGEST_BYTES = 32;

    /**
     * Checks the digest's length.
     *
     * @throws IllegalArgumentException if it has not {@link #DIGEST_BYTES}
     */
    public LogPosition {
        if (digest.length() != DIGEST_BYTES) {
            throw new IllegalArgumentException("a digest has " + DIGEST_BYTES + " bytes");
        }
    }

    /**
     * {@return the position after one change more}
     *
     * @param content of the change, by {@link ChangeCodec}
     */
    public LogPosition next(byte[] content) {
        MessageDigest sha256 = Digests.sha256();
        sha256.update(digest.array(), digest.offset(), digest.length());
        return new LogPosition(epoch, sequence + 1, Slice.of(sha256.digest(content)));
    }

    /**
     * {@return whether this is behind another in time, be it in the same history or not}
     *
     * @param that compared by its epoch, and by its number where the epochs are the same
     */
    public boolean isBefore(LogPosition that) {
        return epoch != that.epoch ? epoch < that.epoch : sequence < that.sequence;
    }

    @Override
    public String toString() {
        return sequence + " of epoch " + epoch;
    }
}

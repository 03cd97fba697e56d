package io.passgate.store.changelog;

import io.passgate.model.Slice;
import io.passgate.store.StoreException;

/**
 * One change as it is published.
 *
 * @param sequence the number of the change, 1 for the first
 * @param content by {@link ChangeCodec}
 * @param digest of its {@link LogPosition}
 */
public record ChangeEntry(long sequence, byte[] content, Slice digest) {

    /**
     * {@return the position after this entry}
     *
     * @param before the position that it should follow
     * @throws StoreException if it does not follow {@code before}
     */
    public LogPosition follow(LogPosition before) {
        LogPosition after = before.next(content);
        if (sequence != after.sequence() || !digest.equals(after.digest())) {
            throw new StoreException("the change " + sequence + " does not follow " + before);
        }
        return after;
    }
}

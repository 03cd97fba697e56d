package io.passgate.store.snapshot;

import io.passgate.store.StoreException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads what {@link ChunkOutput} cut. A chunk that is missing or damaged is told by a {@link StoreException}. */
public final class ChunkInput extends InputStream {
    private final ChunkDigest digest;
    private final Source source;
    private final int chunks;
    private byte[] chunk = new byte[0];
    private int next;
    private int position;

    /** Where chunks come from. */
    public interface Source {
        /**
         * {@return the chunk of that number, not to be changed afterwards} An empty one says that there are no more.
         *
         * @param index counted from 0
         * @throws StoreException if it is missing
         */
        byte[] get(int index);
    }

    /**
     * Creates a stream that starts with the first chunk.
     *
     * @param snapshot its name, as it was given to {@link ChunkOutput}
     * @param chunks how many there are at most
     * @param source asked for each chunk when it is its turn
     */
    public ChunkInput(String snapshot, int chunks, Source source) {
        this.digest = new ChunkDigest(snapshot);
        this.chunks = chunks;
        this.source = source;
    }

    @Override
    public int read() {
        return hasMore() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int part = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, bytes, offset, part);
        position += part;
        return part;
    }

    private boolean hasMore() {
        while (position == chunk.length) {
            if (next == chunks) {
                return false;
            }
            byte[] fresh = source.get(next);
            if (fresh.length == 0) {
                return false;
            }
            take(fresh, next);
            next++;
        }
        return true;
    }

    private void take(byte[] bytes, int index) {
        if (bytes.length < ChunkDigest.BYTES || bytes.length > ChunkOutput.MAX_BYTES) {
            throw new StoreException("a snapshot chunk of " + bytes.length + " bytes");
        }
        byte[] expected = digest.of(index, bytes, ChunkDigest.BYTES, bytes.length - ChunkDigest.BYTES);
        if (!Arrays.equals(expected, 0, ChunkDigest.BYTES, bytes, 0, ChunkDigest.BYTES)) {
            throw new StoreException("the snapshot chunk " + index + " is damaged");
        }
        chunk = bytes;
        position = ChunkDigest.BYTES;
    }
}

package io.passgate.store.snapshot;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Cuts what is written into chunks of at most {@link #MAX_BYTES}, each with its {@link ChunkDigest} before its data.
 * Closing gives out the last one.
 */
public final class ChunkOutput extends OutputStream {
    /** What a value in Redis may take. */
    static final int MAX_BYTES = 1 << 20;

    private final ChunkDigest digest;
    private final Sink sink;
    private final byte[] data = new byte[MAX_BYTES - ChunkDigest.BYTES];
    private int used;
    private int chunks;

    /** Where chunks go, in their order. */
    public interface Sink {
        /**
         * Takes a chunk.
         *
         * @param index counted from 0
         * @param chunk the digest and then the data; the sink's from now on
         */
        void put(int index, byte[] chunk);
    }

    /**
     * Creates a stream that has given out nothing.
     *
     * @param snapshot its name, which no other has
     * @param sink gets each chunk once it is full
     */
    public ChunkOutput(String snapshot, Sink sink) {
        this.digest = new ChunkDigest(snapshot);
        this.sink = sink;
    }

    @Override
    public void write(int value) {
        if (used == data.length) {
            give();
        }
        data[used++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (used == data.length) {
                give();
            }
            int part = Math.min(length - done, data.length - used);
            System.arraycopy(bytes, offset + done, data, used, part);
            used += part;
            done += part;
        }
    }

    private void give() {
        byte[] chunk = Arrays.copyOf(digest.of(chunks, data, 0, used), ChunkDigest.BYTES + used);
        System.arraycopy(data, 0, chunk, ChunkDigest.BYTES, used);
        sink.put(chunks++, chunk);
        used = 0;
    }

    @Override
    public void close() {
        if (used > 0) {
            give();
        }
    }

    /** {@return how many chunks were given out so far; all of them once it is closed} */
    public int chunks() {
        return chunks;
    }
}

package io.passgate.codec;

import io.passgate.model.Reason;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates one whole zlib stream (RFC 1950) into a buffer of its own that never grows. Reused for one payload after
 * another by one thread.
 */
final class BoundedInflater {
    private static final byte[] NOTHING = new byte[0];

    private final Inflater inflater = new Inflater();
    private final byte[] out = new byte[Bounds.MAX_INFLATED_BYTES + 1];

    /**
     * Inflates {@code in[0, length)}.
     *
     * @return the number of bytes in {@link #bytes()}
     * @throws MalformedException if it is no zlib stream, is cut short, asks for a dictionary, has bytes after its end,
     *     or inflates to more than {@link Bounds#MAX_INFLATED_BYTES}
     */
    int inflate(byte[] in, int length) throws MalformedException {
        inflater.reset();
        inflater.setInput(in, 0, length);
        try {
            int written = 0;
            while (!inflater.finished()) {
                int more = inflater.inflate(out, written, out.length - written);
                written += more;
                if (written > Bounds.MAX_INFLATED_BYTES) {
                    throw MalformedException.of(Reason.INFLATED_TOO_LONG);
                }
                if (more == 0 && !inflater.finished()) {
                    throw MalformedException.of(Reason.ZLIB_INVALID);
                }
            }
            if (inflater.getRemaining() > 0) {
                throw MalformedException.of(Reason.ZLIB_INVALID);
            }
            return written;
        } catch (DataFormatException notZlib) {
            throw MalformedException.of(Reason.ZLIB_INVALID);
        } finally {
            inflater.setInput(NOTHING);
        }
    }

    /** The inflated bytes; overwritten by the next call. */
    byte[] bytes() {
        return out;
    }

    void wipe() {
        Arrays.fill(out, (byte) 0);
    }
}

package io.passgate.codec;

import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.util.Arrays;

/**
 * Reads CBOR of a known shape in its one deterministic form (RFC 8949 section 4.2.1): definite lengths and shortest
 * heads. Whatever is written in another way, or is not what is asked for, is {@link Reason#PASS_INVALID}. A length is
 * checked against the bytes that are left before it is used. One thread, reused.
 */
public final class StrictCbor {
    /** The least number that takes an argument of 1, 2 and 4 bytes. */
    private static final long[] SMALLEST = {24, 0x100, 0x1_0000};

    private static final int ONE_BYTE = 24;
    private static final int FOUR_BYTES = 26;

    private byte[] bytes = Slice.empty().array();
    private int at;
    private int end;

    /** Starts at the first byte of {@code stretch}. */
    public void start(Slice stretch) {
        bytes = stretch.array();
        at = stretch.offset();
        end = at + stretch.length();
    }

    /** Lets go of the stretch. */
    public void forget() {
        start(Slice.empty());
    }

    /** The major type of the next item, 0 to 7. */
    public int peekMajor() throws MalformedException {
        return peek() >> 5;
    }

    /** The next byte, 0 to 255, which is not passed over. */
    public int peek() throws MalformedException {
        if (at == end) {
            throw invalid();
        }
        return bytes[at] & 0xff;
    }

    /** Passes over exactly these bytes. */
    public void expect(byte[] expected) throws MalformedException {
        if (expected.length > end - at
                || !Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length)) {
            throw invalid();
        }
        at += expected.length;
    }

    public void expectEnd() throws MalformedException {
        if (at != end) {
            throw invalid();
        }
    }

    /**
     * Reads the head of the next item and gives its argument: a number, a length or a count.
     *
     * @param major what it has to be
     * @param min the least argument
     * @param max the largest one, below 2^32
     */
    public long readArgument(int major, long min, long max) throws MalformedException {
        int initial = peek();
        at++;
        if (initial >> 5 != major) {
            throw invalid();
        }
        int info = initial & 0x1f;
        long argument = info < ONE_BYTE ? info : longArgument(info);
        if (argument < min || argument > max) {
            throw invalid();
        }
        return argument;
    }

    private long longArgument(int info) throws MalformedException {
        if (info > FOUR_BYTES) {
            throw invalid();
        }
        int size = 1 << (info - ONE_BYTE);
        if (size > end - at) {
            throw invalid();
        }
        long argument = 0;
        for (int last = at + size; at < last; at++) {
            argument = argument << 8 | (bytes[at] & 0xff);
        }
        if (argument < SMALLEST[info - ONE_BYTE]) {
            throw invalid();
        }
        return argument;
    }

    /** Reads a byte string of {@code min} to {@code max} bytes, in place. */
    public Slice readBytes(int min, int max) throws MalformedException {
        return take((int) readArgument(CborCursor.BYTES, min, max));
    }

    /** Passes over a byte string of exactly {@code length} bytes. */
    public void skipBytes(int length) throws MalformedException {
        var _ = readBytes(length, length);
    }

    /** The next {@code length} bytes, in place. */
    public Slice take(int length) throws MalformedException {
        if (length > end - at) {
            throw invalid();
        }
        at += length;
        return Slice.of(bytes, at - length, length);
    }

    private static MalformedException invalid() {
        return MalformedException.of(Reason.PASS_INVALID);
    }
}

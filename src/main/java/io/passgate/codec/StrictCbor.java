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

    /** Creates one that has nothing to read; {@link #start} comes first. */
    public StrictCbor() {}

    /**
     * Starts at the first byte of {@code stretch}.
     *
     * @param stretch read in place, and held until {@link #forget}
     */
    public void start(Slice stretch) {
        bytes = stretch.array();
        at = stretch.offset();
        end = at + stretch.length();
    }

    /** Lets go of the stretch. */
    public void forget() {
        start(Slice.empty());
    }

    /**
     * {@return the major type of the next item, 0 to 7}
     *
     * @throws MalformedException if no byte is left
     */
    public int peekMajor() throws MalformedException {
        return peek() >> 5;
    }

    /**
     * {@return the next byte, 0 to 255, which is not passed over}
     *
     * @throws MalformedException if no byte is left
     */
    public int peek() throws MalformedException {
        if (at == end) {
            throw invalid();
        }
        return bytes[at] & 0xff;
    }

    /**
     * Passes over exactly these bytes.
     *
     * @param expected what has to come next; may be empty
     * @throws MalformedException if something else does
     */
    public void expect(byte[] expected) throws MalformedException {
        if (expected.length > end - at
                || !Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length)) {
            throw invalid();
        }
        at += expected.length;
    }

    /**
     * Checks that nothing is left.
     *
     * @throws MalformedException if a byte was not read
     */
    public void expectEnd() throws MalformedException {
        if (at != end) {
            throw invalid();
        }
    }

    /**
     * Reads the head of the next item.
     *
     * @param major the major type that it has to be of, 0 to 7
     * @param min the least argument
     * @param max the largest one, below 2^32
     * @return its argument: a number, a length or a count
     * @throws MalformedException if it is of another type, out of range, or not in its shortest form
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

    /**
     * Reads a byte string, in place.
     *
     * @param min the least length in bytes
     * @param max the largest one
     * @return its content, not copied
     * @throws MalformedException if the next item is something else, or of another length
     */
    public Slice readBytes(int min, int max) throws MalformedException {
        return take((int) readArgument(CborCursor.BYTES, min, max));
    }

    /**
     * Passes over a byte string of exactly {@code length} bytes.
     *
     * @param length of its content, without the head
     * @throws MalformedException if the next item is something else, or of another length
     */
    public void skipBytes(int length) throws MalformedException {
        var _ = readBytes(length, length);
    }

    /**
     * Passes over the next bytes, whatever they are.
     *
     * @param length how many, 0 or more
     * @return these bytes, in place
     * @throws MalformedException if fewer are left
     */
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

package io.passgate.codec;

import io.passgate.model.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The heads of CBOR items (RFC 8949 section 3) in a stretch of bytes, where {@link CborCursor} walks. It counts the
 * items, and lets no length reach beyond the bytes that are left.
 */
abstract class CborHeads {
    static final byte[] NOTHING = new byte[0];

    /** Texts of at most so many bytes, as nearly all keys are, are read as one number. */
    static final int MOST_PACKED = 8;

    /** The initial byte of an empty text; a short one has its length added. */
    private static final int EMPTY_TEXT = 0x60;

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    byte[] bytes = NOTHING;
    int at;
    int end;
    int items;
    long packed;

    final void resume(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /** Moves over {@code length} bytes and returns where they start. */
    final int advance(long length) throws MalformedException {
        if (length < 0 || length > end - at) {
            throw invalid();
        }
        int start = at;
        at += (int) length;
        return start;
    }

    final int peek() throws MalformedException {
        if (at >= end) {
            throw invalid();
        }
        return bytes[at] & 0xff;
    }

    final void count() throws MalformedException {
        if (++items > Bounds.MAX_CBOR_ITEMS) {
            throw MalformedException.of(Reason.CBOR_TOO_COMPLEX);
        }
    }

    /** Reads the initial byte of an item of this major type; the additional information remains, 0 to 27 or 31. */
    final int head(int major) throws MalformedException {
        int initial = peek();
        if (initial >> 5 != major) {
            throw invalid();
        }
        count();
        at++;
        return initial & 0x1f;
    }

    /** The argument that {@code info} announces, big-endian; above 2^63 it comes out negative. */
    final long argument(int info) throws MalformedException {
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw invalid();
        }
        if (info == 24 && at < end) {
            return bytes[at++] & 0xff;
        }
        int size = 1 << (info - 24);
        int start = advance(size);
        long value = 0;
        for (int i = start; i < at; i++) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    /**
     * Reads a text of at most {@link #MOST_PACKED} bytes into {@link #packed}, big-endian.
     *
     * @return its length, or -1 if the next item is something else, which stays
     * @throws MalformedException if no item is left, or the text is longer than what is left
     */
    final int readPackedText() throws MalformedException {
        int initial = peek();
        int length = initial - EMPTY_TEXT;
        if (length < 0 || length > MOST_PACKED) {
            return -1;
        }
        count();
        at++;
        packed = pack(bytes, advance(length), length);
        return length;
    }

    /** At most {@link #MOST_PACKED} bytes, big-endian. */
    static long pack(byte[] text, int start, int length) {
        if (length > 0 && start + Long.BYTES <= text.length) {
            return (long) BIG_ENDIAN.get(text, start) >>> (Long.SIZE - Byte.SIZE * length);
        }
        long packed = 0;
        for (int i = start; i < start + length; i++) {
            packed = packed << Byte.SIZE | (text[i] & 0xff);
        }
        return packed;
    }

    static MalformedException invalid() {
        return MalformedException.of(Reason.CBOR_INVALID);
    }
}

package io.passgate.codec;

import io.passgate.model.Reason;

/**
 * The heads of CBOR items (RFC 8949 section 3) in a stretch of bytes, where {@link CborCursor} walks. It counts the
 * items, and lets no length reach beyond the bytes that are left.
 */
abstract class CborHeads {
    static final byte[] NOTHING = new byte[0];

    byte[] bytes = NOTHING;
    int at;
    int end;
    int items;

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

    static MalformedException invalid() {
        return MalformedException.of(Reason.CBOR_INVALID);
    }
}

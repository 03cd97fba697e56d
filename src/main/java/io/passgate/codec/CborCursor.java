package io.passgate.codec;

import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Walks CBOR (RFC 8949) where it lies, one item at a time, within {@link Bounds}. Any length in the input is checked
 * against the bytes that are left before it is used. One thread, reused.
 */
public final class CborCursor {
    public static final int UNSIGNED = 0;
    public static final int NEGATIVE = 1;
    static final int BYTES = 2;
    public static final int TEXT = 3;
    public static final int ARRAY = 4;
    public static final int MAP = 5;
    public static final int TAG = 6;
    static final int SIMPLE = 7;

    /** The count of an array or map of indefinite length. */
    static final int INDEFINITE = -1;

    private static final int BREAK = 0xff;
    private static final int NULL = 0xf6;
    private static final int UNDEFINED = 0xf7;

    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int at;
    private int end;
    private int items;

    private byte[] stringBytes = NOTHING;
    private int stringStart;
    private int stringLength;

    /** Starts a message: {@code bytes[offset, offset + length)}. */
    public void start(byte[] bytes, int offset, int length) {
        this.items = 0;
        resume(bytes, offset, length);
    }

    /** Goes on inside a byte string of the same message: the count of items goes on too. */
    public void resume(Slice inside) {
        resume(inside.array(), inside.offset(), inside.length());
    }

    private void resume(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /** Lets go of the message. */
    public void forget() {
        resume(NOTHING, 0, 0);
        stringBytes = NOTHING;
        stringStart = 0;
        stringLength = 0;
    }

    public int position() {
        return at;
    }

    /** @throws MalformedException unless every byte was read */
    public void expectEnd() throws MalformedException {
        if (at != end) {
            throw invalid();
        }
    }

    /** The major type of the next item, 0 to 7. */
    public int peekMajor() throws MalformedException {
        return peek() >> 5;
    }

    /** Passes over a null or undefined; false if the next item is something else. */
    public boolean skipNull() throws MalformedException {
        int next = peek();
        if (next != NULL && next != UNDEFINED) {
            return false;
        }
        count();
        at++;
        return true;
    }

    /** The next item's tag number; the tagged item follows. */
    public long readTag() throws MalformedException {
        return argument(head(TAG));
    }

    /** The entry count of the array or map that follows, or {@link #INDEFINITE}. */
    public int readHeader(int major) throws MalformedException {
        int info = head(major);
        if (info == 31) {
            return INDEFINITE;
        }
        long count = argument(info);
        long bytesPerEntry = major == MAP ? 2 : 1;
        if (count < 0 || count > (end - at) / bytesPerEntry) {
            throw invalid();
        }
        return (int) count;
    }

    /**
     * Whether the array or map has an entry after {@code read} of them. Reads the break that ends an indefinite length.
     */
    public boolean hasNext(int header, int read) throws MalformedException {
        if (header != INDEFINITE) {
            return read < header;
        }
        if (peek() == BREAK) {
            at++;
            return false;
        }
        return true;
    }

    /** An integer; those outside the range of long are malformed here, since no key or date of ours needs them. */
    long readInteger() throws MalformedException {
        int major = peekMajor();
        if (major != UNSIGNED && major != NEGATIVE) {
            throw invalid();
        }
        long value = argument(head(major));
        if (value < 0) {
            throw invalid();
        }
        return major == UNSIGNED ? value : -1 - value;
    }

    /** An integer or a float of 16, 32 or 64 bits; NaN and infinities are returned as they are. */
    public double readNumber() throws MalformedException {
        int next = peek();
        if (next >> 5 == UNSIGNED || next >> 5 == NEGATIVE) {
            long argument = argument(head(next >> 5));
            double magnitude = argument >= 0 ? argument : (argument >>> 1) * 2.0;
            return next >> 5 == UNSIGNED ? magnitude : -1 - magnitude;
        }
        int info = head(SIMPLE);
        return switch (info) {
            case 25 -> Float.float16ToFloat((short) argument(info));
            case 26 -> Float.intBitsToFloat((int) argument(info));
            case 27 -> Double.longBitsToDouble(argument(info));
            default -> throw invalid();
        };
    }

    public boolean nextIsNumber() throws MalformedException {
        int next = peek();
        return next >> 5 <= NEGATIVE || (next >= 0xf9 && next <= 0xfb);
    }

    /** A byte string, in place where it is in one piece. */
    Slice readBytes() throws MalformedException {
        return string(BYTES);
    }

    /** Reads a text string where its UTF-8 bytes stay; {@link #stringBytes} and the two beside it say where. */
    public void readTextInPlace() throws MalformedException {
        locateString(TEXT);
    }

    /** The array that the string read last lies in. */
    public byte[] stringBytes() {
        return stringBytes;
    }

    public int stringStart() {
        return stringStart;
    }

    public int stringLength() {
        return stringLength;
    }

    public String readText() throws MalformedException {
        locateString(TEXT);
        if (stringLength > Bounds.MAX_TEXT_BYTES) {
            throw MalformedException.of(Reason.CBOR_TOO_COMPLEX);
        }
        return new String(stringBytes, stringStart, stringLength, StandardCharsets.UTF_8);
    }

    /** Passes over one item with all it holds, and checks that it is well formed. */
    public void skip() throws MalformedException {
        skip(0);
    }

    private void skip(int depth) throws MalformedException {
        if (depth > Bounds.MAX_CBOR_DEPTH) {
            throw MalformedException.of(Reason.CBOR_TOO_COMPLEX);
        }
        int major = peekMajor();
        switch (major) {
            case UNSIGNED, NEGATIVE -> argument(head(major));
            case BYTES, TEXT -> skipString(major);
            case ARRAY, MAP -> {
                int header = readHeader(major);
                for (int read = 0; hasNext(header, read); read++) {
                    skipEntry(depth + 1);
                    if (major == MAP) {
                        skipEntry(depth + 1);
                    }
                }
            }
            case TAG -> {
                readTag();
                skip(depth + 1);
            }
            default -> skipSimple();
        }
    }

    /** Most entries are short texts and small numbers, which need no call. */
    private void skipEntry(int depth) throws MalformedException {
        int initial = peek();
        int info = initial & 0x1f;
        if (initial >> 5 > TEXT || info >= 24 || depth > Bounds.MAX_CBOR_DEPTH) {
            skip(depth);
            return;
        }
        count();
        at++;
        if (initial >> 5 >= BYTES) {
            var _ = advance(info);
        }
    }

    private void skipSimple() throws MalformedException {
        int info = head(SIMPLE);
        long argument = argument(info);
        if (info == 24 && argument < 32) {
            throw invalid();
        }
    }

    private void skipString(int major) throws MalformedException {
        int info = head(major);
        if (info != 31) {
            advance(argument(info));
            return;
        }
        while (hasNext(INDEFINITE, 0)) {
            advance(argument(head(major)));
        }
    }

    private Slice string(int major) throws MalformedException {
        locateString(major);
        return Slice.of(stringBytes, stringStart, stringLength);
    }

    private void locateString(int major) throws MalformedException {
        int info = head(major);
        if (info == 31) {
            stringBytes = joinChunks(major);
            stringStart = 0;
            stringLength = stringBytes.length;
        } else {
            stringStart = advance(argument(info));
            stringBytes = bytes;
            stringLength = at - stringStart;
        }
    }

    /** Joins the chunks of a string of indefinite length; their sum is known before memory is taken for it. */
    private byte[] joinChunks(int major) throws MalformedException {
        int first = at;
        int total = 0;
        while (hasNext(INDEFINITE, 0)) {
            int start = advance(argument(head(major)));
            total += at - start;
        }
        int after = at;
        byte[] joined = new byte[total];
        int written = 0;
        at = first;
        while (hasNext(INDEFINITE, 0)) {
            int start = advance(argument(head(major)));
            System.arraycopy(bytes, start, joined, written, at - start);
            written += at - start;
        }
        at = after;
        return joined;
    }

    /** Moves over {@code length} bytes and returns where they start. */
    private int advance(long length) throws MalformedException {
        if (length < 0 || length > end - at) {
            throw invalid();
        }
        int start = at;
        at += (int) length;
        return start;
    }

    private int peek() throws MalformedException {
        if (at >= end) {
            throw invalid();
        }
        return bytes[at] & 0xff;
    }

    private void count() throws MalformedException {
        if (++items > Bounds.MAX_CBOR_ITEMS) {
            throw MalformedException.of(Reason.CBOR_TOO_COMPLEX);
        }
    }

    /** Reads the initial byte of an item of this major type; the additional information remains, 0 to 27 or 31. */
    private int head(int major) throws MalformedException {
        int initial = peek();
        if (initial >> 5 != major) {
            throw invalid();
        }
        count();
        at++;
        return initial & 0x1f;
    }

    /** The argument that {@code info} announces, big-endian; above 2^63 it comes out negative. */
    private long argument(int info) throws MalformedException {
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

    private static MalformedException invalid() {
        return MalformedException.of(Reason.CBOR_INVALID);
    }
}

package io.passgate.codec;

import io.passgate.model.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes CBOR with definite lengths and shortest heads (RFC 8949 section 4.2.1); map keys stay in the caller's order.
 */
public final class CborWriter {
    private static final int MAX_HEAD = 9;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private final byte[] head = new byte[MAX_HEAD];

    /** Creates one that has written nothing. */
    public CborWriter() {}
    /**
     * Opens a map. Its keys and values follow in turn.
     *
     * @param entries how many pairs of key and value it has
     * @return this writer
     */
    public CborWriter map(int entries) {
        return head(CborCursor.MAP, entries);
    }

    /**
     * Opens an array. Its items follow.
     *
     * @param elements how many items it has
     * @return this writer
     */
    public CborWriter array(int elements) {
        return head(CborCursor.ARRAY, elements);
    }

    /**
     * Writes a tag. The tagged item follows.
     *
     * @param tag its number, 0 or more
     * @return this writer
     */
    public CborWriter tag(long tag) {
        return head(CborCursor.TAG, tag);
    }

    /**
     * Writes an integer.
     *
     * @param value of either sign
     * @return this writer
     */
    public CborWriter integer(long value) {
        return value >= 0 ? head(CborCursor.UNSIGNED, value) : head(CborCursor.NEGATIVE, -1 - value);
    }

    /**
     * Writes a text string, in UTF-8.
     *
     * @param text may be empty
     * @return this writer
     */
    public CborWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        head(CborCursor.TEXT, utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    /**
     * Writes a byte string.
     *
     * @param bytes its content, which is copied; may be empty
     * @return this writer
     */
    public CborWriter bytes(byte[] bytes) {
        head(CborCursor.BYTES, bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /**
     * Writes a 64-bit float.
     *
     * @param value NaN and infinities too
     * @return this writer
     */
    public CborWriter number(double value) {
        out.write(0xfb);
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (bits >> shift));
        }
        return this;
    }

    /**
     * Writes a byte string.
     *
     * @param bytes its content, which is copied; may be empty
     * @return this writer
     */
    public CborWriter bytes(Slice bytes) {
        head(CborCursor.BYTES, bytes.length());
        out.write(bytes.array(), bytes.offset(), bytes.length());
        return this;
    }

    /**
     * Writes bytes that are CBOR already.
     *
     * @param cbor one or more whole items, which are not checked
     * @return this writer
     */
    public CborWriter encoded(byte[] cbor) {
        out.writeBytes(cbor);
        return this;
    }

    /** {@return all that was written, as a copy} */
    public byte[] toByteArray() {
        return out.toByteArray();
    }

    private CborWriter head(int major, long argument) {
        out.write(head, 0, writeHead(head, 0, major, argument));
        return this;
    }

    /**
     * Writes the head of an item in its shortest form.
     *
     * @return the index after it, at most 9 further
     */
    static int writeHead(byte[] out, int at, int major, long argument) {
        int size = argumentSize(argument);
        int info = size == 0 ? (int) argument : 24 + Integer.numberOfTrailingZeros(size);
        out[at] = (byte) (major << 5 | info);
        for (int i = 1; i <= size; i++) {
            out[at + i] = (byte) (argument >> 8 * (size - i));
        }
        return at + 1 + size;
    }

    /**
     * {@return how many bytes the head of an item takes in its shortest form: 1, 2, 3, 5 or 9}
     *
     * @param argument the item's number, length or count, 0 or more
     */
    public static int headSize(long argument) {
        return 1 + argumentSize(argument);
    }

    private static int argumentSize(long argument) {
        return argument < 24 ? 0 : argument < 0x100 ? 1 : argument < 0x1_0000 ? 2 : argument < 0x1_0000_0000L ? 4 : 8;
    }
}

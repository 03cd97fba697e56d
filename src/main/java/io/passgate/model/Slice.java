package io.passgate.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * A read-only stretch of a byte array: how decoded bytes travel from the decoder to the verifier without a copy.
 *
 * <p>The array is shared with whoever made the slice. It is handed out by {@link #array()} for the JCA and the kernels,
 * which take array, offset and length; nobody writes to it.
 */
public final class Slice {
    private static final Slice EMPTY = new Slice(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Slice(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /**
     * {@return a stretch of the array}
     *
     * @param array which is shared, not copied
     * @param offset of the first byte
     * @param length in bytes, 0 or more
     * @throws IndexOutOfBoundsException if the range is not inside {@code array}
     */
    public static Slice of(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new Slice(array, offset, length);
    }

    /**
     * {@return the whole of the array}
     *
     * @param array which is shared, not copied
     */
    public static Slice of(byte[] array) {
        return new Slice(array, 0, array.length);
    }

    /** {@return the slice of no bytes, always the same} */
    public static Slice empty() {
        return EMPTY;
    }

    /** {@return the shared array; read only within [{@link #offset()}, {@link #offset()} + {@link #length()})} */
    public byte[] array() {
        return array;
    }

    /** {@return where in {@link #array()} the first byte is} */
    public int offset() {
        return offset;
    }

    /** {@return the number of bytes} */
    public int length() {
        return length;
    }

    /** {@return whether there are no bytes} */
    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * {@return one byte}
     *
     * @param index counted from the start of the slice
     * @throws IndexOutOfBoundsException if it is not in [0, {@link #length()})
     */
    public byte at(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /** {@return a copy of the bytes} */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slice that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The length only: the bytes may be a person's. */
    @Override
    public String toString() {
        return "Slice[" + length + " bytes]";
    }
}

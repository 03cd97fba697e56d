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

    /** The stretch of {@code array}, shared.
     *
     * @throws IndexOutOfBoundsException if the range is not inside {@code array} */
    public static Slice of(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new Slice(array, offset, length);
    }

    /** The whole of {@code array}, shared. */
    public static Slice of(byte[] array) {
        return new Slice(array, 0, array.length);
    }

    public static Slice empty() {
        return EMPTY;
    }

    /** The shared array; read only within [{@link #offset()}, {@link #offset()} + {@link #length()}). */
    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** The byte at {@code index}, counted from the start of the slice. */
    public byte at(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

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

package io.passgate.codec;

import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.util.Arrays;

/**
 * The keys of one CBOR map as they are read: integers and text, each at most once (RFC 8949 section 5.6). A key of
 * another type is passed over and means nothing. Texts stay where they lie. One thread, reused.
 */
public final class CborKeys {
    /** What {@link #number} gives for a key that is not an integer; no registered key has it. */
    static final long NOT_A_NUMBER = Long.MIN_VALUE;

    /** Stand in place of a text's length. */
    private static final int A_NUMBER = -1;

    private static final int OF_ANOTHER_TYPE = -2;

    /** Spreads keys that differ in their last bits over the highest six (Knuth's multiplicative hashing). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final byte[] NOTHING = new byte[0];

    /** Integers, and texts of at most {@link CborHeads#MOST_PACKED} bytes as these, big-endian. */
    private final long[] numbers = new long[Bounds.MAX_MAP_ENTRIES];

    /** Where longer texts lie. */
    private final byte[][] bytes = new byte[Bounds.MAX_MAP_ENTRIES][];

    private final int[] starts = new int[Bounds.MAX_MAP_ENTRIES];
    private final int[] lengths = new int[Bounds.MAX_MAP_ENTRIES];
    private int size;

    /** A bit for each of 64 classes of which a key was read: most keys are the first of theirs, and are no other's. */
    private long seen;

    /** Creates one that has read no key. */
    public CborKeys() {
        Arrays.fill(bytes, NOTHING);
    }

    /** Forgets the last map's keys. */
    public void clear() {
        size = 0;
        seen = 0;
    }

    /** Lets go of every map's keys. */
    public void forget() {
        clear();
        Arrays.fill(bytes, NOTHING);
        Arrays.fill(numbers, 0);
    }

    /**
     * Reads the next key.
     *
     * @param cursor stands before the key, and behind it afterwards
     * @throws MalformedException if it was read before, the map has more than {@link Bounds#MAX_MAP_ENTRIES}, or it is
     *     no CBOR
     */
    public void read(CborCursor cursor) throws MalformedException {
        if (size == Bounds.MAX_MAP_ENTRIES) {
            throw MalformedException.of(Reason.CBOR_TOO_COMPLEX);
        }
        int length = cursor.readPackedText();
        if (length >= 0) {
            lengths[size] = length;
            numbers[size] = cursor.packed;
        } else {
            readOther(cursor);
        }
        if (isAgain()) {
            throw MalformedException.of(Reason.CBOR_INVALID);
        }
        size++;
    }

    private void readOther(CborCursor cursor) throws MalformedException {
        switch (cursor.peekMajor()) {
            case CborCursor.UNSIGNED, CborCursor.NEGATIVE -> {
                numbers[size] = cursor.readInteger();
                lengths[size] = A_NUMBER;
            }
            case CborCursor.TEXT -> {
                cursor.readTextInPlace();
                bytes[size] = cursor.stringBytes();
                starts[size] = cursor.stringStart();
                lengths[size] = cursor.stringLength();
                boolean isShort = lengths[size] <= CborHeads.MOST_PACKED;
                numbers[size] = isShort ? CborHeads.pack(bytes[size], starts[size], lengths[size]) : 0;
            }
            default -> {
                cursor.skip();
                numbers[size] = 0;
                lengths[size] = OF_ANOTHER_TYPE;
            }
        }
    }

    /** Whether the key that is being read was read before. */
    private boolean isAgain() {
        long its = 1L << (int) ((numbers[size] * SPREAD) >>> 58);
        if ((seen & its) == 0) {
            seen |= its;
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (lengths[i] == lengths[size] && isSame(i, size)) {
                return true;
            }
        }
        return false;
    }

    /** Whether two keys of one type, and texts of one length, are the same. */
    private boolean isSame(int index, int other) {
        return switch (lengths[index]) {
            case A_NUMBER -> numbers[index] == numbers[other];
            case OF_ANOTHER_TYPE -> false;
            default -> isText(index, numbers[other], bytes[other], starts[other]);
        };
    }

    /** {@return the last key if it was an integer, otherwise {@link Long#MIN_VALUE}} */
    public long number() {
        return lengths[size - 1] == A_NUMBER ? numbers[size - 1] : NOT_A_NUMBER;
    }

    /** {@return the last key if it was a text of two bytes: these, big-endian; otherwise -1} */
    public int pair() {
        return lengths[size - 1] == 2 ? (int) numbers[size - 1] : -1;
    }

    /**
     * {@return whether the last key was this text}
     *
     * @param name the text in UTF-8
     */
    public boolean is(Slice name) {
        return lengths[size - 1] == name.length() && isText(size - 1, packed(name), name.array(), name.offset());
    }

    private static long packed(Slice name) {
        return name.length() <= CborHeads.MOST_PACKED ? CborHeads.pack(name.array(), name.offset(), name.length()) : 0;
    }

    /** Whether a text is another one of its length. */
    private boolean isText(int index, long packed, byte[] text, int start) {
        int length = lengths[index];
        return numbers[index] == packed
                && (length <= CborHeads.MOST_PACKED
                        || Arrays.equals(
                                bytes[index], starts[index], starts[index] + length, text, start, start + length));
    }
}

package io.passgate.codec;

import io.passgate.model.Reason;
import io.passgate.model.Slice;

/**
 * The keys of one CBOR map as they are read: integers and text, each at most once (RFC 8949 section 5.6). A key of
 * another type is passed over and means nothing. One thread, reused.
 */
final class CborKeys {
    /** What {@link #number} gives for a key that is not an integer; no registered key has it. */
    static final long NOT_A_NUMBER = Long.MIN_VALUE;

    /** Stand in place of a text, and are told from an empty one by identity. */
    private static final Slice A_NUMBER = Slice.of(new byte[0]);

    private static final Slice OF_ANOTHER_TYPE = Slice.of(new byte[0]);

    private final long[] numbers = new long[Bounds.MAX_MAP_ENTRIES];
    private final Slice[] texts = new Slice[Bounds.MAX_MAP_ENTRIES];
    private int size;

    /** Forgets the last map's keys. */
    void clear() {
        size = 0;
    }

    /**
     * Reads the next key.
     *
     * @throws MalformedException if it was read before, or the map has more than {@link Bounds#MAX_MAP_ENTRIES}
     */
    void read(CborCursor cursor) throws MalformedException {
        if (size == Bounds.MAX_MAP_ENTRIES) {
            throw MalformedException.of(Reason.CBOR_TOO_COMPLEX);
        }
        long number = NOT_A_NUMBER;
        Slice text = OF_ANOTHER_TYPE;
        switch (cursor.peekMajor()) {
            case CborCursor.UNSIGNED, CborCursor.NEGATIVE -> {
                number = cursor.readInteger();
                text = A_NUMBER;
            }
            case CborCursor.TEXT -> text = cursor.readTextBytes();
            default -> cursor.skip();
        }
        for (int i = 0; text != OF_ANOTHER_TYPE && i < size; i++) {
            boolean same =
                    isText(i) ? texts[i].equals(text) && text != A_NUMBER : texts[i] == text && numbers[i] == number;
            if (same) {
                throw MalformedException.of(Reason.CBOR_INVALID);
            }
        }
        numbers[size] = number;
        texts[size] = text;
        size++;
    }

    /** The last key if it was an integer, otherwise {@link #NOT_A_NUMBER}. */
    long number() {
        return numbers[size - 1];
    }

    /** Whether the last key was this text. */
    boolean is(Slice name) {
        return isText(size - 1) && texts[size - 1].equals(name);
    }

    private boolean isText(int index) {
        return texts[index] != A_NUMBER && texts[index] != OF_ANOTHER_TYPE;
    }
}

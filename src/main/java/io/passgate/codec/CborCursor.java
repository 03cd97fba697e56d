package io.passgate.codec;

import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Walks CBOR (RFC 8949) where it lies, one item at a time, within {@link Bounds}. Any length in the input is checked
 * against the bytes that are left before it is used. One thread, reused.
 */
public final class CborCursor extends CborHeads {
    /** Major type of an integer of 0 or more. */
    public static final int UNSIGNED = 0;

    /** Major type of an integer below 0. */
    public static final int NEGATIVE = 1;

    static final int BYTES = 2;

    /** Major type of a text string, in UTF-8. */
    public static final int TEXT = 3;

    /** Major type of an array. */
    public static final int ARRAY = 4;

    /** Major type of a map. */
    public static final int MAP = 5;

    /** Major type of a tag, which the tagged item follows. */
    public static final int TAG = 6;

    static final int SIMPLE = 7;

    /** The count of an array or map of indefinite length. */
    static final int INDEFINITE = -1;

    /** From this additional information on, an argument follows the initial byte. */
    private static final int LEAST_LONG = 24;

    private static final int BREAK = 0xff;
    private static final int NULL = 0xf6;
    private static final int UNDEFINED = 0xf7;

    private byte[] stringBytes = NOTHING;
    private int stringStart;
    private int stringLength;

    /** Creates one that stands in no message; {@link #start} comes first. */
    public CborCursor() {}

    /**
     * Starts a message: {@code bytes[offset, offset + length)}.
     *
     * @param bytes read in place, and held until {@link #forget}
     * @param offset index of the first byte of the message
     * @param length bytes of the message, which has to end within the array
     */
    public void start(byte[] bytes, int offset, int length) {
        this.items = 0;
        resume(bytes, offset, length);
    }

    /**
     * Goes on inside a byte string of the same message: the count of items goes on too.
     *
     * @param inside the content of that byte string
     */
    public void resume(Slice inside) {
        resume(inside.array(), inside.offset(), inside.length());
    }

    /** Lets go of the message. */
    public void forget() {
        resume(NOTHING, 0, 0);
        stringBytes = NOTHING;
        stringStart = 0;
        stringLength = 0;
        packed = 0;
    }

    /** {@return the index of the next byte in the array that the cursor walks} */
    public int position() {
        return at;
    }

    /**
     * Checks that nothing is left of the message, or of the byte string inside it.
     *
     * @throws MalformedException if a byte was not read
     */
    public void expectEnd() throws MalformedException {
        if (at != end) {
            throw invalid();
        }
    }

    /**
     * {@return the major type of the next item, 0 to 7}
     *
     * @throws MalformedException if no item is left
     */
    public int peekMajor() throws MalformedException {
        return peek() >> 5;
    }

    /**
     * Passes over a null or undefined.
     *
     * @return false if the next item is something else, which stays
     * @throws MalformedException if no item is left, or there were too many
     */
    public boolean skipNull() throws MalformedException {
        int next = peek();
        if (next != NULL && next != UNDEFINED) {
            return false;
        }
        count();
        at++;
        return true;
    }

    /**
     * Reads a tag; the tagged item follows.
     *
     * @return its number, negative from 2^63 on
     * @throws MalformedException if the next item is no tag
     */
    public long readTag() throws MalformedException {
        return argument(head(TAG));
    }

    /**
     * Reads the head of an array or a map; its entries follow.
     *
     * @param major {@link #ARRAY} or {@link #MAP}
     * @return its number of entries, no more than the bytes left can hold, or -1 for an indefinite length
     * @throws MalformedException if the next item is of another major type, or says more entries than can follow
     */
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
     * {@return whether the array or map has an entry after {@code read} of them} Reads the break that ends an
     * indefinite length.
     *
     * @param header what {@link #readHeader} gave
     * @param read how many entries were read
     * @throws MalformedException if an indefinite length goes on and no byte is left
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

    /**
     * Reads an integer, or a float of 16, 32 or 64 bits.
     *
     * @return its value, rounded where a double is too short for the integer; NaN and infinities as they are
     * @throws MalformedException if the next item is something else
     */
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

    /**
     * {@return whether the next item is an integer or a float}
     *
     * @throws MalformedException if no item is left
     */
    public boolean nextIsNumber() throws MalformedException {
        int next = peek();
        return next >> 5 <= NEGATIVE || (next >= 0xf9 && next <= 0xfb);
    }

    /** A byte string, in place where it is in one piece. */
    Slice readBytes() throws MalformedException {
        return string(BYTES);
    }

    /**
     * Reads a text string where its UTF-8 bytes stay; {@link #stringBytes} and the two beside it say where.
     *
     * @throws MalformedException if the next item is no text, or is longer than what is left
     */
    public void readTextInPlace() throws MalformedException {
        locateString(TEXT);
    }

    /**
     * {@return the array that the string read last lies in} It is not a copy; a string written in pieces has an array
     * of its own.
     */
    public byte[] stringBytes() {
        return stringBytes;
    }

    /** {@return the index of the first byte of the string read last} */
    public int stringStart() {
        return stringStart;
    }

    /** {@return the length in bytes of the string read last} */
    public int stringLength() {
        return stringLength;
    }

    /**
     * Reads a text string.
     *
     * @return the text; what is not UTF-8 in it becomes U+FFFD
     * @throws MalformedException if the next item is no text, or is longer than {@link Bounds#MAX_TEXT_BYTES}
     */
    public String readText() throws MalformedException {
        readBoundedText();
        return new String(stringBytes, stringStart, stringLength, StandardCharsets.UTF_8);
    }

    /**
     * Reads a text string as {@link #readText} does, and makes no String of one that is known.
     *
     * @param known texts that are likely
     * @return the text; what is not UTF-8 in it becomes U+FFFD
     * @throws MalformedException if the next item is no text, or is longer than {@link Bounds#MAX_TEXT_BYTES}
     */
    public String readText(KnownTexts known) throws MalformedException {
        readBoundedText();
        String text = known.find(stringBytes, stringStart, stringLength);
        return text == null ? new String(stringBytes, stringStart, stringLength, StandardCharsets.UTF_8) : text;
    }

    /**
     * Reads a text string as {@link #readTextInPlace} does, if it is none that no field of ours needs.
     *
     * @throws MalformedException if the next item is no text, or is longer than {@link Bounds#MAX_TEXT_BYTES}
     */
    public void readBoundedText() throws MalformedException {
        locateString(TEXT);
        if (stringLength > Bounds.MAX_TEXT_BYTES) {
            throw MalformedException.of(Reason.CBOR_TOO_COMPLEX);
        }
    }

    /**
     * Passes over one item with all it holds, and checks that it is well formed.
     *
     * @throws MalformedException if it is not, or is nested too deep, or holds too many items
     */
    public void skip() throws MalformedException {
        skipEntry(0);
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
        if (initial >> 5 > TEXT || info >= LEAST_LONG || depth > Bounds.MAX_CBOR_DEPTH) {
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
        if (info < LEAST_LONG) {
            stringStart = advance(info);
            stringBytes = bytes;
            stringLength = info;
            return;
        }
        locateLong(major, info);
    }

    private void locateLong(int major, int info) throws MalformedException {
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
}

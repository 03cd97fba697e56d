package io.passgate.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over JSON (RFC 8259) whose texts are in ASCII and without escapes, and leaves them where they lie. Anything
 * else it does not pass, and its place is then not told: such a body is for a parser of all of JSON. Belongs to one
 * thread.
 */
public final class JsonCursor {
    /** No byte's value. */
    private static final int NONE = 1 << Byte.SIZE;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;

    private final byte[] bytes;
    private int at;
    private int textStart;
    private int textEnd;

    /**
     * Begins before the first of these bytes.
     *
     * @param bytes all of the JSON, UTF-8; read in place and not copied
     */
    public JsonCursor(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Passes a sign, with the white space before it, if it comes next.
     *
     * @param sign an ASCII character such as a brace, a colon or a comma
     * @return whether it came next; if not, only white space was passed
     */
    public boolean passes(char sign) {
        boolean isThere = next() == sign;
        at += isThere ? 1 : 0;
        return isThere;
    }

    /**
     * Passes a text, with the white space before it, if a plain one comes next.
     *
     * @return whether one came next; if not, the cursor is of no more use
     */
    public boolean passesText() {
        if (!passes('"')) {
            return false;
        }
        textStart = at;
        textEnd = endOfPlain(at);
        at = textEnd + 1;
        return textEnd < bytes.length && bytes[textEnd] == '"';
    }

    /** {@return whether nothing but white space is left} */
    public boolean isAtEnd() {
        return next() == NONE;
    }

    /**
     * {@return whether the text passed last is this one}
     *
     * @param ascii the text without its quotes
     */
    public boolean isText(byte[] ascii) {
        return Arrays.equals(bytes, textStart, textEnd, ascii, 0, ascii.length);
    }

    /** {@return the index of the first byte of the text passed last} */
    public int textStart() {
        return textStart;
    }

    /** {@return the length in bytes of the text passed last} */
    public int textLength() {
        return textEnd - textStart;
    }

    /** {@return the text passed last, without its quotes} */
    public String text() {
        return new String(bytes, textStart, textEnd - textStart, StandardCharsets.US_ASCII);
    }

    /** The next byte that is no white space, which stays; {@link #NONE} at the end. */
    private int next() {
        while (at < bytes.length) {
            byte here = bytes[at];
            if (here != ' ' && here != '\n' && here != '\r' && here != '\t') {
                return here;
            }
            at++;
        }
        return NONE;
    }

    /**
     * The index of the first byte from {@code from} on that is a quote, a backslash, a control character or no ASCII;
     * eight at a time. A borrow of the subtractions reaches only bytes above a hit, so that the lowest mark is right.
     */
    private int endOfPlain(int from) {
        int i = from;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, i);
            long quotes = eight ^ ('"' * ONES);
            long backslashes = eight ^ ('\\' * ONES);
            long marks = ((quotes - ONES) & ~quotes
                            | (backslashes - ONES) & ~backslashes
                            | (eight - ' ' * ONES) & ~eight
                            | eight)
                    & TOPS;
            if (marks != 0) {
                return i + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
        }
        while (i < bytes.length && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }
}

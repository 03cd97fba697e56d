package io.passgate.model;

/**
 * Blanks around a text, as scanners, keyboards and databases leave them: white space of any script, line ends, and
 * marks that show nothing, the byte order mark among them.
 */
public final class Blanks {
    /** The end of a line in Unicode, which java.lang.Character takes for a control. */
    private static final char NEXT_LINE = '\u0085';

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private static final int LAST_ASCII = 0x7f;

    /** The bytes of what is no blank. */
    private static final int NONE = 0;

    private Blanks() {}

    /**
     * {@return whether a character is a blank: also of no width, or one that turns the direction of what follows}
     *
     * @param character one unit of UTF-16
     */
    public static boolean isBlank(char character) {
        if (character <= LAST_ASCII) {
            return character == ' ' || (character >= '\t' && character <= '\r');
        }
        return Character.isSpaceChar(character)
                || character == NEXT_LINE
                || character == BYTE_ORDER_MARK
                || (character >= '\u200b' && character <= '\u200f')
                || (character >= '\u202a' && character <= '\u202e')
                || (character >= '\u2060' && character <= '\u206f');
    }

    /**
     * {@return the text without the blanks around it}
     *
     * @param text of any length; blanks within it stay
     */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /**
     * {@return a character as the byte of a payload} What is outside ASCII becomes a byte that no format allows: a line
     * end for a blank, so that it is still one.
     *
     * @param character one unit of UTF-16
     */
    public static byte toAscii(char character) {
        if (character <= LAST_ASCII) {
            return (byte) character;
        }
        return (byte) (isBlank(character) ? '\n' : 0);
    }

    /**
     * {@return the stretch of UTF-8 without the blanks around it: the same slice when there are none}
     *
     * @param text in UTF-8; bytes that are none are no blanks
     * @param most how many bytes are taken off at each end, at most
     */
    public static Slice strip(Slice text, int most) {
        int start = 0;
        int end = text.length();
        int size = blankAt(text, start, end);
        while (size > NONE && start + size <= most) {
            start += size;
            size = blankAt(text, start, end);
        }
        int last = Math.max(start, end - most);
        size = blankBefore(text, start, end);
        while (size > NONE && end - size >= last) {
            end -= size;
            size = blankBefore(text, start, end);
        }
        return end - start == text.length() ? text : Slice.of(text.array(), text.offset() + start, end - start);
    }

    /** The bytes of the blank that begins at {@code at}, or 0 if none does before {@code end}. */
    private static int blankAt(Slice text, int at, int end) {
        if (at == end) {
            return NONE;
        }
        int first = text.at(at);
        if (first >= 0) {
            return isBlank((char) first) ? 1 : NONE;
        }
        int size = (first & 0xe0) == 0xc0 ? 2 : 3;
        if (size > end - at) {
            return NONE;
        }
        int character = size == 2 ? first & 0x1f : first & 0x0f;
        for (int i = at + 1; i < at + size; i++) {
            if (!continues(text.at(i))) {
                return NONE;
            }
            character = character << 6 | (text.at(i) & 0x3f);
        }
        boolean isWhole = size == 2 || (first & 0xf0) == 0xe0;
        return isWhole && character > LAST_ASCII && isBlank((char) character) ? size : NONE;
    }

    /** The bytes of the blank that ends before {@code end}, or 0 if none does from {@code start} on. */
    private static int blankBefore(Slice text, int start, int end) {
        int at = end;
        do {
            at--;
        } while (at > start && end - at < 3 && continues(text.at(at)));
        return at >= start && blankAt(text, at, end) == end - at ? end - at : NONE;
    }

    /** Whether a byte of UTF-8 continues a character. */
    private static boolean continues(byte next) {
        return (next & 0xc0) == 0x80;
    }
}

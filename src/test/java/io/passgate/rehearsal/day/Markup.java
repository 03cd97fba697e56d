package io.passgate.rehearsal.day;

import java.util.Locale;

/** Numbers as text, and text made safe to stand in a page, as content or between the quotes of an attribute. */
final class Markup {
    private static final int REPLACEMENT = 0xFFFD;

    private Markup() {}

    /** What XML has no character for becomes U+FFFD. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isCharacter(c) ? c : REPLACEMENT);
            }
        });
        return safe.toString();
    }

    private static boolean isCharacter(int c) {
        boolean isControl = c < ' ' && c != '\n' && c != '\t' || c >= 0x7F && c < 0xA0;
        boolean isSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return !isControl && !isSurrogate && (c & 0xFFFE) != 0xFFFE;
    }

    /** A whole number for people. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A number for people, in the same way whatever the language of the machine. */
    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A template, each of whose arguments that is text is made safe. */
    static String of(String format, Object... arguments) {
        Object[] safe = arguments.clone();
        for (int i = 0; i < safe.length; i++) {
            if (safe[i] instanceof String text) {
                safe[i] = escaped(text);
            }
        }
        return String.format(Locale.ROOT, format, safe);
    }
}

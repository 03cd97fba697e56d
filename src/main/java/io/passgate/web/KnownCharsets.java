package io.passgate.web;

import java.util.Set;

/** The character sets of TeaVM's class library. What a QR code names beyond them is not read. */
final class KnownCharsets {
    private static final Set<String> NAMES = Set.of("UTF-8", "UTF8", "US-ASCII", "ASCII", "ISO-8859-1", "ISO8859_1");

    private KnownCharsets() {}

    /** Whether TeaVM has the character set, which ZXing names in one of these ways. */
    static boolean areSupported(String name) {
        return NAMES.contains(name);
    }
}

package io.passgate.testing;

import io.passgate.codec.Base45;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forms in which a stretch of bytes may lie about, each cut so that what stood around it does not matter. */
final class NeedleForms {
    /** Bytes of a form at least: fewer are found by chance. */
    static final int LEAST_BYTES = 8;

    private static final int BASE64_GROUP = 3;

    private NeedleForms() {}

    /** Every form of bytes that may be binary, by its name. */
    static Map<String, byte[]> of(byte[] bytes) {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        put(forms, "raw", bytes);
        put(forms, "hex", ascii(HexFormat.of().formatHex(bytes)));
        put(forms, "HEX", ascii(HexFormat.of().withUpperCase().formatHex(bytes)));
        for (int before = 0; before < BASE64_GROUP; before++) {
            byte[] groups = whole(bytes, (BASE64_GROUP - before) % BASE64_GROUP, BASE64_GROUP);
            put(forms, "Base64+" + before, Base64.getEncoder().encode(groups));
            put(forms, "Base64url+" + before, Base64.getUrlEncoder().encode(groups));
        }
        for (int before = 0; before < 2; before++) {
            put(forms, "Base45+" + before, ascii(Base45.encode(whole(bytes, before, 2))));
        }
        return forms;
    }

    /** Every form of a text. */
    static Map<String, byte[]> of(String text) {
        Map<String, byte[]> forms = of(text.getBytes(StandardCharsets.UTF_8));
        put(forms, "UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE));
        put(forms, "UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE));
        if (text.chars().anyMatch(character -> character > 0x7f)) {
            put(forms, "JSON", escaped(text, "\\u%04x"));
            put(forms, "JSON in capitals", escaped(text, "\\u%04X"));
        }
        return forms;
    }

    private static void put(Map<String, byte[]> forms, String name, byte[] form) {
        if (form.length >= LEAST_BYTES) {
            forms.put(name, form);
        }
    }

    /** What is left of the bytes in whole groups, once the first ones are left out. */
    private static byte[] whole(byte[] bytes, int leftOut, int group) {
        int from = Math.min(leftOut, bytes.length);
        return Arrays.copyOfRange(bytes, from, from + (bytes.length - from) / group * group);
    }

    private static byte[] escaped(String text, String format) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(character -> escaped.append(format.formatted(character)));
        return ascii(escaped.toString());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

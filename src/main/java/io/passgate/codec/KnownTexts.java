package io.passgate.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts that are found by their bytes, so that reading one of them makes no String. Any thread. */
public final class KnownTexts {
    /** Bytes at the end of a text that it is looked up by: codes of a value set differ there. */
    private static final int TELLING_BYTES = 4;

    private final @Nullable String[] texts;
    private final byte[][] bytes;

    /**
     * Creates the set.
     *
     * @param known each once
     */
    public KnownTexts(List<String> known) {
        int slots = Integer.highestOneBit(Math.max(1, known.size())) * 4;
        texts = new String[slots];
        bytes = new byte[slots][];
        for (String text : known) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            int slot = slot(utf8, 0, utf8.length);
            while (texts[slot] != null) {
                slot = next(slot);
            }
            texts[slot] = text;
            bytes[slot] = utf8;
        }
    }

    /** The known text that these bytes are in UTF-8, or null. */
    @Nullable
    String find(byte[] in, int start, int length) {
        int slot = slot(in, start, length);
        while (texts[slot] != null) {
            if (Arrays.equals(bytes[slot], 0, bytes[slot].length, in, start, start + length)) {
                return texts[slot];
            }
            slot = next(slot);
        }
        return null;
    }

    private int next(int slot) {
        return (slot + 1) & (texts.length - 1);
    }

    private int slot(byte[] in, int start, int length) {
        int hash = length;
        for (int i = start + Math.max(0, length - TELLING_BYTES); i < start + length; i++) {
            hash = 31 * hash + in[i];
        }
        return hash & (texts.length - 1);
    }
}

package io.passgate.codec;

import io.passgate.model.Blanks;
import io.passgate.model.Slice;

/** A QR code's text as scanners deliver it. */
public final class ScannedText {
    private static final int PREFIX_CHARS = 4;

    private ScannedText() {}

    /**
     * {@return a payload without the blanks around it, which no format has at its ends} Base45 has none in the last
     * place of its groups. A text that is no longer than a prefix is no payload, and stays as it is.
     *
     * @param payload ASCII; the result lies in the same array
     */
    public static Slice withoutBlanks(Slice payload) {
        Slice text = Blanks.strip(payload, Bounds.MAX_BLANK_BYTES);
        return text.length() > PREFIX_CHARS ? text : payload;
    }
}

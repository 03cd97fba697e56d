package io.passgate.engine;

import io.passgate.codec.ScannedText;
import io.passgate.format.Decoded;
import io.passgate.format.entrypass.EntryPassDecoder;
import io.passgate.format.hcert.HcertDecoder;
import io.passgate.model.Slice;

/**
 * Decodes payloads of every format, each by its prefix: {@code "HC1:"} is a health certificate's and {@code "KP1:"} an
 * entry pass's. Holds the scratch of one thread and decodes one payload after another.
 */
public final class PayloadDecoder {
    private final HcertDecoder hcerts = new HcertDecoder();
    private final EntryPassDecoder passes = new EntryPassDecoder();

    /** Decodes one payload, given as the ASCII characters of a QR code, with what blanks a scanner has put around it. */
    public Decoded decode(Slice payload) {
        Slice text = ScannedText.withoutBlanks(payload);
        return EntryPassDecoder.recognises(text) ? passes.decode(text) : hcerts.decodeText(text);
    }

    /** Overwrites what is left of the payloads decoded so far. */
    public void wipe() {
        hcerts.wipe();
        passes.wipe();
    }
}

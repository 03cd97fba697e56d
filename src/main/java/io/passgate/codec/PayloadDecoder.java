package io.passgate.codec;

import io.passgate.model.Slice;

/**
 * Decodes payloads of every format, each by its prefix: {@code "HC1:"} is a health certificate's and {@code "KP1:"} an
 * entry pass's. Holds the scratch of one thread and decodes one payload after another.
 */
public final class PayloadDecoder {
    private final HcertDecoder hcerts = new HcertDecoder();
    private final EntryPassDecoder passes = new EntryPassDecoder();

    /** Decodes one payload, given as the ASCII characters of a QR code. */
    public Decoded decode(Slice payload) {
        return EntryPassDecoder.recognises(payload) ? passes.decode(payload) : hcerts.decode(payload);
    }

    /** Overwrites what is left of the payloads decoded so far. */
    public void wipe() {
        hcerts.wipe();
        passes.wipe();
    }
}

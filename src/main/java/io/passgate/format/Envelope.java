package io.passgate.format;

import io.passgate.model.FormatId;
import io.passgate.model.Slice;
import java.util.List;

/**
 * What stands around the signed content of one or more formats, and is told by a payload's first bytes. Shared by all
 * threads; two formats of one envelope share the same instance.
 */
public interface Envelope {
    /** {@return what a payload is recognised as by this envelope alone} */
    FormatId id();

    /**
     * {@return whether a payload is in this envelope, by a look at its first bytes}
     *
     * @param payload without blanks around it; may be empty
     */
    boolean recognises(Slice payload);

    /**
     * Makes a decoder for one thread.
     *
     * @param formats those of this envelope that are verified; a payload of none of them is malformed
     * @return a decoder with scratch of its own
     */
    Decoder newDecoder(List<CredentialFormat> formats);

    /** Decodes one payload after another, with scratch of its own. Belongs to one thread. */
    interface Decoder {
        /**
         * Decodes one payload. Whatever is wrong with it is a value.
         *
         * @param payload the ASCII characters of a QR code, without blanks around them; only read
         * @return the credential, which stays as it is when the next payload is decoded
         */
        Decoded decode(Slice payload);

        /** Overwrites what is left of the payloads decoded so far. */
        void wipe();
    }
}

package io.passgate.format.hcert;

import io.passgate.codec.CborCursor;
import io.passgate.codec.CborKeys;
import io.passgate.codec.MalformedException;
import io.passgate.format.CredentialFormat;
import io.passgate.format.Envelope;
import io.passgate.model.EventKind;
import io.passgate.model.Slice;
import java.util.Set;

/**
 * A format whose content stands in an HCERT: claim -260 is a map, and its key tells the format. Shared by all threads.
 */
public interface HcertFormat extends CredentialFormat {
    /** {@return the key of its content in claim -260} */
    long claimKey();

    /**
     * {@return which kinds of event the content carries} The decoder's thread calls it, once a payload.
     *
     * @param cursor to be set to the content
     * @param keys scratch, overwritten
     * @param content the encoded value behind {@link #claimKey}, to be read in place
     * @throws MalformedException if the content has not the outline of this format
     */
    Set<EventKind> kinds(CborCursor cursor, CborKeys keys, Slice content) throws MalformedException;

    @Override
    default Envelope envelope() {
        return HcertEnvelope.INSTANCE;
    }
}

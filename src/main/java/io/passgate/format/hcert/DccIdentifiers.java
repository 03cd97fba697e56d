package io.passgate.format.hcert;

import io.passgate.codec.Bounds;
import io.passgate.codec.CborCursor;
import io.passgate.codec.CborKeys;
import io.passgate.codec.MalformedException;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the unique certificate identifiers ({@code ci}) of an EU DCC's events, as written. One thread, reused. */
public final class DccIdentifiers {
    private static final Slice IDENTIFIER = Dcc.key("ci");

    private final CborCursor cursor = new CborCursor();
    private final CborKeys keys = new CborKeys();
    private final CborKeys eventKeys = new CborKeys();

    private boolean complete;

    /** Creates one that has read nothing. */
    public DccIdentifiers() {}
    /**
     * Reads the identifiers of all events, up to the first that cannot be read. An event without one has none.
     * {@link #isComplete} says whether these are all.
     *
     * @param certificate the encoded value of hcert key 1, read in place
     * @return the identifiers in the order of the certificate, a new list
     */
    public List<String> read(Slice certificate) {
        List<String> identifiers = new ArrayList<>(1);
        complete = false;
        try {
            cursor.start(certificate.array(), certificate.offset(), certificate.length());
            int header = cursor.readHeader(CborCursor.MAP);
            keys.clear();
            for (int read = 0; cursor.hasNext(header, read); read++) {
                keys.read(cursor);
                if (keys.is(Dcc.VACCINATIONS) || keys.is(Dcc.TESTS) || keys.is(Dcc.RECOVERIES)) {
                    readEvents(identifiers);
                } else {
                    cursor.skip();
                }
            }
            complete = true;
        } catch (MalformedException unreadable) {
            return identifiers;
        }
        return identifiers;
    }

    /** Whether every event and identifier of the certificate that was read last could be read. */
    boolean isComplete() {
        return complete;
    }

    /** Lets go of the certificate that was read last. */
    void wipe() {
        complete = false;
        cursor.forget();
        keys.forget();
        eventKeys.forget();
    }

    private void readEvents(List<String> identifiers) throws MalformedException {
        if (cursor.skipNull()) {
            return;
        }
        int header = cursor.readHeader(CborCursor.ARRAY);
        for (int read = 0; cursor.hasNext(header, read); read++) {
            readEvent(identifiers);
        }
    }

    private void readEvent(List<String> identifiers) throws MalformedException {
        int header = cursor.readHeader(CborCursor.MAP);
        eventKeys.clear();
        for (int read = 0; cursor.hasNext(header, read); read++) {
            eventKeys.read(cursor);
            if (eventKeys.is(IDENTIFIER)) {
                identifiers.add(readIdentifier());
            } else {
                cursor.skip();
            }
        }
    }

    /** A text, or the text inside tags. Bytes that are no UTF-8 have no text that somebody else could have hashed. */
    private String readIdentifier() throws MalformedException {
        while (cursor.peekMajor() == CborCursor.TAG) {
            var _ = cursor.readTag();
        }
        cursor.readTextInPlace();
        if (cursor.stringLength() > Bounds.MAX_TEXT_BYTES) {
            throw MalformedException.of(Reason.CBOR_TOO_COMPLEX);
        }
        ByteBuffer utf8 = ByteBuffer.wrap(cursor.stringBytes(), cursor.stringStart(), cursor.stringLength());
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException notUtf8) {
            throw MalformedException.of(Reason.CBOR_INVALID);
        }
    }
}

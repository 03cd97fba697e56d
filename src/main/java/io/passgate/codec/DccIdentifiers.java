package io.passgate.codec;

import io.passgate.model.Slice;
import java.util.ArrayList;
import java.util.List;

/** Reads the unique certificate identifiers ({@code ci}) of an EU DCC's events, as written. One thread, reused. */
public final class DccIdentifiers {
    private static final Slice IDENTIFIER = Dcc.key("ci");

    private final CborCursor cursor = new CborCursor();
    private final CborKeys keys = new CborKeys();

    /** The identifiers in {@code certificate}, the encoded value of hcert key 1; an event without one has none. */
    public List<String> read(Slice certificate) {
        List<String> identifiers = new ArrayList<>(1);
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
        } catch (MalformedException unreadable) {
            return identifiers;
        }
        return identifiers;
    }

    /** Lets go of the certificate that was read last. */
    public void wipe() {
        cursor.forget();
        keys.forget();
    }

    private void readEvents(List<String> identifiers) throws MalformedException {
        if (cursor.skipNull()) {
            return;
        }
        int header = cursor.readHeader(CborCursor.ARRAY);
        CborKeys eventKeys = new CborKeys();
        for (int read = 0; cursor.hasNext(header, read); read++) {
            readEvent(eventKeys, identifiers);
        }
    }

    private void readEvent(CborKeys eventKeys, List<String> identifiers) throws MalformedException {
        int header = cursor.readHeader(CborCursor.MAP);
        eventKeys.clear();
        for (int read = 0; cursor.hasNext(header, read); read++) {
            eventKeys.read(cursor);
            if (eventKeys.is(IDENTIFIER) && cursor.peekMajor() == CborCursor.TEXT) {
                identifiers.add(cursor.readText());
            } else {
                cursor.skip();
            }
        }
    }
}

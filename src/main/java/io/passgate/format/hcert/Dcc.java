package io.passgate.format.hcert;

import io.passgate.codec.Bounds;
import io.passgate.codec.CborCursor;
import io.passgate.codec.CborKeys;
import io.passgate.codec.MalformedException;
import io.passgate.model.EventKind;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The outline of an EU Digital COVID Certificate (schema 1.0.0 to 1.3.0): which kinds of event it carries. What the
 * events say is read by {@link DccClaims} when a policy asks.
 */
final class Dcc {
    /** The key of the EU DCC in claim -260. */
    static final long CLAIM_KEY = 1;

    static final Slice VACCINATIONS = key("v");
    static final Slice TESTS = key("t");
    static final Slice RECOVERIES = key("r");
    static final Slice BIRTH_DATE = key("dob");

    private Dcc() {}

    static Slice key(String name) {
        return Slice.of(name.getBytes(StandardCharsets.US_ASCII));
    }

    /** The kinds with at least one entry. */
    static Set<EventKind> kinds(CborCursor cursor, CborKeys keys, Slice certificate) throws MalformedException {
        cursor.resume(certificate);
        if (cursor.peekMajor() != CborCursor.MAP) {
            throw MalformedException.of(Reason.HCERT_INVALID);
        }
        int kinds = 0;
        int header = cursor.readHeader(CborCursor.MAP);
        keys.clear();
        for (int read = 0; cursor.hasNext(header, read); read++) {
            keys.read(cursor);
            if (keys.is(VACCINATIONS)) {
                kinds |= skipEvents(cursor) > 0 ? EventKind.VACCINATION.bit() : 0;
            } else if (keys.is(TESTS)) {
                kinds |= skipEvents(cursor) > 0 ? EventKind.TEST.bit() : 0;
            } else if (keys.is(RECOVERIES)) {
                kinds |= skipEvents(cursor) > 0 ? EventKind.RECOVERY.bit() : 0;
            } else {
                cursor.skip();
            }
        }
        return EventKind.ofBits(kinds);
    }

    /** Passes over an array of events, or the null that some issuers write for none. */
    private static int skipEvents(CborCursor cursor) throws MalformedException {
        if (cursor.skipNull()) {
            return 0;
        }
        if (cursor.peekMajor() != CborCursor.ARRAY) {
            throw MalformedException.of(Reason.HCERT_INVALID);
        }
        int header = cursor.readHeader(CborCursor.ARRAY);
        int read = 0;
        for (; cursor.hasNext(header, read); read++) {
            if (read == Bounds.MAX_EVENTS) {
                throw MalformedException.of(Reason.CBOR_TOO_COMPLEX);
            }
            cursor.skip();
        }
        return read;
    }
}

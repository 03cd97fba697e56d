package io.passgate.codec;

import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.time.Instant;
import java.util.Optional;

/**
 * A CWT claims set (RFC 8392) as a health certificate uses it.
 *
 * @param issuer claim 1; empty when it is missing, or is no text
 * @param validFrom claim 6 (iat), or claim 5 (nbf) where that is later
 * @param expiresAt claim 4 (exp)
 * @param certificate claim -260 (hcert): the encoded map, in place; never empty
 */
public record Cwt(Optional<String> issuer, Instant validFrom, Instant expiresAt, Slice certificate) {
    /** Key of the issuer (iss, RFC 8392 section 3.1.1). */
    public static final long ISSUER = 1;
    /** Key of the time of expiry (exp, RFC 8392 section 3.1.4). */
    public static final long EXPIRES_AT = 4;

    private static final long NOT_BEFORE = 5;
    /** Key of the time of issue (iat, RFC 8392 section 3.1.6). */
    public static final long ISSUED_AT = 6;
    /** Key of the map of health certificates, registered for the EU. */
    public static final long HCERT = -260;

    /** Tag 1 (epoch time) that some issuers write although RFC 8392 section 2 leaves it out. */
    public static final long TAG_EPOCH = 1;

    private static final double NANOS = 1e9;

    /**
     * Reads one claims set and nothing after it.
     *
     * @param cursor in the message that the payload is part of
     * @param keys scratch, overwritten
     * @param payload the encoded claims set, read in place
     * @return the claims, of which {@link #certificate} lies in the payload's array
     * @throws MalformedException if it is no claims set, or iat, exp or hcert is missing
     */
    public static Cwt read(CborCursor cursor, CborKeys keys, Slice payload) throws MalformedException {
        cursor.resume(payload);
        CoseSign1.skipTags(cursor, Reason.CWT_INVALID);
        if (cursor.peekMajor() != CborCursor.MAP) {
            throw MalformedException.of(Reason.CWT_INVALID);
        }
        Optional<String> issuer = Optional.empty();
        Optional<Instant> issuedAt = Optional.empty();
        Optional<Instant> notBefore = Optional.empty();
        Optional<Instant> expiresAt = Optional.empty();
        Slice certificate = Slice.empty();
        int header = cursor.readHeader(CborCursor.MAP);
        keys.clear();
        for (int read = 0; cursor.hasNext(header, read); read++) {
            keys.read(cursor);
            long key = keys.number();
            if (key == ISSUER && cursor.peekMajor() == CborCursor.TEXT) {
                issuer = Optional.of(cursor.readText());
            } else if (key == ISSUED_AT) {
                issuedAt = Optional.of(readTime(cursor));
            } else if (key == NOT_BEFORE) {
                notBefore = Optional.of(readTime(cursor));
            } else if (key == EXPIRES_AT) {
                expiresAt = Optional.of(readTime(cursor));
            } else {
                int start = cursor.position();
                cursor.skip();
                if (key == HCERT) {
                    certificate = Slice.of(payload.array(), start, cursor.position() - start);
                }
            }
        }
        cursor.expectEnd();
        if (issuedAt.isEmpty() || expiresAt.isEmpty()) {
            throw MalformedException.of(Reason.CWT_TIME_INVALID);
        }
        if (certificate.isEmpty()) {
            throw MalformedException.of(Reason.HCERT_MISSING);
        }
        Instant validFrom = issuedAt.get();
        if (notBefore.isPresent() && notBefore.get().isAfter(validFrom)) {
            validFrom = notBefore.get();
        }
        return new Cwt(issuer, validFrom, expiresAt.get(), certificate);
    }

    /** A NumericDate: seconds since 1970, fractions allowed. */
    private static Instant readTime(CborCursor cursor) throws MalformedException {
        if (cursor.peekMajor() == CborCursor.TAG && cursor.readTag() != TAG_EPOCH) {
            throw MalformedException.of(Reason.CWT_TIME_INVALID);
        }
        if (!cursor.nextIsNumber()) {
            throw MalformedException.of(Reason.CWT_TIME_INVALID);
        }
        double seconds = cursor.readNumber();
        if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            throw MalformedException.of(Reason.CWT_TIME_INVALID);
        }
        return instant(seconds);
    }

    /**
     * {@return the instant of a NumericDate (RFC 8392 section 2)} Beyond what an Instant can say it is the first or the
     * last one that it can.
     *
     * @param seconds finite, since 1970, with fractions
     */
    public static Instant instant(double seconds) {
        double whole = Math.floor(seconds);
        if (whole <= Instant.MIN.getEpochSecond()) {
            return Instant.MIN;
        }
        if (whole >= Instant.MAX.getEpochSecond()) {
            return Instant.MAX;
        }
        return Instant.ofEpochSecond((long) whole, (long) ((seconds - whole) * NANOS));
    }
}

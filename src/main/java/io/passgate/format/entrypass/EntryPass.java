package io.passgate.format.entrypass;

import io.passgate.model.Age.AgeBand;
import io.passgate.model.Event;
import io.passgate.model.Slice;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What a provider lets one entry pass say. Passgate's own format: {@link EntryPassEncoder} has it byte by byte.
 *
 * @param provider who issues it: {@code [a-z][a-z0-9-]{0,15}}
 * @param id {@link #ID_BYTES} random bytes, never used before
 * @param issuedAt to the second, a fraction is dropped; it expires {@link #LIFETIME} later
 * @param holderTag {@link #TAG_BYTES} bytes: a nonce of 12, a ciphertext of 16 and a GCM tag of 16, which only their
 *     maker can read
 * @param events what is known of the holder; none for entry only
 * @param ageBand how old the holder is by birth year; empty where that is not known, or not to be said
 */
public record EntryPass(
        String provider, Slice id, Instant issuedAt, Slice holderTag, List<Event> events, Optional<AgeBand> ageBand) {
    /** From {@code iat} to {@code exp}. */
    public static final Duration LIFETIME = Duration.ofSeconds(15);

    /** Bytes of an id. */
    public static final int ID_BYTES = 16;

    /** Bytes of a holder tag. */
    public static final int TAG_BYTES = 44;

    /** Bytes of the KID that a pass is signed under. */
    public static final int KID_BYTES = 8;

    /** Bytes of a whole pass before Base45, at most. */
    public static final int MAX_BYTES = 240;

    static final int MAX_PROVIDER_CHARS = 16;

    /** The first second whose number takes four bytes: 2 January 1970, 18:12:16 UTC. */
    static final long FIRST_SECOND = 0x1_0000;

    /** The last second whose pass expires within four bytes: 7 February 2106, 06:28:00 UTC. */
    static final long LAST_SECOND = 0xffff_ffffL - LIFETIME.toSeconds();

    /**
     * Checks what is to be written.
     *
     * @throws IllegalArgumentException if a part has another shape than above
     */
    public EntryPass {
        issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
        events = List.copyOf(events);
        if (!isProvider(provider)) {
            throw new IllegalArgumentException("a provider's name is [a-z][a-z0-9-]{0,15}");
        }
        if (id.length() != ID_BYTES || holderTag.length() != TAG_BYTES) {
            throw new IllegalArgumentException("an id has " + ID_BYTES + " bytes and a holder tag " + TAG_BYTES);
        }
        if (issuedAt.getEpochSecond() < FIRST_SECOND || issuedAt.getEpochSecond() > LAST_SECOND) {
            throw new IllegalArgumentException("no pass can be issued at " + issuedAt);
        }
    }

    static boolean isProvider(String name) {
        if (name.isEmpty() || name.length() > MAX_PROVIDER_CHARS || !isLetter(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char next = name.charAt(i);
            if (!isLetter(next) && (next < '0' || next > '9') && next != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z';
    }

    /** Its provider only: the rest is a person's. */
    @Override
    public String toString() {
        return "EntryPass[" + provider + "]";
    }
}

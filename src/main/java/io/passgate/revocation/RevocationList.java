package io.passgate.revocation;

import io.passgate.model.Kid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is revoked, exactly, at one moment. Immutable.
 *
 * <p>A sorted base lies in segments by the hash's first 12 bits, and a small sorted overlay of additions and removals
 * over it. A delta makes a new overlay and shares the base. Working the overlay in makes anew the segments that it
 * touches and shares the others; until the list before is let go, both are in memory.
 */
public final class RevocationList {
    /** An overlay beyond it is worked into the base. */
    public static final int MAX_OVERLAY = 10_000;

    private static final int SEGMENT_BITS = 12;
    private static final int SEGMENTS = 1 << SEGMENT_BITS;
    private static final RevocationList EMPTY = new RevocationList(emptySegments(), Entries.NONE, Scopes.NONE, 0);

    private final Entries[] base;
    private final Entries overlay;
    private final Scopes scopes;
    private final int size;

    private RevocationList(Entries[] base, Entries overlay, Scopes scopes, int size) {
        this.base = base;
        this.overlay = overlay;
        this.scopes = scopes;
        this.size = size;
    }

    /** {@return the list of nothing} */
    public static RevocationList empty() {
        return EMPTY;
    }

    private static Entries[] emptySegments() {
        Entries[] segments = new Entries[SEGMENTS];
        Arrays.fill(segments, Entries.NONE);
        return segments;
    }

    private static int segmentOf(long high) {
        return (int) (high >>> (Long.SIZE - SEGMENT_BITS));
    }

    /** {@return how many entries there are, those that have expired and not been dropped yet included} */
    public int size() {
        return size;
    }

    /** {@return how many entries lie over the base} */
    public int overlaySize() {
        return overlay.size();
    }

    /** {@return whether so much lies over the base that it is time for {@link #merged}} */
    public boolean wantsMerge() {
        return overlay.size() > MAX_OVERLAY;
    }

    /**
     * {@return whether there may be an entry of this kind} Where there is none, no hash needs to be made.
     *
     * @param kind of hash
     */
    public boolean mayHold(RevocationKind kind) {
        return scopes.hold(kind);
    }

    /**
     * {@return whether there may be an entry of this kind that means a certificate with this KID}
     *
     * @param kind of hash
     * @param kid of the certificate
     */
    public boolean mayHold(RevocationKind kind, Kid kid) {
        return scopes.hold(kind, kid);
    }

    /**
     * {@return whether a certificate is revoked by its hash of one kind}
     *
     * @param kind of the hash
     * @param hash made by {@link RevocationHashes}
     * @param kid of the certificate
     * @param at the instant at which the entry has to be in force
     */
    public boolean isRevoked(RevocationKind kind, RevocationHash hash, Kid kid, Instant at) {
        return isRevoked(kind, hash.high(), hash.low(), kid, at.getEpochSecond());
    }

    boolean isRevoked(RevocationKind kind, long high, long low, Kid kid, long epochSecond) {
        for (int i = overlay.firstOf(high, low); overlay.isAt(i, high, low); i++) {
            if (isInForce(overlay, i, epochSecond) && scopes.covers(overlay.scope[i], kind, kid)) {
                return true;
            }
        }
        Entries segment = base[segmentOf(high)];
        for (int i = segment.firstOf(high, low); segment.isAt(i, high, low); i++) {
            if (isInForce(segment, i, epochSecond)
                    && scopes.covers(segment.scope[i], kind, kid)
                    && overlay.find(high, low, segment.scope[i]) < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInForce(Entries entries, int index, long epochSecond) {
        int expiry = entries.expiry[index];
        return expiry != Entries.REMOVED && epochSecond < Integer.toUnsignedLong(expiry);
    }

    /**
     * This list after a delta.
     *
     * @param added an entry that is there gets the new expiry
     * @param removed those that are not there are passed over
     * @return a new list, which shares the base with this one
     */
    public RevocationList with(Collection<Revocation> added, Collection<RevocationKey> removed) {
        Map<RevocationKey, Integer> delta = new HashMap<>();
        added.forEach(entry -> delta.put(entry.key(), (int) entry.expiresAt().getEpochSecond()));
        removed.forEach(key -> delta.put(key, Entries.REMOVED));
        List<RevocationKey> keys = new ArrayList<>(delta.keySet());
        keys.sort(Comparator.comparing(RevocationKey::hash));

        Scopes.Builder numbers = new Scopes.Builder(scopes);
        Entries.Builder changed = new Entries.Builder();
        int grown = size;
        for (RevocationKey key : keys) {
            int scope = numbers.number(new Scopes.Scope(key.kind(), key.kid()));
            int expiry = delta.getOrDefault(key, Entries.REMOVED);
            long high = key.hash().high();
            long low = key.hash().low();
            grown += (expiry == Entries.REMOVED ? 0 : 1) - (isThere(high, low, scope) ? 1 : 0);
            changed.entry(high, low, scope, expiry);
        }
        Entries fresh = changed.take();
        Entries.Builder merged = new Entries.Builder();
        Entries.merge(overlay, fresh, 0, fresh.size(), merged);
        return new RevocationList(base, merged.take(), numbers.build(), grown);
    }

    private boolean isThere(long high, long low, int scope) {
        int over = overlay.find(high, low, scope);
        return over >= 0 ? overlay.expiry[over] != Entries.REMOVED : base[segmentOf(high)].find(high, low, scope) >= 0;
    }

    /**
     * {@return the same list with its overlay worked in, and without what has expired in the segments that changed}
     *
     * @param now what expires at this instant or before is left out
     */
    public RevocationList merged(Instant now) {
        Entries[] segments = base.clone();
        Entries.Builder builder = new Entries.Builder();
        int grown = size;
        int from = 0;
        while (from < overlay.size()) {
            int segment = segmentOf(overlay.high[from]);
            int to = from;
            while (to < overlay.size() && segmentOf(overlay.high[to]) == segment) {
                to++;
            }
            grown -= live(base[segment], from, to);
            Entries.merge(base[segment], overlay, from, to, dropping(now.getEpochSecond(), builder));
            segments[segment] = builder.take();
            grown += segments[segment].size();
            from = to;
        }
        return new RevocationList(segments, Entries.NONE, scopes, grown);
    }

    /** Entries that a segment and its part of the overlay come to. */
    private int live(Entries segment, int from, int to) {
        int[] count = new int[1];
        Entries.merge(segment, overlay, from, to, (high, low, scope, expiry) -> {
            if (expiry != Entries.REMOVED) {
                count[0]++;
            }
        });
        return count[0];
    }

    private static Entries.Sink dropping(long epochSecond, Entries.Sink sink) {
        return (high, low, scope, expiry) -> {
            if (expiry != Entries.REMOVED && epochSecond < Integer.toUnsignedLong(expiry)) {
                sink.entry(high, low, scope, expiry);
            }
        };
    }

    /** Gets every entry in ascending order of the hashes. */
    public interface Visitor {
        /**
         * Gets one entry.
         *
         * @param kind of the hash
         * @param kid the KID of the certificates it revokes; any when empty
         * @param high bytes 0 to 7 of the hash, big-endian
         * @param low bytes 8 to 15 of it
         * @param expiresAtEpochSecond from here on it revokes nothing; 1 to 2^32 - 1
         */
        void entry(RevocationKind kind, Optional<Kid> kid, long high, long low, long expiresAtEpochSecond);
    }

    /**
     * Shows every entry, ascending by hash.
     *
     * @param visitor called once for each, on this thread
     */
    public void forEach(Visitor visitor) {
        int from = 0;
        for (int segment = 0; segment < SEGMENTS; segment++) {
            int to = from;
            while (to < overlay.size() && segmentOf(overlay.high[to]) == segment) {
                to++;
            }
            Entries.merge(base[segment], overlay, from, to, (high, low, scope, expiry) -> {
                if (expiry != Entries.REMOVED) {
                    Scopes.Scope known = scopes.get(scope);
                    visitor.entry(known.kind(), known.kid(), high, low, Integer.toUnsignedLong(expiry));
                }
            });
            from = to;
        }
    }

    /** {@return a builder that has no entry yet} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes a list of entries that come in ascending order of their hashes; needs little beyond what the list takes.
     */
    public static final class Builder {
        private final Entries[] segments = emptySegments();
        private final Entries.Builder segment = new Entries.Builder();
        private final Scopes.Builder scopes = new Scopes.Builder(Scopes.NONE);
        private int current;
        private boolean built;
        private int size;

        private Builder() {}

        /**
         * Adds an entry; of one hash, kind and KID the last stays.
         *
         * @param kind of the hash
         * @param kid any where empty
         * @param high bytes 0 to 7 of the hash, big-endian
         * @param low bytes 8 to 15 of it
         * @param expiresAtEpochSecond from 1 to 2^32 - 1
         * @throws IllegalArgumentException if the hash is below the one before, or the expiry out of range
         */
        public void add(RevocationKind kind, Optional<Kid> kid, long high, long low, long expiresAtEpochSecond) {
            if (expiresAtEpochSecond < 1 || expiresAtEpochSecond > 0xffff_ffffL) {
                throw new IllegalArgumentException("an expiry out of range");
            }
            requireOpen();
            int wanted = segmentOf(high);
            if (wanted < current) {
                throw new IllegalArgumentException("revocation entries are not in ascending order");
            }
            if (wanted > current) {
                finishSegment();
                current = wanted;
            }
            int scope = scopes.number(new Scopes.Scope(kind, kid));
            segment.entry(high, low, scope, (int) expiresAtEpochSecond);
        }

        /**
         * Adds an entry; of one hash, kind and KID the last stays.
         *
         * @param revocation whose hash is not below the one before
         * @throws IllegalArgumentException if the hash is below the one before, or the expiry is the first second of
         *     1970
         */
        public void add(Revocation revocation) {
            RevocationKey key = revocation.key();
            add(
                    key.kind(),
                    key.kid(),
                    key.hash().high(),
                    key.hash().low(),
                    revocation.expiresAt().getEpochSecond());
        }

        private void requireOpen() {
            if (built) {
                throw new IllegalStateException("the list has been built");
            }
        }

        private void finishSegment() {
            size += segment.size();
            segments[current] = segment.take();
        }

        /** {@return the list of what was added} The builder is of no more use. */
        public RevocationList build() {
            requireOpen();
            built = true;
            finishSegment();
            return new RevocationList(segments, Entries.NONE, scopes.build(), size);
        }
    }
}

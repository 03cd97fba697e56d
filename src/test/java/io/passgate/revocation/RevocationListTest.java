package io.passgate.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.model.Kid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list against a plain map, whatever is added, removed and merged. */
final class RevocationListTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Kid OWN = Kid.of(new byte[] {1});
    private static final Kid OTHER = Kid.of(new byte[] {2});
    private static final RevocationHash HASH = new RevocationHash(7, 8);

    private static Revocation entry(RevocationKind kind, RevocationHash hash, Optional<Kid> kid, Instant expiresAt) {
        return new Revocation(new RevocationKey(kind, hash, kid), expiresAt);
    }

    private static Revocation signature(RevocationHash hash) {
        return entry(RevocationKind.SIGNATURE, hash, Optional.empty(), NOON.plusSeconds(60));
    }

    private static boolean isRevoked(RevocationList list, RevocationHash hash) {
        return list.isRevoked(RevocationKind.SIGNATURE, hash, OWN, NOON);
    }

    /** The same look-up by going through all entries. */
    private static boolean slow(
            Map<RevocationKey, Instant> entries, RevocationKind kind, RevocationHash hash, Kid kid, Instant at) {
        return entries.entrySet().stream()
                .anyMatch(entry -> entry.getKey().kind() == kind
                        && entry.getKey().hash().equals(hash)
                        && entry.getKey().kid().map(kid::equals).orElse(true)
                        && at.isBefore(entry.getValue()));
    }

    private static List<RevocationKey> inOrder(RevocationList list) {
        List<RevocationKey> keys = new ArrayList<>();
        list.forEach((kind, kid, high, low, expiry) ->
                keys.add(new RevocationKey(kind, new RevocationHash(high, low), kid)));
        return keys;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyRunOfChangesAndMerges_isWhatAMapComesTo(long seed) {
        Random random = new Random(seed);
        List<RevocationHash> hashes = new ArrayList<>(List.of(
                new RevocationHash(0, 0),
                new RevocationHash(-1, -1),
                new RevocationHash(Long.MIN_VALUE, 0),
                new RevocationHash(Long.MAX_VALUE, -1),
                new RevocationHash(5, Long.MIN_VALUE),
                new RevocationHash(5, 3)));
        IntStream.range(0, 60)
                .mapToObj(i -> new RevocationHash(random.nextLong(), random.nextLong(4)))
                .forEach(hashes::add);
        Map<RevocationKey, Instant> expected = new HashMap<>();
        RevocationList list = RevocationList.empty();
        for (int step = 0; step < 120; step++) {
            List<Revocation> added = new ArrayList<>();
            List<RevocationKey> removed = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                RevocationKey key = key(random, hashes);
                if (random.nextInt(3) == 0
                        && added.stream().noneMatch(entry -> entry.key().equals(key))) {
                    removed.add(key);
                } else {
                    added.add(new Revocation(key, NOON.plusSeconds(random.nextInt(100) - 20)));
                }
            }
            removed.removeIf(key -> added.stream().anyMatch(entry -> entry.key().equals(key)));
            list = list.with(added, removed);
            added.forEach(entry -> expected.put(entry.key(), entry.expiresAt()));
            removed.forEach(expected::remove);
            if (random.nextInt(10) == 0) {
                list = list.merged(Instant.EPOCH);
                assertThat(list.overlaySize()).isZero();
            }
            assertSame(list, expected, hashes, "seed " + seed + ", step " + step);
        }
    }

    private static RevocationKey key(Random random, List<RevocationHash> hashes) {
        RevocationKind kind = RevocationKind.values()[random.nextInt(3)];
        Optional<Kid> kid = random.nextBoolean() ? Optional.empty() : Optional.of(random.nextBoolean() ? OWN : OTHER);
        return new RevocationKey(kind, hashes.get(random.nextInt(hashes.size())), kid);
    }

    private static void assertSame(
            RevocationList list, Map<RevocationKey, Instant> expected, List<RevocationHash> hashes, String where) {
        assertThat(list.size()).as(where).isEqualTo(expected.size());
        assertThat(inOrder(list)).as(where).containsExactlyInAnyOrderElementsOf(expected.keySet());
        assertThat(inOrder(list)).as(where).isSortedAccordingTo(Comparator.comparing(RevocationKey::hash));
        Instant at = NOON.plusSeconds(10);
        for (RevocationHash hash : hashes) {
            for (RevocationKind kind : RevocationKind.values()) {
                assertThat(list.isRevoked(kind, hash, OWN, at))
                        .as(where)
                        .isEqualTo(slow(expected, kind, hash, OWN, at));
            }
        }
    }

    @Test
    void whatTheBuilderIsGiven_isWhatTheChangesComeTo() {
        Random random = new Random(5);
        List<RevocationHash> hashes = IntStream.range(0, 500)
                .mapToObj(i -> new RevocationHash(random.nextLong(), random.nextLong(2)))
                .sorted()
                .toList();
        RevocationList.Builder builder = RevocationList.builder();
        List<Revocation> all = new ArrayList<>();
        for (RevocationHash hash : hashes) {
            for (Optional<Kid> kid : List.of(Optional.of(OTHER), Optional.<Kid>empty(), Optional.of(OWN))) {
                Revocation revocation = entry(RevocationKind.UCI, hash, kid, NOON.plusSeconds(1));
                all.add(revocation);
                builder.add(revocation);
            }
        }
        RevocationList built = builder.build();
        RevocationList changed = RevocationList.empty().with(all, List.of());
        assertThat(built.size()).isEqualTo(1_500).isEqualTo(changed.size());
        assertThat(inOrder(built)).containsExactlyInAnyOrderElementsOf(inOrder(changed));
        assertThat(built.overlaySize()).isZero();
        assertThat(changed.overlaySize()).isEqualTo(1_500);
        assertThat(hashes).allMatch(hash -> built.isRevoked(RevocationKind.UCI, hash, OWN, NOON));
    }

    @Test
    void theSameKeyTwiceInABuilder_isThereOnce_withTheLastExpiry() {
        RevocationList.Builder builder = RevocationList.builder();
        builder.add(RevocationKind.UCI, Optional.empty(), 1, 1, NOON.getEpochSecond());
        builder.add(RevocationKind.UCI, Optional.empty(), 1, 1, NOON.getEpochSecond() + 9);
        RevocationList list = builder.build();
        assertThat(list.size()).isOne();
        assertThat(list.isRevoked(RevocationKind.UCI, new RevocationHash(1, 1), OWN, NOON))
                .isTrue();
    }

    @Test
    void aBuilder_takesNothingOutOfOrderOrOutOfRange() {
        RevocationList.Builder builder = RevocationList.builder();
        builder.add(signature(new RevocationHash(-5, 1)));
        assertThatThrownBy(() -> builder.add(signature(new RevocationHash(5, 1))))
                .as("unsigned")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(signature(new RevocationHash(-5, 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(RevocationKind.UCI, Optional.empty(), -1, 0, 1L << 32))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBuilder_isOverOnceItHasBuilt_andTakesNoEntryWithoutAnExpiry() {
        RevocationList.Builder builder = RevocationList.builder();
        builder.add(signature(HASH));
        assertThatThrownBy(() -> builder.add(RevocationKind.UCI, Optional.empty(), 7, 9, 0))
                .isInstanceOf(IllegalArgumentException.class);
        RevocationList list = builder.build();
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.add(signature(HASH))).isInstanceOf(IllegalStateException.class);
        assertThat(isRevoked(list, HASH)).isTrue();
    }

    @Test
    void aBuilder_takesTheFirstAndTheLastExpiry() {
        RevocationList.Builder builder = RevocationList.builder();
        builder.add(RevocationKind.UCI, Optional.empty(), 1, 1, 1);
        builder.add(RevocationKind.UCI, Optional.empty(), 1, 2, 0xffff_ffffL);
        RevocationList list = builder.build();
        assertThat(list.isRevoked(RevocationKind.UCI, new RevocationHash(1, 1), OWN, Instant.EPOCH))
                .isTrue();
        assertThat(list.isRevoked(RevocationKind.UCI, new RevocationHash(1, 2), OWN, NOON))
                .isTrue();
    }

    @Test
    void aRemovedEntry_revokesNothing_alsoByAClockBefore1970() {
        RevocationList back = RevocationList.empty()
                .with(List.of(signature(HASH)), List.of())
                .with(List.of(), List.of(signature(HASH).key()));
        Instant before = Instant.EPOCH.minusSeconds(1);
        assertThat(back.isRevoked(RevocationKind.SIGNATURE, HASH, OWN, before)).isFalse();
        assertThat(back.merged(before).size()).isZero();
    }

    @Test
    void anEntry_revokesUntilItsExpiry_andNotAtIt() {
        RevocationList list = RevocationList.empty().with(List.of(signature(HASH)), List.of());
        Instant expiry = NOON.plusSeconds(60);
        assertThat(list.isRevoked(RevocationKind.SIGNATURE, HASH, OWN, expiry.minusNanos(1)))
                .isTrue();
        assertThat(list.isRevoked(RevocationKind.SIGNATURE, HASH, OWN, expiry)).isFalse();
        assertThat(list.merged(expiry.minusSeconds(1)).size()).isOne();
        assertThat(list.merged(expiry).size()).isZero();
    }

    @Test
    void theLastExpiry_isKept() {
        Revocation last = entry(RevocationKind.UCI, HASH, Optional.empty(), Revocation.LAST_EXPIRY);
        RevocationList list =
                RevocationList.empty().with(List.of(last), List.of()).merged(NOON);
        assertThat(list.isRevoked(RevocationKind.UCI, HASH, OWN, Revocation.LAST_EXPIRY.minusNanos(1)))
                .isTrue();
    }

    @Test
    void aRemoval_bringsTheCardBack_beforeAndAfterAMerge() {
        RevocationList revoked =
                RevocationList.empty().with(List.of(signature(HASH)), List.of()).merged(NOON);
        RevocationList back = revoked.with(List.of(), List.of(signature(HASH).key()));
        assertThat(isRevoked(revoked, HASH)).as("the list before is as it was").isTrue();
        assertThat(isRevoked(back, HASH)).isFalse();
        assertThat(isRevoked(back.merged(NOON), HASH)).isFalse();
        assertThat(back.merged(NOON).size()).isZero();
        assertThat(isRevoked(back.with(List.of(signature(HASH)), List.of()), HASH))
                .isTrue();
    }

    @Test
    void kindsAndKids_doNotMix() {
        RevocationList list = RevocationList.empty()
                .with(List.of(entry(RevocationKind.UCI, HASH, Optional.of(OTHER), NOON.plusSeconds(60))), List.of());
        assertThat(list.isRevoked(RevocationKind.UCI, HASH, OTHER, NOON)).isTrue();
        assertThat(list.isRevoked(RevocationKind.UCI, HASH, OWN, NOON)).isFalse();
        assertThat(list.isRevoked(RevocationKind.COUNTRYCODEUCI, HASH, OTHER, NOON))
                .isFalse();
        assertThat(list.mayHold(RevocationKind.UCI)).isTrue();
        assertThat(list.mayHold(RevocationKind.SIGNATURE)).isFalse();
    }

    @Test
    void aListMayHoldAKid_whenAnEntryOfItsKindMeansIt_orMeansAny() {
        RevocationList list = RevocationList.empty()
                .with(List.of(entry(RevocationKind.UCI, HASH, Optional.of(OTHER), NOON.plusSeconds(60))), List.of());
        assertThat(list.mayHold(RevocationKind.UCI, OTHER)).isTrue();
        assertThat(list.mayHold(RevocationKind.UCI, OWN)).isFalse();
        assertThat(list.mayHold(RevocationKind.SIGNATURE, OTHER)).isFalse();
        RevocationList anyKid = list.with(List.of(signature(HASH)), List.of());
        assertThat(anyKid.mayHold(RevocationKind.SIGNATURE, OWN)).isTrue();
        assertThat(anyKid.mayHold(RevocationKind.UCI, OWN)).isFalse();
    }

    @Test
    void anOverlay_wantsToBeMerged_aboveItsBound() {
        Random random = new Random(3);
        List<Revocation> many = IntStream.range(0, RevocationList.MAX_OVERLAY)
                .mapToObj(i -> signature(new RevocationHash(random.nextLong(), i)))
                .toList();
        RevocationList full = RevocationList.empty().with(many, List.of());
        assertThat(full.wantsMerge()).isFalse();
        RevocationList over = full.with(List.of(signature(new RevocationHash(1, -1))), List.of());
        assertThat(over.wantsMerge()).isTrue();
        assertThat(over.merged(NOON).size()).isEqualTo(RevocationList.MAX_OVERLAY + 1);
        assertThat(over.merged(NOON).wantsMerge()).isFalse();
    }
}

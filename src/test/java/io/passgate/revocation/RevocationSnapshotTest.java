package io.passgate.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long a list is trusted, to the nanosecond. */
final class RevocationSnapshotTest {
    private static final Instant AS_OF = Instant.parse("2022-01-01T00:00:00Z");
    private static final Duration WARN = Duration.ofMinutes(5);
    private static final Duration HARD = Duration.ofHours(24);

    private final RevocationSnapshot confirmed =
            RevocationSnapshot.confirmed(RevocationList.empty(), AS_OF, WARN, HARD);

    @Test
    void aConfirmedList_isDoubtfulFromItsWarnAge_andNotANanosecondBefore() {
        assertThat(confirmed.isDoubtful(AS_OF.plus(WARN).minusNanos(1))).isFalse();
        assertThat(confirmed.isDoubtful(AS_OF.plus(WARN))).isTrue();
        assertThat(confirmed.isStale(AS_OF.plus(WARN))).isFalse();
    }

    @Test
    void aConfirmedList_isStaleFromItsHardAge_andNotANanosecondBefore() {
        assertThat(confirmed.isStale(AS_OF.plus(HARD).minusNanos(1))).isFalse();
        assertThat(confirmed.isStale(AS_OF.plus(HARD))).isTrue();
        assertThat(confirmed.isDoubtful(AS_OF.plus(HARD))).isTrue();
    }

    @Test
    void aListGiven_isNeverStale() {
        RevocationSnapshot given = RevocationSnapshot.given(RevocationList.empty());
        assertThat(given.isDoubtful(Instant.MAX.minusNanos(1))).isFalse();
        assertThat(given.isStale(Instant.MAX.minusNanos(1))).isFalse();
    }

    @Test
    void noList_isAlwaysStale() {
        assertThat(RevocationSnapshot.none().isDoubtful(Instant.MIN)).isTrue();
        assertThat(RevocationSnapshot.none().isStale(Instant.MIN)).isTrue();
        assertThat(RevocationSnapshot.none().list().size()).isZero();
    }
}

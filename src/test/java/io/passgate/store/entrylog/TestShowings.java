package io.passgate.store.entrylog;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.KeyedRequest;
import io.passgate.checkin.Visit;
import io.passgate.model.OpaqueId;
import io.passgate.testing.ManualTime;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Passes that are shown at a door, in the shards that a test wants. */
final class TestShowings {
    static final LocalDate DAY = LocalDate.of(2021, 7, 12);

    private final ManualTime time;
    private final Random random;

    TestShowings(ManualTime time, Random random) {
        this.time = time;
        this.random = random;
    }

    OpaqueId random() {
        return OpaqueId.random(random);
    }

    OpaqueId idIn(int shard) {
        byte[] id = OpaqueId.random(random).toByteArray();
        id[0] = (byte) (id[0] & ~(OneTimeKeys.SHARDS - 1) | shard);
        return OpaqueId.of(id);
    }

    KeyedRequest requestIn(int shard) {
        return new KeyedRequest(
                idIn(shard), OpaqueId.random(random), time.instant().plusSeconds(60));
    }

    /** The same key with other payloads. */
    KeyedRequest other(KeyedRequest request) {
        return new KeyedRequest(request.key(), OpaqueId.random(random), request.keptUntil());
    }

    CheckInAttempt showing(KeyedRequest request, OpaqueId pass) {
        Visit visit = new Visit(DAY, OpaqueId.random(random), "museum", "kakao", pass, time.instant());
        return new CheckInAttempt(
                visit, Optional.of(time.instant()), time.instant().plusSeconds(25), Optional.of(request));
    }

    List<CheckInAttempt> showings(KeyedRequest request, List<OpaqueId> passes) {
        return passes.stream().map(pass -> showing(request, pass)).toList();
    }

    List<OpaqueId> oneInEachShard() {
        return IntStream.range(0, OneTimeKeys.SHARDS).mapToObj(this::idIn).toList();
    }
}

package io.passgate.bench.load.passes;

import io.passgate.crypto.CryptoProviders;
import io.passgate.format.entrypass.EntryPass;
import io.passgate.format.entrypass.EntryPassEncoder;
import io.passgate.holdertag.HolderTags;
import io.passgate.holdertag.TagKey;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Event;
import io.passgate.model.Korea;
import io.passgate.model.Slice;
import io.passgate.registry.Holder;
import io.passgate.testing.TestProvider;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Makes passes of two doses, each of a holder of its own, as a provider's gateway would. */
final class PassMint {
    private static final String PROVIDER = "kakao";
    private static final String PRODUCT = "EU/1/20/1528";
    private static final String TARGET = "840539006";
    private static final int HOLDER_BYTES = 32;

    private final TestProvider provider = TestProvider.named(PROVIDER);
    private final TagKey key;
    private final LocalDate day;
    private final ThreadLocal<HolderTags> tags;
    private final List<Event> events;

    /** @param key of {@code day}, on which all passes are made */
    PassMint(TagKey key, LocalDate day) {
        this.key = key;
        this.day = day;
        Provider crypto = CryptoProviders.preferred();
        tags = ThreadLocal.withInitial(() -> new HolderTags(crypto, new SecureRandom()));
        events = List.of(
                new Event.Vaccination(TARGET, PRODUCT, 1, 2, day.minusDays(60)),
                new Event.Vaccination(TARGET, PRODUCT, 2, 2, day.minusDays(30)));
    }

    TestProvider provider() {
        return provider;
    }

    static LocalDate today(Instant now) {
        return Korea.dayOf(now);
    }

    /** So many passes, shown at a constant rate from {@code start} on, each made in the second it is shown. */
    List<String> passes(int count, double perSecond, Instant start) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> pass(start.plusNanos((long) (i / perSecond * 1e9))))
                .toList();
    }

    private String pass(Instant shownAt) {
        byte[] id = new byte[EntryPass.ID_BYTES];
        byte[] holder = new byte[HOLDER_BYTES];
        ThreadLocalRandom.current().nextBytes(id);
        ThreadLocalRandom.current().nextBytes(holder);
        byte[] tag = tags.get().seal(Holder.of(holder), key, day);
        EntryPass says =
                new EntryPass(PROVIDER, Slice.of(id), shownAt, Slice.of(tag), events, Optional.of(AgeBand.ADULT));
        return EntryPassEncoder.encode(says, provider.issuer().kid(), provider.issuer()::sign);
    }
}

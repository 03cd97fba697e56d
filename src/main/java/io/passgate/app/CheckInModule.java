package io.passgate.app;

import io.passgate.app.config.Config;
import io.passgate.checkin.CheckInObserver;
import io.passgate.checkin.CheckInService;
import io.passgate.checkin.HolderPseudonyms;
import io.passgate.crypto.CryptoProviders;
import io.passgate.holdertag.HolderTags;
import io.passgate.holdertag.TagKey;
import io.passgate.http.checkin.CheckInSide;
import io.passgate.model.OpaqueId;
import io.passgate.registry.Pepper;
import io.passgate.store.ClockCheck;
import io.passgate.store.StoreObserver;
import io.passgate.store.entrylog.CheckInStatus;
import io.passgate.store.entrylog.CheckInStores;
import io.passgate.store.secret.SecretWatch;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The doors of a gateway, wired. */
final class CheckInModule {
    private final CheckInStores stores;
    private final CheckInSide side;

    /** What doors take from the gateway. */
    record Surroundings(
            Vertx vertx, InstantSource clock, ClockCheck clockCheck, StoreObserver stores, CheckInObserver observer) {}

    CheckInModule(Config config, Path relativeTo, Surroundings gateway) {
        Provider provider = CryptoProviders.preferred();
        RandomGenerator random = CryptoProviders.random(provider);
        ClockCheck check = gateway.clockCheck;
        Optional<Pepper> pepper = config.issuing().pepperIfOn(relativeTo);
        stores = new CheckInStores(
                config.checkInStores(relativeTo),
                new CheckInStores.Surroundings(
                        gateway.vertx,
                        pepper,
                        config.audit().key(relativeTo),
                        gateway.clock,
                        () -> !check.offsets().isEmpty() && !check.isOff(),
                        random,
                        gateway.stores));
        CheckInService checkInService = new CheckInService(
                stores.uses(),
                stores.marks(),
                pepper.isEmpty() ? HolderPseudonyms.NONE : names(provider, random),
                config.checkInPolicy(),
                gateway.observer,
                random);
        side = new CheckInSide(
                checkInService,
                stores.traces(),
                config.checkIns().usualPolicy(),
                config.checkIns().showingPolicy());
    }

    /** Each event loop opens tags by itself. */
    private HolderPseudonyms names(Provider provider, RandomGenerator random) {
        ThreadLocal<HolderTags> tags = ThreadLocal.withInitial(() -> new HolderTags(provider, random));
        return (pass, day) -> {
            Optional<TagKey> key = stores.tagKey(day);
            return key.isEmpty()
                    ? Optional.empty()
                    : tags.get().open(pass.holderTag(), key.get(), day).map(name -> OpaqueId.of(name.toByteArray()));
        };
    }

    CheckInSide side() {
        return side;
    }

    /** Whether this gateway has the secrets that the database knows. */
    SecretWatch secrets() {
        return stores.secrets();
    }

    CheckInStatus status() {
        return stores.status();
    }

    void start() {
        stores.start();
    }

    List<String> warnings() {
        return stores.status().warnings();
    }

    void close(Duration patience) {
        stores.close(patience);
    }
}

package io.passgate.app;

import io.passgate.checkin.DoorTerms;
import io.passgate.codec.EntryPass;
import io.passgate.store.DoorStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The part of a configuration that doors are kept by. */
final class DoorConfig {
    /** A pass's use is remembered longer than the pass is accepted: clocks differ. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private DoorConfig() {}

    /** @throws IllegalArgumentException if the durability is none */
    static boolean isStrict(Config config) {
        return switch (config.entryLog.durability) {
            case "usual" -> false;
            case "strict" -> true;
            default -> throw new IllegalArgumentException("entryLog.durability: is none of usual, strict");
        };
    }

    static DoorTerms terms(Config config) {
        return new DoorTerms(config.passes.lateTolerance.plus(MARGIN), config.checkIns.refuseDuplicates);
    }

    static DoorStores.Settings stores(Config config, Path relativeTo) {
        return new DoorStores.Settings(
                StoreConfig.database(config, relativeTo),
                StoreConfig.redis(config, relativeTo),
                config.entryLog.connections,
                named(config.entryLog.spoolFile).map(relativeTo::resolve),
                config.entryLog.spoolBytes,
                isStrict(config),
                config.checkIns.maxPending,
                EntryPass.LIFETIME.plus(terms(config).useKept()),
                config.checkIns.providerWindow,
                config.checkIns.facilityWindow);
    }

    /** What is empty is not set. */
    static Optional<String> named(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}

package io.passgate.app.config;

import io.passgate.checkin.CheckInPolicy;
import io.passgate.format.entrypass.EntryPass;
import io.passgate.store.audit.AuditKey;
import io.passgate.store.entrylog.CheckInStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** The part of a configuration that doors are kept by. */
public final class CheckInConfig {
    /** A pass's use is remembered longer than the pass is accepted: clocks differ. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private CheckInConfig() {}

    /** @throws IllegalArgumentException if the durability is none */
    static boolean isStrict(Config config) {
        return switch (config.entryLog.durability) {
            case "usual" -> false;
            case "strict" -> true;
            default -> throw new IllegalArgumentException("entryLog.durability: is none of usual, strict");
        };
    }

    public static CheckInPolicy terms(Config config) {
        return new CheckInPolicy(config.passes.lateTolerance.plus(MARGIN), config.checkIns.refuseDuplicates);
    }

    public static CheckInStores.Settings stores(Config config, Path relativeTo) {
        return new CheckInStores.Settings(
                StoreConfig.database(config, relativeTo),
                StoreConfig.redis(config, relativeTo),
                config.entryLog.connections,
                named(config.entryLog.spoolFile).map(relativeTo::resolve),
                config.entryLog.spoolBytes,
                isStrict(config),
                config.checkIns.maxPending,
                EntryPass.LIFETIME.plus(terms(config).useKept()),
                config.checkIns.providerWindow,
                config.checkIns.facilityWindow,
                auditHeads(config, relativeTo));
    }

    /**
     * The key of the audit, if one is configured.
     *
     * @throws IllegalArgumentException that names the file, never what is in it
     */
    public static Optional<AuditKey> auditKey(Config config, Path relativeTo) {
        return named(config.audit.keyFile).map(relativeTo::resolve).map(file -> {
            try {
                return new AuditKey(
                        Base64.getDecoder().decode(Files.readString(file).strip()));
            } catch (IOException unreadable) {
                throw new IllegalArgumentException("audit.keyFile: " + file + " cannot be read", unreadable);
            } catch (IllegalArgumentException unusable) {
                throw new IllegalArgumentException(
                        "audit.keyFile: " + file + " does not hold at least 32 bytes in Base64", unusable);
            }
        });
    }

    /** Where the audit's head is written every hour, if anywhere. */
    public static Optional<Path> auditHeads(Config config, Path relativeTo) {
        return named(config.audit.headFile).map(relativeTo::resolve);
    }

    /** What is empty is not set. */
    public static Optional<String> named(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}

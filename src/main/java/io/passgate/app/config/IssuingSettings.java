package io.passgate.app.config;

import io.passgate.issuance.IssuanceLimits;
import io.passgate.issuance.ProviderTerms;
import io.passgate.issuance.wallet.WalletIssuer;
import io.passgate.registry.Pepper;
import io.passgate.store.issuing.IssuingStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What the issuing side is set up by: that part of a configuration, checked, and the pepper. */
public record IssuingSettings(
        Pepper pepper,
        IssuingStores.Settings stores,
        IssuanceLimits desk,
        int eventLoops,
        WalletIssuer issuer,
        Map<String, ProviderTerms> providers) {
    /** As in the certificates of our keys. */
    private static final String COUNTRY = "KR";

    private static final String REQUIRED = "required";
    private static final String OPTIONAL = "optional";

    /** Whether a gateway of this configuration issues anything. */
    public static boolean isOn(Config config) {
        return !config.issuing.pepperFile.isEmpty();
    }

    /**
     * The settings of a configuration.
     *
     * @param relativeTo the folder that relative paths of the configuration start from
     * @throws IllegalArgumentException that names the key that is wrong
     */
    public static IssuingSettings read(Config config, Path relativeTo) {
        Config.Issuing issuing = config.issuing;
        int threads = Settings.perCore(issuing.threads);
        return new IssuingSettings(
                pepper(config, relativeTo),
                new IssuingStores.Settings(
                        StoreConfig.database(config, relativeTo),
                        StoreConfig.redis(config, relativeTo),
                        threads,
                        issuing.connections,
                        issuing.maxProofs),
                new IssuanceLimits(threads, issuing.maxQueued, issuing.maxBatch, issuing.deadline),
                Settings.perCore(issuing.eventLoops),
                issuer(issuing),
                providers(issuing));
    }

    /** The pepper in Base64; the error names the file, never what is in it. */
    public static Pepper pepper(Config config, Path relativeTo) {
        Path file = relativeTo.resolve(config.issuing.pepperFile);
        try {
            return new Pepper(Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("issuing.pepperFile: " + file + " cannot be read", unreadable);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "issuing.pepperFile: " + file + " does not hold at least 32 bytes in Base64", unusable);
        }
    }

    static WalletIssuer issuer(Config.Issuing issuing) {
        try {
            return new WalletIssuer(COUNTRY, issuing.certificateIssuer, issuing.certificateLifetime);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("issuing.certificate…: " + wrong.getMessage(), wrong);
        }
    }

    /** Who may issue, by name. */
    static Map<String, ProviderTerms> providers(Config.Issuing issuing) {
        Map<String, ProviderTerms> providers = new HashMap<>();
        for (Config.ProviderEntry entry : issuing.providers) {
            String key = "issuing.providers: " + entry.name;
            if (!entry.deviceProof.equals(REQUIRED) && !entry.deviceProof.equals(OPTIONAL)) {
                throw new IllegalArgumentException(key + ": deviceProof is none of required, optional");
            }
            if (entry.htu.isBlank()) {
                throw new IllegalArgumentException(key + ": has no htu");
            }
            try {
                ProviderTerms terms = new ProviderTerms(entry.name, entry.deviceProof.equals(REQUIRED), entry.htu);
                if (providers.put(entry.name, terms) != null) {
                    throw new IllegalArgumentException("stands twice");
                }
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(key + ": " + wrong.getMessage(), wrong);
            }
        }
        return providers;
    }
}

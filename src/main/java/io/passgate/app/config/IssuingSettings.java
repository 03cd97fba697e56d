package io.passgate.app.config;

import io.passgate.issuance.IssuanceLimits;
import io.passgate.issuance.ProviderTerms;
import io.passgate.issuance.wallet.WalletIssuer;
import io.passgate.registry.Pepper;
import io.passgate.store.issuing.IssuingStores;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the issuing side is set up by: that part of a configuration, and the pepper.
 *
 * @param pepper by which holders are known
 * @param stores how PostgreSQL and Redis are reached
 * @param queue bounds of what waits, and its threads
 * @param eventLoops of the issuing port, at least 1
 * @param issuer what wallet certificates say of who issued them
 * @param providers who may issue, by name
 */
public record IssuingSettings(
        Pepper pepper,
        IssuingStores.Settings stores,
        IssuanceLimits queue,
        int eventLoops,
        WalletIssuer issuer,
        Map<String, ProviderTerms> providers) {

    /**
     * {@return the settings of a configuration}
     *
     * @param config in which {@link IssuingConfig#isOn} holds
     * @param relativeTo the folder that relative paths of the configuration start from
     * @throws IllegalArgumentException that names the key that is wrong
     */
    public static IssuingSettings read(Config config, Path relativeTo) {
        IssuingConfig issuing = config.issuing();
        return new IssuingSettings(
                issuing.pepper(relativeTo),
                new IssuingStores.Settings(
                        config.database().settings(relativeTo),
                        config.redis().settings(relativeTo),
                        issuing.threads(),
                        issuing.connections(),
                        issuing.maxProofs()),
                issuing.limits(),
                issuing.eventLoops(),
                issuing.walletIssuer(),
                issuing.terms());
    }
}

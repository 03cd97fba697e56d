package io.passgate.demo;

import io.passgate.access.ClientToken;
import io.passgate.app.Administration;
import io.passgate.app.Demonstration;
import io.passgate.app.Gateway;
import io.passgate.app.config.Config;
import io.passgate.app.config.ConfigFile;
import io.passgate.app.config.InvalidConfig;
import io.passgate.app.keys.KeyCeremony;
import io.passgate.app.lists.TrustFiles;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.crypto.signing.KeyPurpose;
import io.passgate.crypto.signing.KeyStoreFile;
import io.passgate.trust.Signer;
import io.passgate.trust.TrustImporter;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The two gateways of one demonstration, and the stores under them. */
final class DemoGateways implements AutoCloseable {
    /** Days that the entry log is kept, its first one among them. */
    private static final Duration KEPT = Duration.ofDays(28);

    private final List<Gateway> gateways;
    private final DemoFolder folder;
    private final DemoStores stores;

    private DemoGateways(List<Gateway> gateways, DemoFolder folder, DemoStores stores) {
        this.gateways = gateways;
        this.folder = folder;
        this.stores = stores;
    }

    /** Fills the database with the folder's signers and with the tokens' clients, and starts both gateways over it. */
    static DemoGateways start(DemoFolder folder, DemoStores stores, DemoTokens tokens, Instant now) throws IOException {
        try {
            Config first = ConfigFile.read(folder.config(0));
            Path relativeTo = folder.path();
            fill(first, relativeTo, folder, tokens, now);
            return new DemoGateways(
                    List.of(
                            Gateway.start(first, relativeTo, true),
                            Gateway.start(ConfigFile.read(folder.config(1)), relativeTo, true)),
                    folder,
                    stores);
        } catch (InvalidConfig wrong) {
            stores.close();
            throw new IllegalStateException("the demonstration's own configuration is wrong", wrong);
        } catch (IOException | RuntimeException failed) {
            stores.close();
            throw failed;
        }
    }

    /**
     * One more gateway, that takes the log's first day to be over. It issues nothing, and what it does in Redis it does
     * in a database of its own: there it would trim what the others have not carried over yet, and stamp heads and a
     * snapshot with instants that are weeks ahead.
     */
    Gateway later() throws IOException {
        try {
            return Gateway.start(
                    ConfigFile.read(folder.laterConfig()), folder.path(), true, Clock.offset(Clock.systemUTC(), KEPT));
        } catch (InvalidConfig wrong) {
            throw new IllegalStateException("the demonstration's own configuration is wrong", wrong);
        }
    }

    /** The whole entry log, the oldest visit first, by column. */
    List<JsonObject> visits() throws IOException {
        return stores.visits();
    }

    private static void fill(Config config, Path relativeTo, DemoFolder folder, DemoTokens tokens, Instant now)
            throws IOException, InvalidConfig {
        TrustFiles files = new TrustFiles(new TrustImporter(new VerificationKeys(CryptoProviders.preferred())));
        List<Signer> signers = new ArrayList<>(files.read(folder.trust()).signers());
        signers.addAll(DemoExamples.signers(CryptoProviders.preferred()));
        Instant end = now.truncatedTo(ChronoUnit.SECONDS).plus(KEPT).plus(Duration.ofDays(1));
        List<ClientToken> grants = tokens.grants(end);
        try (Administration administration = Administration.open(config, relativeTo)) {
            var rejected = administration.run(adminCommands -> adminCommands.addSigners(signers));
            int granted = administration.run(adminCommands -> adminCommands.addClients(grants));
            if (!rejected.isEmpty() || granted != grants.size()) {
                throw new IllegalStateException("the demonstration's own signers were rejected");
            }
            makeKeys(folder.keystore(), administration);
        }
    }

    private static void makeKeys(Path keystore, Administration administration) throws IOException {
        Files.deleteIfExists(keystore);
        Provider provider = CryptoProviders.preferred();
        KeyCeremony ceremony = new KeyCeremony(
                new KeyStoreFile(keystore, DemoFolder.KEYSTORE_PASSWORD.toCharArray(), provider),
                administration.trustedSigners(),
                provider,
                new SecureRandom(),
                InstantSource.system());
        List<KeyPurpose> purposes = new ArrayList<>(List.of(new KeyPurpose.Certificates()));
        DemoStory.PROVIDERS.forEach(name -> purposes.add(new KeyPurpose.Passes(name)));
        for (KeyPurpose purpose : purposes) {
            var _ = ceremony.create(
                    new KeyCeremony.KeyRequest(purpose, Duration.ofDays(1), Optional.of(Demonstration.ORGANIZATION)));
        }
    }

    @Override
    public void close() {
        gateways.forEach(Gateway::close);
        stores.close();
    }
}

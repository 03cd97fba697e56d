package io.passgate.bench.load.passes;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.NewToken;
import io.passgate.access.Role;
import io.passgate.app.Administration;
import io.passgate.app.config.ConfigFile;
import io.passgate.bench.Corpus;
import io.passgate.bench.load.Deployment;
import io.passgate.bench.load.Priority;
import io.passgate.bench.load.RequestBytes;
import io.passgate.crypto.CryptoProviders;
import io.passgate.store.DatabaseSettings;
import io.passgate.testing.TestStores;
import io.passgate.trust.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/** A deployment that issues passes of one provider and verifies a corpus, with what a generator needs to know of it. */
final class PassesSetting implements AutoCloseable {
    static final String PROVIDER = "pass";
    static final String HTU = "https://pass.example/entry";

    private static final String KEYSTORE_PASSWORD = "for one run";

    private final Deployment deployment;
    private final Corpus corpus;
    private final int port;
    private final int issuingPort;
    private final String providerToken;
    private final String verifierToken;

    private PassesSetting(
            Deployment deployment, Corpus corpus, int[] ports, String providerToken, String verifierToken) {
        this.deployment = deployment;
        this.corpus = corpus;
        this.port = ports[0];
        this.issuingPort = ports[1];
        this.providerToken = providerToken;
        this.verifierToken = verifierToken;
    }

    static PassesSetting start(Path layout, Corpus corpus) throws Exception {
        Path folder = Files.createTempDirectory("passgate-passes");
        TestStores stores = new TestStores(folder.resolve("stores"));
        stores.empty();
        int port = TestStores.freePort();
        int issuingPort = TestStores.freePort();
        int managementPort = TestStores.freePort();
        Path config = configuration(folder, layout, stores, new int[] {port, issuingPort, managementPort});
        NewToken provider = new NewToken(new SecureRandom());
        NewToken verifier = new NewToken(new SecureRandom());
        List<Signer> signers = corpus.trust(CryptoProviders.preferred()).signers();
        try (Administration administration = Administration.open(ConfigFile.read(config), folder)) {
            int _ = administration.run(adminCommands -> adminCommands.addClients(
                    List.of(grant(provider, PROVIDER, Role.PROVIDER), grant(verifier, "bench", Role.VERIFIER))));
            var _ = administration.run(adminCommands -> adminCommands.addSigners(signers));
        }
        keys(layout, config);
        Deployment deployment = Deployment.start(stores, layout, config, managementPort);
        return new PassesSetting(
                deployment, corpus, new int[] {port, issuingPort}, provider.reveal(), verifier.reveal());
    }

    private static ClientToken grant(NewToken token, String name, Role role) {
        Instant end = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        return new ClientToken(token.hash(), new Client(name, role, end));
    }

    private static Path configuration(Path folder, Path layout, TestStores stores, int[] ports) throws IOException {
        byte[] pepper = new byte[32];
        new SecureRandom().nextBytes(pepper);
        Files.writeString(folder.resolve("pepper"), Base64.getEncoder().encodeToString(pepper));
        Files.writeString(folder.resolve("password"), stores.database().password());
        Files.writeString(folder.resolve("keystore-password"), KEYSTORE_PASSWORD);
        return Files.writeString(folder.resolve("passgate.yaml"), """
                http: { host: 127.0.0.1, port: %d }
                management: { host: 127.0.0.1, port: %d }
                policies: %s
                database: { uri: "%s", user: %s, passwordFile: password }
                redis: { endpoints: ["%s"] }
                limits:
                  verifier: { perSecond: 10000000, burst: 10000000 }
                  provider: { perSecond: 10000000, burst: 10000000 }
                issuing:
                  port: %d
                  keystore: keys.p12
                  keystorePasswordFile: keystore-password
                  pepperFile: pepper
                  providers:
                    - { name: %s, deviceProof: required, htu: "%s" }
                """.formatted(
                        ports[0],
                        ports[2],
                        layout.resolve("config/policies").toAbsolutePath(),
                        stores.database().uri(),
                        stores.database().user(),
                        stores.redis.uri(),
                        ports[1],
                        PROVIDER,
                        HTU));
    }

    private static void keys(Path layout, Path config) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(
                        layout.resolve("bin/passgate").toString(),
                        "keys",
                        "create",
                        "--provider",
                        PROVIDER,
                        "--config",
                        config.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("passgate keys create ended with " + exit);
        }
    }

    int port() {
        return port;
    }

    int issuingPort() {
        return issuingPort;
    }

    String providerToken() {
        return providerToken;
    }

    DatabaseSettings database() {
        return deployment.stores.database();
    }

    /** Lowers PostgreSQL, once the gateway is connected to it, and Redis. */
    void lowerStores() throws IOException {
        Priority.lowerStores(deployment.stores);
    }

    /** Single payloads, which are accepted. */
    RequestBytes verifications() {
        return RequestBytes.verifications(corpus.texts(), 1, port, verifierToken);
    }

    @Override
    public void close() throws IOException {
        deployment.close();
        deployment.stores.close();
    }
}

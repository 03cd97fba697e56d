package io.passgate.app.setup;

import io.passgate.app.Administration;
import io.passgate.app.config.Config;
import io.passgate.app.config.InvalidConfig;
import io.passgate.app.config.IssuingConfig;
import io.passgate.store.StoreException;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustList;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes of a configuration, an empty database and empty folders what gateways can start from. It makes only what is
 * missing, so that it can be run before every start; and each step leaves what the next run goes on from.
 */
public final class Setup {
    private final Config config;
    private final Path folder;
    private final SecureRandom random;
    private final InstantSource clock;
    private final SetupReport report;

    /**
     * One run.
     *
     * @param config of the gateways to be
     * @param folder where the configuration's relative paths start
     * @param random for secrets
     * @param clock from which tokens and keys run out
     * @param lines takes what was made and what was there, for people; never a secret
     */
    public Setup(Config config, Path folder, SecureRandom random, InstantSource clock, Consumer<String> lines) {
        this.config = config;
        this.folder = folder;
        this.random = random;
        this.clock = clock;
        this.report = new SetupReport(lines);
    }

    /**
     * Makes what is missing.
     *
     * @param trust a file or folder of signers of health certificates, if there is to be one; what cannot be used in
     *     it is told, and left out
     * @param tokens the folder that tokens are written to
     * @throws InvalidConfig if the configuration, or a file it names, cannot be used
     * @throws IOException if a file cannot be read or written
     * @throws IllegalStateException if the database did not take something; the message says why
     */
    public void run(Optional<Path> trust, Path tokens) throws IOException, InvalidConfig {
        try (Administration administration = Administration.open(config, folder)) {
            int steps = administration.migrations();
            if (steps > 0) {
                report.made("database", "the schema took " + steps + " migrations");
            } else {
                report.kept("database", "the schema is up to date");
            }
            new FirstSecrets(config, folder, random, report).make(administration);
            List<String> providers = config.issuing().providers().stream()
                    .map(IssuingConfig.Issuer::name)
                    .toList();
            Optional<IssuingConfig.Place> keystore = config.issuing().place(folder);
            if (keystore.isPresent()) {
                new FirstKeys(random, clock, report).make(keystore.get(), providers, administration);
            } else {
                report.kept("keystore", "issuing.keystore is not set; nothing is signed");
            }
            if (trust.isPresent()) {
                trust(trust.get(), administration);
            }
            new FirstTokens(administration, tokens, random, clock, report).make(providers);
            report.end();
        } catch (StoreException lost) {
            throw new IllegalStateException(lost.getMessage(), lost);
        }
    }

    private void trust(Path source, Administration administration) throws IOException {
        SignerSource found = SignerSource.read(source, SignerKind.DCC);
        Set<String> there = administration.ask(queries ->
                queries.signersAmong(found.signers().stream().map(Signer::id).toList()));
        List<Signer> missing = found.signers().stream()
                .filter(signer -> !there.contains(signer.id()))
                .toList();
        Set<Rejection> shared = SignerSource.trust(administration, missing);
        found.rejected().forEach(entry -> report.kept("signers", "left out: " + entry.where() + ": " + entry.why()));
        shared.forEach(entry -> report.kept("signers", "warning: " + TrustList.warning(entry)));
        String all = there.size() + " were there, " + found.rejected().size() + " left out, in " + source;
        if (missing.isEmpty()) {
            report.kept("signers", "none to add, " + all);
        } else {
            report.made("signers", missing.size() + " added, " + all);
        }
    }
}

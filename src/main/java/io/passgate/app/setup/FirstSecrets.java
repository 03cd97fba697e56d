package io.passgate.app.setup;

import io.passgate.app.Administration;
import io.passgate.app.config.Config;
import io.passgate.app.config.InvalidConfig;
import io.passgate.store.secret.SecretAdoption;
import io.passgate.store.secret.SecretAdoption.Known;
import io.passgate.store.secret.SecretFingerprint;
import io.passgate.store.secret.SecretPurpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Pepper and audit key, made where neither file nor database knows one. A database that knows one whose file is gone
 * gets no other: what it holds would be lost quietly.
 */
final class FirstSecrets {
    private final Config config;
    private final Path folder;
    private final RandomGenerator random;
    private final SetupReport report;

    FirstSecrets(Config config, Path folder, RandomGenerator random, SetupReport report) {
        this.config = config;
        this.folder = folder;
        this.random = random;
        this.report = report;
    }

    /** @throws InvalidConfig if a file is gone, is no secret, or not the one that the database knows */
    void make(Administration administration) throws IOException, InvalidConfig {
        try (SecretAdoption database = administration.secrets()) {
            Set<SecretPurpose> known = database.known();
            make(SecretPurpose.PEPPER, "issuing.pepperFile", config.issuing().pepperFile(), known);
            make(SecretPurpose.AUDIT, "audit.keyFile", config.audit().keyFile(), known);
            check(database);
        }
    }

    private void make(SecretPurpose purpose, String key, String configured, Set<SecretPurpose> known)
            throws IOException, InvalidConfig {
        String what = purpose.title();
        Path file = folder.resolve(configured);
        if (configured.isEmpty()) {
            report.kept(what, key + " is not set; there is no " + purpose.part());
        } else if (Files.exists(file)) {
            report.kept(what, "is in " + file);
        } else if (known.contains(purpose)) {
            throw new InvalidConfig(key + ": there is no file " + file + ", and the database knows one"
                    + ": bring the file back. No other is made, for what the database holds goes with that one");
        } else {
            SecretFile.writeRandom(file, random);
            report.made(what, "made, in " + file);
        }
    }

    private void check(SecretAdoption database) throws InvalidConfig {
        List<SecretFingerprint> own;
        try {
            own = config.secrets(folder);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidConfig(String.valueOf(wrong.getMessage()));
        }
        database.compare(own).forEach((purpose, known) -> {
            if (known == Known.ANOTHER) {
                throw new InvalidConfig("the " + purpose.title() + " is not the one that the database knows: bring "
                        + "that one back, or see passgate secrets adopt");
            }
        });
    }
}

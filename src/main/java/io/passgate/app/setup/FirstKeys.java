package io.passgate.app.setup;

import io.passgate.app.Administration;
import io.passgate.app.config.InvalidConfig;
import io.passgate.app.config.IssuingConfig;
import io.passgate.app.keys.KeyCeremony;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.signing.KeyPurpose;
import io.passgate.crypto.signing.KeyStoreFile;
import io.passgate.crypto.signing.SigningKey;
import io.passgate.crypto.signing.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keystore with its password, and in it a first key for the wallet and for each provider. */
final class FirstKeys {
    private static final Duration VALID_FOR = Duration.ofDays(90);

    private final SecureRandom random;
    private final InstantSource clock;
    private final SetupReport report;

    FirstKeys(SecureRandom random, InstantSource clock, SetupReport report) {
        this.random = random;
        this.clock = clock;
        this.report = report;
    }

    /** @throws InvalidConfig if there is a keystore without its password */
    void make(IssuingConfig.Place place, List<String> providers, Administration administration)
            throws IOException, InvalidConfig {
        if (Files.exists(place.passwordFile())) {
            report.kept("keystore's password", "is in " + place.passwordFile());
        } else if (Files.exists(place.keystore())) {
            throw new InvalidConfig("issuing.keystorePasswordFile: there is no file " + place.passwordFile()
                    + ", though there is a keystore: bring it back, or take " + place.keystore()
                    + " away to have new keys made");
        } else {
            SecretFile.writeRandom(place.passwordFile(), random);
            report.made("keystore's password", "made, in " + place.passwordFile());
        }
        Provider provider = CryptoProviders.preferred();
        KeyStoreFile store = place.open(provider);
        KeyCeremony ceremony = new KeyCeremony(store, administration.trustedSigners(), provider, random, clock);
        SigningKeys keys = Files.exists(store.path()) ? store.load() : SigningKeys.none();
        for (KeyPurpose purpose : purposes(providers)) {
            make(purpose, keys, store, ceremony);
        }
    }

    private static List<KeyPurpose> purposes(List<String> providers) {
        List<KeyPurpose> purposes = new ArrayList<>();
        purposes.add(new KeyPurpose.Certificates());
        providers.forEach(provider -> purposes.add(new KeyPurpose.Passes(provider)));
        return purposes;
    }

    private void make(KeyPurpose purpose, SigningKeys keys, KeyStoreFile store, KeyCeremony ceremony)
            throws IOException {
        String what = "key of " + purpose.code();
        if (!keys.of(purpose).isEmpty()) {
            SigningKey last = keys.of(purpose).getLast();
            report.kept(what, "is in " + store.path() + ", until " + last.notAfter());
            return;
        }
        KeyCeremony.KeyRequest request = new KeyCeremony.KeyRequest(purpose, VALID_FOR, Optional.empty());
        switch (ceremony.create(request)) {
            case KeyCeremony.Outcome.Made(var key) ->
                report.made(what, "made, in " + store.path() + ", until " + key.notAfter());
            case KeyCeremony.Outcome.Completed(var key) -> report.kept(what, "is there, until " + key.notAfter());
            case KeyCeremony.Outcome.Refused(var why) -> report.kept(what, why);
        }
    }
}

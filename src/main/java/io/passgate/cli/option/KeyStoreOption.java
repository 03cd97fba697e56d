package io.passgate.cli.option;

import io.passgate.app.Administration;
import io.passgate.app.config.IssuingConfig;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.signing.KeyStoreFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The keystore a command works on, by default that of a gateway's configuration, and the database it goes with. */
public final class KeyStoreOption {
    @Mixin
    private DatabaseOption database = new DatabaseOption();

    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            description = "The keystore, PKCS#12 (default: issuing.keystore of the configuration).")
    private @Nullable Path keystore;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "A file that holds its password (default: issuing.keystorePasswordFile of the configuration).")
    private @Nullable Path passwordFile;

    /** For picocli. */
    public KeyStoreOption() {}

    /**
     * {@return the database of the configuration}
     *
     * @throws IOException if the configuration or a file it names cannot be read
     * @throws UsageException if what it says is wrong
     */
    public Administration administration() throws IOException, UsageException {
        return database.open();
    }

    /**
     * {@return the keystore, whose file may not be there yet}
     *
     * @throws IOException if the configuration or a file it names cannot be read
     * @throws UsageException if nothing says where the keystore is, or it is a folder
     */
    public KeyStoreFile open() throws IOException, UsageException {
        IssuingConfig.Place place = place();
        UsageException.checkFile(place.keystore());
        UsageException.checkFile(place.passwordFile());
        return place.open(CryptoProviders.preferred());
    }

    private IssuingConfig.Place place() throws IOException, UsageException {
        if (keystore != null && passwordFile != null) {
            return new IssuingConfig.Place(keystore, passwordFile);
        }
        DatabaseOption.Read read = database.read();
        Optional<IssuingConfig.Place> configured = read.config().issuing().place(read.folder());
        if (configured.isEmpty()) {
            throw new UsageException(
                    "the configuration has no issuing.keystore: --keystore and --password-file name one");
        }
        return new IssuingConfig.Place(
                keystore == null ? configured.get().keystore() : keystore,
                passwordFile == null ? configured.get().passwordFile() : passwordFile);
    }
}

package io.passgate.app.config;

import io.passgate.crypto.signing.KeyStoreFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.Provider;
import java.util.Optional;

/** The part of a configuration that names the keys a gateway signs with. */
public final class IssuingConfig {
    private IssuingConfig() {}

    /**
     * Where the keys are.
     *
     * @param passwordFile a file that holds the keystore's password
     */
    public record Place(Path keystore, Path passwordFile) {

        /**
         * The keystore, which may not be there yet.
         *
         * @throws FileSystemException if the password cannot be read, or is empty
         */
        public KeyStoreFile open(Provider provider) throws IOException {
            String password = Files.readString(passwordFile).strip();
            if (password.isEmpty()) {
                throw new FileSystemException(passwordFile.toString(), null, "holds no password");
            }
            return new KeyStoreFile(keystore, password.toCharArray(), provider);
        }
    }

    /**
     * Where the keys are; empty where a gateway issues nothing.
     *
     * @param relativeTo the folder that relative paths of the configuration start from
     */
    public static Optional<Place> place(Config config, Path relativeTo) {
        Config.Issuing issuing = config.issuing;
        return issuing.keystore.isEmpty()
                ? Optional.empty()
                : Optional.of(new Place(
                        relativeTo.resolve(issuing.keystore), relativeTo.resolve(issuing.keystorePasswordFile)));
    }

    /** What is wrong with a file, by its name. */
    public static String text(IOException wrong) {
        String message = String.valueOf(wrong.getMessage());
        return wrong instanceof NoSuchFileException ? "there is no file " + message : message;
    }
}

package io.passgate.app.config;

import static io.passgate.app.config.Range.check;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.passgate.crypto.signing.KeyStoreFile;
import io.passgate.issuance.IssuanceLimits;
import io.passgate.issuance.ProviderTerms;
import io.passgate.issuance.wallet.WalletIssuer;
import io.passgate.registry.Pepper;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The issuing side; a gateway without a pepper has none.
 *
 * @param eventLoops at least 1: one per core where 0 was configured
 * @param threads at least 1: one per core where 0 was configured
 */
public record IssuingConfig(
        int port,
        int eventLoops,
        String pepperFile,
        String keystore,
        String keystorePasswordFile,
        int threads,
        int maxQueued,
        int maxBatch,
        Duration deadline,
        int connections,
        int maxProofs,
        String certificateIssuer,
        Duration certificateLifetime,
        List<Issuer> providers) {
    /** As in the certificates of our keys. */
    private static final String COUNTRY = "KR";

    /** @throws IllegalArgumentException that names the first key out of range */
    public IssuingConfig {
        check("port", port, 0, Range.MAX_PORT);
        eventLoops = Range.threads("eventLoops", eventLoops);
        threads = Range.threads("threads", threads);
        check("maxQueued", maxQueued, 1, 1_000_000);
        check("maxBatch", maxBatch, 1, 1_024);
        check("deadline", deadline, Range.MILLISECOND);
        check("connections", connections, 1, 1_000);
        check("maxProofs", maxProofs, 1, 100_000_000);
        check("certificateLifetime", certificateLifetime, Range.SECOND);
        var _ = walletIssuer(certificateIssuer, certificateLifetime);
        providers = List.copyOf(providers);
        var _ = terms(providers);
        if (keystore.isEmpty() && !keystorePasswordFile.isEmpty()) {
            throw new IllegalArgumentException("keystore: is not set, though there is a keystorePasswordFile");
        }
        if (!keystore.isEmpty() && keystorePasswordFile.isEmpty()) {
            throw new IllegalArgumentException("keystorePasswordFile: is not set, though there is a keystore");
        }
    }

    /** One provider. An error begins with its name. */
    public record Issuer(
            @JsonSetter(nulls = Nulls.AS_EMPTY) String name,
            @JsonSetter(nulls = Nulls.AS_EMPTY) String deviceProof,
            @JsonSetter(nulls = Nulls.AS_EMPTY) String htu) {
        private static final String REQUIRED = "required";
        private static final String OPTIONAL = "optional";

        /** @throws IllegalArgumentException that names what is wrong */
        public Issuer {
            if (!deviceProof.equals(REQUIRED) && !deviceProof.equals(OPTIONAL)) {
                throw new IllegalArgumentException(name + ": deviceProof is none of required, optional");
            }
            if (htu.isBlank()) {
                throw new IllegalArgumentException(name + ": has no htu");
            }
            var _ = terms(name, deviceProof, htu);
        }

        private static ProviderTerms terms(String name, String deviceProof, String htu) {
            try {
                return new ProviderTerms(name, deviceProof.equals(REQUIRED), htu);
            } catch (IllegalArgumentException wrong) {
                throw Range.at(name, wrong);
            }
        }
    }

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

    /** Whether a gateway of this configuration issues anything. */
    public boolean isOn() {
        return !pepperFile.isEmpty();
    }

    /**
     * Where the keys are; empty where a gateway issues nothing.
     *
     * @param relativeTo the folder that relative paths of the configuration start from
     */
    public Optional<Place> place(Path relativeTo) {
        return NamedFile.path(keystore, relativeTo)
                .map(file -> new Place(file, relativeTo.resolve(keystorePasswordFile)));
    }

    /**
     * The pepper, which stands in its file in Base64.
     *
     * @throws IllegalArgumentException that names the file, never what is in it
     */
    public Pepper pepper(Path relativeTo) {
        return NamedFile.key("issuing.pepperFile", relativeTo.resolve(pepperFile), Pepper::new);
    }

    /** The same; empty where nothing is issued. */
    public Optional<Pepper> pepperIfOn(Path relativeTo) {
        return isOn() ? Optional.of(pepper(relativeTo)) : Optional.empty();
    }

    IssuanceLimits limits() {
        return new IssuanceLimits(threads, maxQueued, maxBatch, deadline);
    }

    WalletIssuer walletIssuer() {
        return walletIssuer(certificateIssuer, certificateLifetime);
    }

    /** Who may issue, by name. */
    Map<String, ProviderTerms> terms() {
        return terms(providers);
    }

    private static WalletIssuer walletIssuer(String issuer, Duration lifetime) {
        try {
            return new WalletIssuer(COUNTRY, issuer, lifetime);
        } catch (IllegalArgumentException wrong) {
            throw Range.at("certificate…", wrong);
        }
    }

    private static Map<String, ProviderTerms> terms(List<Issuer> providers) {
        Map<String, ProviderTerms> terms = new HashMap<>();
        for (Issuer entry : providers) {
            if (terms.put(entry.name, Issuer.terms(entry.name, entry.deviceProof, entry.htu)) != null) {
                throw new IllegalArgumentException("providers: " + entry.name + ": stands twice");
            }
        }
        return terms;
    }

    /** What is wrong with a file, by its name. */
    public static String text(IOException wrong) {
        String message = String.valueOf(wrong.getMessage());
        return wrong instanceof NoSuchFileException ? "there is no file " + message : message;
    }
}

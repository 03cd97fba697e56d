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
 * @param port where registrars and providers ask, on the host of {@code http}; 0 lets the system choose
 * @param eventLoops at least 1: one per core where 0 was configured
 * @param pepperFile a file with 32 bytes or more in Base64; empty: nothing is issued
 * @param keystore the PKCS#12 file of the keys to sign with; empty: nothing can be signed
 * @param keystorePasswordFile a file that holds its password; empty just when {@code keystore} is
 * @param threads at least 1: one per core where 0 was configured
 * @param maxQueued applications that may wait
 * @param maxBatch applications that one thread looks up together
 * @param deadline how long an application may wait
 * @param targetDelay from how long a wait on further ones are held back
 * @param connections further ones to PostgreSQL, beside one for each thread
 * @param maxProofs ids of device proofs that the process remembers, 32 bytes each
 * @param certificateIssuer what wallet certificates name as their issuer
 * @param certificateLifetime of wallet certificates, which none exceeds
 * @param providers who may issue, each name once
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
        Duration targetDelay,
        int connections,
        int maxProofs,
        String certificateIssuer,
        Duration certificateLifetime,
        List<Issuer> providers) {
    /** As in the certificates of our keys. */
    private static final String COUNTRY = "KR";

    /**
     * Holds each key to its range.
     *
     * @throws IllegalArgumentException that names the first key out of range
     */
    public IssuingConfig {
        check("port", port, 0, Range.MAX_PORT);
        eventLoops = Range.threads("eventLoops", eventLoops);
        threads = Range.threads("threads", threads);
        check("maxQueued", maxQueued, 1, 1_000_000);
        check("maxBatch", maxBatch, 1, 1_024);
        check("deadline", deadline, Range.MILLISECOND);
        check("targetDelay", targetDelay, Range.MILLISECOND);
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

    /**
     * One provider. An error begins with its name.
     *
     * @param name that of its tokens, whose role is {@code provider}
     * @param deviceProof {@code required}: no pass without the proof of a registered device; {@code optional}: if one
     *     comes
     * @param htu what those proofs name as their target (RFC 9449 section 4.2)
     */
    public record Issuer(
            @JsonSetter(nulls = Nulls.AS_EMPTY) String name,
            @JsonSetter(nulls = Nulls.AS_EMPTY) String deviceProof,
            @JsonSetter(nulls = Nulls.AS_EMPTY) String htu) {
        private static final String REQUIRED = "required";
        private static final String OPTIONAL = "optional";

        /**
         * Holds each key to its form.
         *
         * @throws IllegalArgumentException that names what is wrong
         */
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
     * @param keystore a PKCS#12 file, which may not be there yet
     * @param passwordFile a file that holds the keystore's password
     */
    public record Place(Path keystore, Path passwordFile) {

        /**
         * {@return the keystore, which may not be there yet}
         *
         * @param provider which reads and writes it
         * @throws FileSystemException if the password is empty
         * @throws IOException if the password cannot be read
         */
        public KeyStoreFile open(Provider provider) throws IOException {
            String password = Files.readString(passwordFile).strip();
            if (password.isEmpty()) {
                throw new FileSystemException(passwordFile.toString(), null, "holds no password");
            }
            return new KeyStoreFile(keystore, password.toCharArray(), provider);
        }
    }

    /** {@return whether a gateway of this configuration issues anything} */
    public boolean isOn() {
        return !pepperFile.isEmpty();
    }

    /**
     * {@return where the keys are; empty where no keystore is configured}
     *
     * @param relativeTo the folder that relative paths of the configuration start from
     */
    public Optional<Place> place(Path relativeTo) {
        return NamedFile.path(keystore, relativeTo)
                .map(file -> new Place(file, relativeTo.resolve(keystorePasswordFile)));
    }

    /**
     * {@return the pepper, which stands in its file in Base64}
     *
     * @param relativeTo the folder that relative paths of the configuration start from
     * @throws IllegalArgumentException that names the file, never what is in it
     */
    public Pepper pepper(Path relativeTo) {
        return NamedFile.key("issuing.pepperFile", relativeTo.resolve(pepperFile), Pepper::new);
    }

    /**
     * {@return the pepper; empty where nothing is issued}
     *
     * @param relativeTo the folder that relative paths of the configuration start from
     * @throws IllegalArgumentException that names the file, never what is in it
     */
    public Optional<Pepper> pepperIfOn(Path relativeTo) {
        return isOn() ? Optional.of(pepper(relativeTo)) : Optional.empty();
    }

    IssuanceLimits limits() {
        return new IssuanceLimits(threads, maxQueued, maxBatch, deadline, targetDelay);
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

    /**
     * {@return what is wrong with a file, by its name}
     *
     * @param wrong whose message is, or begins with, the file's name
     */
    public static String text(IOException wrong) {
        String message = String.valueOf(wrong.getMessage());
        return wrong instanceof NoSuchFileException ? "there is no file " + message : message;
    }
}

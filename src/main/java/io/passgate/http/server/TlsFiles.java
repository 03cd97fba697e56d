package io.passgate.http.server;

import io.passgate.http.server.UnusableTls.Part;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The PEM files of the public ports' TLS, of at most 4 MiB each. What they hold is read by the same code as the servers
 * read it by.
 *
 * @param certificate the server's certificate, and then those that lead to its authority
 * @param key the certificate's private key
 * @param clientCa whose certificates clients need, besides their token; none are asked for when empty
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientCa) {
    /** Thousands of certificates. */
    private static final int MAX_BYTES = 1 << 22;

    private static final byte[] SAMPLE = {'p', 'a', 's', 's'};

    /**
     * {@return what the files hold now}
     *
     * @throws UnusableTls if one cannot be read or used, or the key is not the certificate's
     */
    public ServerTls read() throws UnusableTls {
        Buffer chain = content(Part.CERTIFICATE, certificate);
        checkCertificates(Part.CERTIFICATE, certificate, chain);
        Buffer secret = content(Part.KEY, key);
        Optional<PrivateKeyEntry> pair = pair(secret, chain).filter(TlsFiles::isPair);
        if (pair.isEmpty()) {
            throw new UnusableTls(Part.KEY, key, "holds no private key of the certificate in PEM");
        }
        Optional<Buffer> authority = Optional.empty();
        if (clientCa.isPresent()) {
            authority = Optional.of(content(Part.CLIENT_CA, clientCa.get()));
            checkCertificates(Part.CLIENT_CA, clientCa.get(), authority.get());
        }
        return new ServerTls(chain, secret, authority, x509(pair.get().getCertificateChain()));
    }

    private static List<X509Certificate> x509(Certificate[] chain) {
        return Arrays.stream(chain)
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static Buffer content(Part part, Path file) throws UnusableTls {
        if (Files.isDirectory(file)) {
            throw new UnusableTls(part, file, "is a folder");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new UnusableTls(part, file, "is longer than " + MAX_BYTES + " bytes");
            }
            if (content.length == 0) {
                throw new UnusableTls(part, file, "is empty");
            }
            return Buffer.buffer(content);
        } catch (NoSuchFileException missing) {
            throw new UnusableTls(part, file, "is not there");
        } catch (IOException unreadable) {
            throw new UnusableTls(part, file, "cannot be read");
        }
    }

    private static void checkCertificates(Part part, Path file, Buffer content) throws UnusableTls {
        int found;
        try {
            found = KeyStoreHelper.loadCA(Stream.of(content)).size();
        } catch (Exception unreadable) {
            found = 0;
        }
        if (found == 0) {
            throw new UnusableTls(part, file, "holds no certificates in PEM");
        }
    }

    /** A key and its chain; empty where there is no key, or one of another kind than the certificate's. */
    private static Optional<PrivateKeyEntry> pair(Buffer secret, Buffer chain) {
        try {
            KeyStore store = KeyStoreHelper.loadKeyCert(List.of(secret), List.of(chain));
            String alias = store.aliases().nextElement();
            return store.getEntry(alias, new PasswordProtection(KeyStoreHelper.DUMMY_PASSWORD.toCharArray()))
                            instanceof PrivateKeyEntry pair
                    ? Optional.of(pair)
                    : Optional.empty();
        } catch (Exception unreadable) {
            return Optional.empty();
        }
    }

    /** Whether what one signs is verified by the other. */
    private static boolean isPair(PrivateKeyEntry pair) {
        try {
            PrivateKey key = pair.getPrivateKey();
            String algorithm = switch (key.getAlgorithm()) {
                case "EC" -> "SHA256withECDSA";
                case "RSA" -> "SHA256withRSA";
                default -> key.getAlgorithm();
            };
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(SAMPLE);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(pair.getCertificate().getPublicKey());
            verifying.update(SAMPLE);
            return verifying.verify(signature);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }
}

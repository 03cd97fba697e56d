package io.passgate.crypto.signing;

import io.passgate.crypto.SubjectName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A file of {@link SigningKeys}: PKCS#12 (RFC 7292), an entry a key, whose alias says what it signs and whose
 * certificate says for whom. Only its owner may read it.
 *
 * <p>What is wrong with it is told by a {@link FileSystemException} that names the file, and no secret.
 */
public final class KeyStoreFile {
    /** A thousand keys with their certificates. */
    private static final int MAX_BYTES = 1 << 20;

    private static final String TYPE = "PKCS12";
    private static final String PASSES = "passes-";
    private static final String CERTIFICATES = "certificates-";

    private final Path file;
    private final char[] password;
    private final Provider provider;

    /**
     * A file that may not be there yet.
     *
     * @param file read and written only when that is asked for
     * @param password copied
     * @param provider signs with the keys
     * @throws IllegalArgumentException if the password is empty
     */
    public KeyStoreFile(Path file, char[] password, Provider provider) {
        if (password.length == 0) {
            throw new IllegalArgumentException("the keystore's password is empty");
        }
        this.file = file;
        this.password = password.clone();
        this.provider = provider;
    }

    /** {@return where it is} */
    public Path path() {
        return file;
    }

    /**
     * {@return the keys it holds}
     *
     * @throws IOException if it cannot be read, or is not what {@link #parse} takes
     */
    public SigningKeys load() throws IOException {
        return parse(content());
    }

    /**
     * {@return the bytes it holds, encrypted as they are}
     *
     * @throws IOException if it cannot be read, or is larger than 1 MiB
     */
    public byte[] content() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw wrong("is larger than " + MAX_BYTES + " bytes");
            }
            return content;
        }
    }

    /**
     * {@return the keys in bytes that it held}
     *
     * @param content what {@link #content} gave
     * @throws IOException if it is no PKCS#12 file, the password is wrong, or an entry is no signing key
     */
    public SigningKeys parse(byte[] content) throws IOException {
        KeyStore store = open(content);
        try {
            List<SigningKey> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                keys.add(key(store, alias));
            }
            return SigningKeys.of(keys);
        } catch (GeneralSecurityException unreadable) {
            throw wrong("holds a key that cannot be read with this password");
        }
    }

    private KeyStore open(byte[] content) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(new ByteArrayInputStream(content), password);
            return store;
        } catch (IOException unreadable) {
            throw wrong(
                    unreadable.getCause() instanceof UnrecoverableKeyException
                            ? "the password is wrong, or the file is damaged"
                            : "is damaged, or no PKCS#12 file");
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            throw wrong("is damaged, or no PKCS#12 file");
        }
    }

    private SigningKey key(KeyStore store, String alias) throws GeneralSecurityException, IOException {
        Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
        Certificate certificate = store.getCertificate(alias);
        if (!(key instanceof PrivateKey mine) || certificate == null) {
            throw wrong("the entry " + alias + " is no key with its certificate");
        }
        try {
            byte[] der = certificate.getEncoded();
            return SigningKey.of(provider, purpose(alias, der), mine, der);
        } catch (IllegalArgumentException not) {
            throw wrong("the entry " + alias + " is no signing key: " + not.getMessage());
        }
    }

    private static KeyPurpose purpose(String alias, byte[] certificate) throws IOException {
        if (alias.startsWith(PASSES)) {
            SubjectName subject = new SubjectName(new X509CertificateHolder(certificate).getSubject());
            return new KeyPurpose.Passes(subject.commonName().orElse(""));
        }
        if (alias.startsWith(CERTIFICATES)) {
            return new KeyPurpose.Certificates();
        }
        throw new IllegalArgumentException("its alias does not say what it signs");
    }

    private static String alias(SigningKey key) {
        return switch (key.purpose()) {
            case KeyPurpose.Passes(var provider) -> PASSES + key.kid();
            case KeyPurpose.Certificates() -> CERTIFICATES + key.kid();
        };
    }

    /**
     * Replaces what it holds, at once or not at all, and for its owner only.
     *
     * @param keys all that it is to hold
     * @throws IOException if it cannot be written
     */
    public void save(SigningKeys keys) throws IOException {
        byte[] content = encoded(keys);
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        OwnerOnlyFile.replace(target, content);
    }

    private byte[] encoded(SigningKeys keys) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(null, password);
            CertificateFactory certificates = CertificateFactory.getInstance("X.509");
            for (SigningKey key : keys.all()) {
                Certificate[] chain = {certificates.generateCertificate(new ByteArrayInputStream(key.certificate()))};
                store.setKeyEntry(alias(key), key.signer().key(), password, chain);
            }
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            store.store(content, password);
            return content.toByteArray();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("the keystore cannot be written", failed);
        }
    }

    /**
     * Keeps others from changing it, until what is returned is closed. Two changes at once would lose a key.
     *
     * @return the lock, on a file beside it that stays
     * @throws FileSystemException if another is changing it
     * @throws IOException if the file beside it cannot be written
     */
    public Closeable lock() throws IOException {
        Path beside = file.toAbsolutePath().resolveSibling(file.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(
                beside, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OwnerOnlyFile.file());
        if (isLocked(channel)) {
            return channel;
        }
        channel.close();
        throw wrong("is being changed by another command");
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException takenByUs) {
            return false;
        }
    }

    private FileSystemException wrong(String why) {
        return new FileSystemException(file.toString(), null, why);
    }

    @Override
    public String toString() {
        return "KeyStoreFile[" + file + "]";
    }
}

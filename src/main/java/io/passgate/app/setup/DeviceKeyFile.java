package io.passgate.app.setup;

import io.passgate.dpop.ProofMaker;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * The key of a device that is played, such as to try issuing: PEM (RFC 7468) of its private key (PKCS#8) and of its
 * public one.
 */
public final class DeviceKeyFile {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private DeviceKeyFile() {}

    /**
     * {@return the device whose key is in the file} A new one's is written where there is no such file.
     *
     * @param file PEM: a private key and its public key
     * @throws IOException if it cannot be read or written, or holds no key of P-256
     */
    public static ProofMaker open(Path file) throws IOException {
        if (!Files.exists(file)) {
            KeyPair fresh = ProofMaker.newKeys();
            SecretFile.write(file, pem(fresh).strip());
        }
        String text = Files.readString(file);
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            return ProofMaker.of(new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(block(PUBLIC, text))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(block(PRIVATE, text)))));
        } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
            throw wrong(file);
        }
    }

    /** The first block of this label. */
    private static byte[] block(String label, String text) throws IOException {
        PemReader reader = new PemReader(new StringReader(text));
        for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
            if (block.getType().equals(label)) {
                return block.getContent();
            }
        }
        throw new IOException("no " + label);
    }

    private static IOException wrong(Path file) {
        return new FileSystemException(file.toString(), null, "does not hold a key of P-256, private and public");
    }

    private static String pem(KeyPair keys) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(PRIVATE, keys.getPrivate().getEncoded()));
            writer.writeObject(new PemObject(PUBLIC, keys.getPublic().getEncoded()));
        }
        return text.toString();
    }
}

package io.passgate.app.setup;

import io.passgate.dpop.ProofMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.EncodedKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a device that is played, such as to try issuing: PEM (RFC 7468) of its private key (PKCS#8) and of its
 * public one.
 */
public final class DeviceKeyFile {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int LINE = 64;

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
            SecretFile.write(
                    file,
                    pem(PRIVATE, fresh.getPrivate().getEncoded())
                            + pem(PUBLIC, fresh.getPublic().getEncoded()).strip());
        }
        String text = Files.readString(file);
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            return ProofMaker.of(new KeyPair(
                    keys.generatePublic(spec(PUBLIC, text, file)), keys.generatePrivate(spec(PRIVATE, text, file))));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw wrong(file);
        }
    }

    private static EncodedKeySpec spec(String label, String text, Path file) throws IOException {
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----")
                .matcher(text);
        if (!block.find()) {
            throw wrong(file);
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(1));
        return label.equals(PUBLIC) ? new X509EncodedKeySpec(der) : new PKCS8EncodedKeySpec(der);
    }

    private static IOException wrong(Path file) {
        return new FileSystemException(file.toString(), null, "does not hold a key of P-256, private and public");
    }

    private static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }
}

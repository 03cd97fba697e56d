package io.passgate.bench.load;

import io.passgate.bench.Corpus;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;

/** What the servers and the generator have to agree on. */
public record LoadSettings(int port, int managementPort, int plainPort, String token) {
    private static final String FILE = "load.properties";

    /** Writes the gateway's configuration and keeps what the generator needs of it. */
    public static void make(Path folder, Path policies) throws IOException, GeneralSecurityException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        int port = freePort();
        int managementPort = freePort();
        int plainPort = freePort();
        Files.writeString(folder.resolve("passgate.yaml"), """
                http: { host: 127.0.0.1, port: %d }
                management: { host: 127.0.0.1, port: %d }
                trust: { sources: [%s] }
                policies: %s
                limits: { verifier: { perSecond: 10000000, burst: 10000000 } }
                tokens:
                  - { name: bench, role: verifier, sha256: %s, expires: 2099-01-01T00:00:00Z }
                """.formatted(
                        port,
                        managementPort,
                        Corpus.SIGNERS_FILE,
                        policies,
                        HexFormat.of().formatHex(digest)));
        Properties kept = new Properties();
        kept.setProperty("port", Integer.toString(port));
        kept.setProperty("managementPort", Integer.toString(managementPort));
        kept.setProperty("plainPort", Integer.toString(plainPort));
        kept.setProperty("token", token);
        try (var out = Files.newBufferedWriter(folder.resolve(FILE))) {
            kept.store(out, "for one run");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public static LoadSettings read(Path folder) throws IOException {
        Properties kept = new Properties();
        try (var in = Files.newBufferedReader(folder.resolve(FILE))) {
            kept.load(in);
        }
        return new LoadSettings(
                Integer.parseInt(kept.getProperty("port")),
                Integer.parseInt(kept.getProperty("managementPort")),
                Integer.parseInt(kept.getProperty("plainPort")),
                kept.getProperty("token"));
    }
}

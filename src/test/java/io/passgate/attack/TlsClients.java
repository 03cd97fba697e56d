package io.passgate.attack;

import io.passgate.testing.TestCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Clients that trust one server, which has a key and a self-signed certificate. */
final class TlsClients {
    private static final int PATIENCE_MS = 20_000;

    private final SSLContext context;

    private TlsClients(SSLContext context) {
        this.context = context;
    }

    /** Makes a server's key and certificate, and puts them into {@code tls.key} and {@code tls.pem} of a folder. */
    static TlsClients ofServerIn(Path folder) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        byte[] certificate = TestCertificate.named("XX").authority(keys);
        write(folder.resolve("tls.pem"), "CERTIFICATE", certificate);
        write(folder.resolve("tls.key"), "PRIVATE KEY", keys.getPrivate().getEncoded());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "server",
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return new TlsClients(context);
    }

    private static void write(Path file, String type, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        var _ = Files.writeString(file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }

    /**
     * A connection whose handshake is done.
     *
     * @param version such as TLSv1.3
     * @param application such as http/1.1 or h2
     * @param received the most bytes that wait to be read
     */
    SSLSocket connect(String source, int port, String version, String application, int received) throws IOException {
        Socket plain = new Socket();
        try {
            plain.setReceiveBufferSize(received);
            plain.bind(new InetSocketAddress(source, 0));
            plain.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MS);
            plain.setSoTimeout(PATIENCE_MS);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {version});
            parameters.setApplicationProtocols(new String[] {application});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    Wire wire(String source, int port) throws IOException {
        return new Wire(connect(source, port, "TLSv1.3", "http/1.1", 1 << 16));
    }
}

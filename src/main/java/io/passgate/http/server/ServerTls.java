package io.passgate.http.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * TLS of the public ports, as its files held it at one moment. It is whole, and the key is that of the certificate.
 * Immutable.
 */
public final class ServerTls {
    private final Buffer certificate;
    private final Buffer key;
    private final Optional<Buffer> clientCa;
    private final List<X509Certificate> chain;

    /** @param chain what {@code certificate} holds */
    ServerTls(Buffer certificate, Buffer key, Optional<Buffer> clientCa, List<X509Certificate> chain) {
        this.certificate = certificate;
        this.key = key;
        this.clientCa = clientCa;
        this.chain = List.copyOf(chain);
    }

    /**
     * Sets a server up that has not been started.
     *
     * @param options the server's, which are changed
     */
    public void applyTo(HttpServerOptions options) {
        options.setSsl(true).setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        applyTo(options.getSslOptions());
    }

    /**
     * Puts certificate, key and authority in the place of those that stand there.
     *
     * @param options which are changed; where this has no authority, the one that stands there stays
     */
    public void applyTo(ServerSSLOptions options) {
        options.setKeyCertOptions(
                new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key));
        clientCa.ifPresent(authority -> options.setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertValue(authority)));
    }

    /**
     * {@return whether its files held the same}
     *
     * @param other what was read at another time
     */
    public boolean isSameAs(ServerTls other) {
        return certificate.equals(other.certificate) && key.equals(other.key) && clientCa.equals(other.clientCa);
    }

    /** {@return the last instant at which all of its chain is valid} */
    public Instant notAfter() {
        return chain.stream()
                .map(part -> part.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /**
     * {@return whether all of its chain is valid then}
     *
     * @param now the instant in question
     */
    public boolean isValidAt(Instant now) {
        return !now.isAfter(notAfter())
                && chain.stream()
                        .noneMatch(part -> now.isBefore(part.getNotBefore().toInstant()));
    }
}

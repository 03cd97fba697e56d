package io.passgate.http.server;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * TLS of the public interface, from PEM files.
 *
 * @param clientCa whose certificates clients need, besides their token; none are asked for when empty
 */
public record ServerTls(Path certificate, Path key, Optional<Path> clientCa) {

    public void applyTo(HttpServerOptions options) {
        options.setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(certificate.toString())
                        .setKeyPath(key.toString()));
        clientCa.ifPresent(authority -> options.setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString())));
    }
}

package io.passgate.app;

import io.passgate.http.server.ServerTls;
import java.nio.file.Path;
import java.util.Optional;

/** What the verifying side is set up by, from its part of a configuration. */
final class Settings {
    private Settings() {}

    static int perCore(int configured) {
        return configured == Config.PER_CORE ? Runtime.getRuntime().availableProcessors() : configured;
    }

    static Optional<ServerTls> tls(Config.Tls tls, Path relativeTo) {
        return tls.certificate.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServerTls(
                        relativeTo.resolve(tls.certificate),
                        relativeTo.resolve(tls.key),
                        tls.clientCa.isEmpty() ? Optional.empty() : Optional.of(relativeTo.resolve(tls.clientCa))));
    }
}

package io.passgate.app.config;

import io.passgate.http.server.ServerTls;
import java.nio.file.Path;
import java.util.Optional;

/** What the verifying side is set up by, from its part of a configuration. */
public final class Settings {
    private Settings() {}

    public static int perCore(int configured) {
        return configured == Config.PER_CORE ? Runtime.getRuntime().availableProcessors() : configured;
    }

    public static Optional<ServerTls> tls(Config.Tls tls, Path relativeTo) {
        return tls.certificate.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServerTls(
                        relativeTo.resolve(tls.certificate),
                        relativeTo.resolve(tls.key),
                        tls.clientCa.isEmpty() ? Optional.empty() : Optional.of(relativeTo.resolve(tls.clientCa))));
    }
}

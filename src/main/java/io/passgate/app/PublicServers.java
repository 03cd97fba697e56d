package io.passgate.app;

import io.passgate.app.config.Config;
import io.passgate.http.Api;
import io.passgate.http.ApiServer;
import io.passgate.http.connection.PublicPort;
import io.passgate.http.server.Drain;
import io.passgate.http.server.Endpoint;
import io.passgate.http.server.ServerTls;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The servers of a gateway's public ports, one an event loop. Those of one port share what it is bound by. */
final class PublicServers {
    /** Asks Vert.x for one port that the system chooses for all event loops; 0 would give each its own. */
    private static final int SHARED_RANDOM_PORT = -1;

    private final Config config;
    private final PublicPort publicPort;
    private final Drain drain;
    private final Optional<ServerTls> tls;
    private final Map<Api.Part, List<ApiServer>> byPart = new EnumMap<>(Api.Part.class);

    /** @param tls what they start with */
    PublicServers(Config config, PublicPort publicPort, Drain drain, Optional<ServerTls> tls) {
        this.config = config;
        this.publicPort = publicPort;
        this.drain = drain;
        this.tls = tls;
        for (Api.Part part : Api.Part.values()) {
            var _ = byPart.put(part, new CopyOnWriteArrayList<>());
        }
    }

    /** One more server of a part, not started yet. */
    ApiServer next(Api api, Api.Part part, Runnable onEventLoop) {
        int port = switch (part) {
            case VERIFYING -> config.http().port();
            case ISSUING -> config.issuing().port();
        };
        Endpoint endpoint = new Endpoint(
                config.http().host(),
                port == 0 ? SHARED_RANDOM_PORT : port,
                tls,
                config.http().idle(),
                config.http().sendBufferBytes(),
                config.shutdownPatience().minus(config.http().drain()));
        ApiServer server = new ApiServer(api, Set.of(part), endpoint, publicPort, drain, onEventLoop);
        of(part).add(server);
        return server;
    }

    private List<ApiServer> of(Api.Part part) {
        return byPart.getOrDefault(part, List.of());
    }

    /** Where a part listens, also when the system chose the port. */
    int port(Api.Part part) {
        return of(part).getFirst().port();
    }

    /** Has new connections of every part be by another certificate. Any thread. */
    Future<?> take(ServerTls next) {
        return Future.join(byPart.values().stream()
                .filter(servers -> !servers.isEmpty())
                .<Future<?>>map(servers -> servers.getFirst().take(next))
                .toList());
    }

    /** What listening came to, or why there is none; the key of the port is named. */
    static <T> Future<T> named(Future<T> started, String key, int port) {
        return started.recover(failed -> Future.failedFuture(cannotListen(key, port, failed)));
    }

    static IllegalStateException cannotListen(String key, int port, Throwable failed) {
        return new IllegalStateException(
                "cannot listen on the %s port %d: %s (%s.port)".formatted(key, port, failed.getMessage(), key), failed);
    }
}

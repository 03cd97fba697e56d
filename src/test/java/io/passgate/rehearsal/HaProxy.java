package io.passgate.rehearsal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Debian's HAProxy: one port before the gateways that are ready, one before those that issue, and one before the
 * PostgreSQL that Patroni says is the primary.
 */
public final class HaProxy implements AutoCloseable {
    private static final Duration STARTUP = Duration.ofSeconds(20);
    private static final int PATIENCE_MS = 1_000;

    /** Where people's requests come in. */
    public final int port;

    /** Where providers' requests come in. */
    public final int issuingPort;

    /** Where the gateways find the primary. */
    public final int databasePort;

    private final Path folder;
    private final ServerProcess process;

    /** A gateway's public port, and the one where it says whether it is ready. */
    public record Backend(int port, int managementPort) {}

    /** One that has not been started. */
    public HaProxy(Path folder) throws IOException {
        this.folder = folder;
        port = ServerProcess.freePort();
        issuingPort = ServerProcess.freePort();
        databasePort = ServerProcess.freePort();
        process = new ServerProcess("haproxy", folder, Map.of(), List.of("haproxy", "-db", "-f", config().toString()));
    }

    private Path config() {
        return folder.toAbsolutePath().resolve("haproxy.cfg");
    }

    /** Starts it before gateways none of which issues, and returns when it takes connections. */
    public void start(List<Backend> gateways, List<PatroniNode> databases) throws IOException, InterruptedException {
        start(gateways, List.of(), databases);
    }

    /**
     * Starts it, and returns when it takes connections.
     *
     * @param gateways by their public ports
     * @param issuing by their issuing ports
     */
    public void start(List<Backend> gateways, List<Backend> issuing, List<PatroniNode> databases)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var _ = Files.writeString(config(), """
                global
                  maxconn 4096
                defaults all
                  timeout connect 1s
                  timeout client 60s
                  timeout server 60s
                  default-server check inter 500ms fall 2 rise 1

                # A request whose connection is refused goes to another gateway; one that was sent is never sent twice.
                defaults gateways from all
                  mode http
                  option forwardfor
                  option httpchk GET /health/ready
                  http-check expect status 200
                  balance leastconn
                  retries 2
                  retry-on conn-failure
                  option redispatch 1

                listen gateways from gateways
                  bind 127.0.0.1:%d
                %s

                listen issuing from gateways
                  bind 127.0.0.1:%d
                %s

                # Who was connected to a primary that is none any more is cut off, and comes back to the one that is.
                listen postgresql from all
                  bind 127.0.0.1:%d
                  mode tcp
                  timeout client 1h
                  timeout server 1h
                  option httpchk GET /primary
                  http-check expect status 200
                  default-server on-marked-down shutdown-sessions
                %s
                """.formatted(
                        port,
                        servers("gateway", gateways),
                        issuingPort,
                        servers("issuing", issuing),
                        databasePort,
                        servers(
                                "postgresql",
                                databases.stream()
                                        .map(node -> new Backend(node.port, node.restPort))
                                        .toList())));
        process.start();
        process.awaitReady(STARTUP, this::accepts);
    }

    private static String servers(String name, List<Backend> backends) {
        return IntStream.range(0, backends.size())
                .mapToObj(i -> "  server %s-%d 127.0.0.1:%d port %d"
                        .formatted(
                                name, i, backends.get(i).port(), backends.get(i).managementPort()))
                .collect(Collectors.joining("\n"));
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.close();
    }
}

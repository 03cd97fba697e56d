package io.passgate.rehearsal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Debian's etcd, one member of it, where Patroni's nodes agree on who is primary. */
public final class Etcd implements AutoCloseable {
    private static final Duration STARTUP = Duration.ofSeconds(30);

    public final int port;
    private final ServerProcess process;

    public Etcd(Path folder) throws IOException {
        port = ServerProcess.freePort();
        String clients = "http://127.0.0.1:" + port;
        String peers = "http://127.0.0.1:" + ServerProcess.freePort();
        process = new ServerProcess(
                "etcd",
                folder,
                Map.of(),
                List.of(
                        "etcd",
                        "--data-dir=" + folder.resolve("data"),
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=default=" + peers));
    }

    /** Starts it, and returns when it answers. */
    public void start() throws IOException, InterruptedException {
        process.start();
        URI health = URI.create("http://127.0.0.1:" + port + "/health");
        process.awaitReady(STARTUP, () -> Status.of(health) == 200);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.close();
    }
}

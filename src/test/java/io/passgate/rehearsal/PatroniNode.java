package io.passgate.rehearsal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** PostgreSQL 15 under Patroni, both Debian's. */
public final class PatroniNode implements AutoCloseable {
    public static final String USER = "postgres";
    public static final String PASSWORD = "for-a-rehearsal";

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
    private static final Duration STOPPING = Duration.ofSeconds(10);

    public final int port;

    /** Where Patroni says what the node is. */
    public final int restPort;

    private final Path data;
    private final ServerProcess process;

    /** One that has not been started, of the cluster that has this etcd. */
    public PatroniNode(String name, Path folder, Etcd etcd) throws IOException {
        port = ServerProcess.freePort();
        restPort = ServerProcess.freePort();
        data = folder.toAbsolutePath().resolve("data");
        Files.createDirectories(folder);
        Path config = Files.writeString(folder.resolve("patroni.yaml"), """
                scope: passgate
                name: %1$s
                restapi: {listen: "127.0.0.1:%2$d", connect_address: "127.0.0.1:%2$d"}
                etcd3: {host: "127.0.0.1:%3$d"}
                bootstrap:
                  dcs:
                    ttl: 20
                    loop_wait: 2
                    retry_timeout: 5
                    synchronous_mode: true
                    postgresql: {use_pg_rewind: true}
                  initdb: [{encoding: UTF8}, {locale: C}, data-checksums]
                  pg_hba:
                    - host replication all 127.0.0.1/32 scram-sha-256
                    - host all all 127.0.0.1/32 scram-sha-256
                postgresql:
                  listen: "127.0.0.1:%4$d"
                  connect_address: "127.0.0.1:%4$d"
                  bin_dir: %5$s
                  data_dir: "%6$s"
                  pgpass: "%7$s"
                  authentication:
                    superuser: {username: %8$s, password: %9$s}
                    replication: {username: replicator, password: %9$s}
                    rewind: {username: rewinder, password: %9$s}
                  parameters: {unix_socket_directories: "", password_encryption: scram-sha-256}
                """.formatted(
                        name,
                        restPort,
                        etcd.port,
                        port,
                        PROGRAMS,
                        data,
                        folder.toAbsolutePath().resolve("pgpass"),
                        USER,
                        PASSWORD));
        process = new ServerProcess(
                name,
                folder,
                Map.of(),
                ServerProcess.asNobodySpecial(
                        List.of("patroni", config.toAbsolutePath().toString())),
                () -> postmaster().stream());
    }

    public void start() throws IOException {
        process.start();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether Patroni says that it is the primary, as HAProxy asks it. */
    public boolean isPrimary() {
        return is("primary");
    }

    /** Whether it is the standby that a commit waits for. */
    public boolean isSynchronous() {
        return is("sync");
    }

    private boolean is(String what) {
        return Status.of(URI.create("http://127.0.0.1:" + restPort + "/" + what)) == 200;
    }

    /** Ends Patroni and every process of PostgreSQL at once (SIGKILL), as the end of their machine would. */
    public void kill() throws IOException, InterruptedException {
        process.kill();
    }

    /** It is no child of Patroni's, so that it goes on without that. */
    private Optional<ProcessHandle> postmaster() throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst()
                    .flatMap(first -> ProcessHandle.of(Long.parseLong(first.strip())))
                    .filter(PatroniNode::isPostgres);
        }
    }

    /** The file may be of a server that is gone, and its number another process's. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .filter(PROGRAMS.resolve("postgres").toString()::equals)
                .isPresent();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.stop(STOPPING);
        process.close();
    }
}

package io.passgate.testing.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.InvalidConfig;
import io.passgate.demo.EmbeddedPostgresql;
import io.passgate.demo.EmbeddedRedis;
import io.passgate.testing.compose.ComposeService.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Plays {@code docker compose} where there is no engine: what a file's services of our image run are processes here,
 * and its PostgreSQL and Redis are real ones with what the file says of them. Prometheus and Grafana are not started.
 * For one thread at a time.
 */
final class ComposeEngine implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final String LOGIN = "host all %s 127.0.0.1/32 scram-sha-256%n";

    private final ComposeFile file;
    private final ImageFile image;
    private final Path layout;
    private final Path work;
    private final TestPorts ports;
    private final Map<String, ServicePlaces> places = new LinkedHashMap<>();
    private final List<Process> running = new ArrayList<>();
    private Optional<EmbeddedPostgresql> postgresql = Optional.empty();
    private Optional<EmbeddedRedis> redis = Optional.empty();

    /** What a command came to. */
    record Answer(int exitCode, String out, String err) {}

    /** @param layout what the image has at {@code /opt/passgate} */
    ComposeEngine(ComposeFile file, ImageFile image, Path layout, Path work, TestPorts ports) {
        this.file = file;
        this.image = image;
        this.layout = layout;
        this.work = work;
        this.ports = ports;
    }

    /** Starts every service when what it waits for is as it wants it. */
    void up() throws IOException, InterruptedException, InvalidConfig, SQLException {
        assertThat(ComposeFaults.of(file)).isEmpty();
        for (Path secret : file.secrets().values()) {
            assertThat(Files.getPosixFilePermissions(secret))
                    .as("%s is mounted as it is, and read by a user of the container", secret)
                    .contains(PosixFilePermission.OTHERS_READ);
            assertThat(Files.getPosixFilePermissions(secret.getParent()))
                    .as("nobody else of this machine gets to it")
                    .doesNotContain(PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.GROUP_EXECUTE);
        }
        List<String> started = new ArrayList<>();
        while (started.size() < file.services().size()) {
            ComposeService next = file.services().values().stream()
                    .filter(service -> !started.contains(service.name()))
                    .filter(service -> started.containsAll(service.dependsOn().keySet()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("services wait for each other"));
            start(next);
            started.add(next.name());
        }
    }

    private void start(ComposeService service) throws IOException, InterruptedException, InvalidConfig, SQLException {
        switch (service.name()) {
            case "postgresql" -> startPostgresql(service);
            case "redis" -> startRedis(service);
            default -> {
                if (service.isOurs()) {
                    places.put(service.name(), new ServicePlaces(file, service, layout, work, ports));
                    startOurs(service);
                }
            }
        }
    }

    /** The user, the database and the password of the file, as its image makes them in an empty folder. */
    private void startPostgresql(ComposeService service) throws IOException, SQLException {
        Path data = volume(service, "/var/lib/postgresql/data");
        EmbeddedPostgresql server = new EmbeddedPostgresql(data, ports.of("postgresql", 5432));
        server.start();
        postgresql = Optional.of(server);
        String user = service.environment().getOrDefault("POSTGRES_USER", "");
        String database = service.environment().getOrDefault("POSTGRES_DB", "");
        String secret =
                service.environment().getOrDefault("POSTGRES_PASSWORD_FILE", "").replace("/run/secrets/", "");
        assertThat(service.secrets()).contains(secret);
        String password = Files.readString(file.secrets().get(secret)).strip();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + server.uri("postgres"), EmbeddedPostgresql.USER, "");
                Statement sql = connection.createStatement()) {
            var _ = sql.execute("CREATE ROLE " + user + " SUPERUSER LOGIN PASSWORD '" + password + "'");
            var _ = sql.execute("CREATE DATABASE " + database + " OWNER " + user);
            Path logins = data.resolve("pg_hba.conf");
            var _ = Files.writeString(logins, LOGIN.formatted(user) + Files.readString(logins));
            var _ = sql.execute("SELECT pg_reload_conf()");
        }
    }

    private void startRedis(ComposeService service) throws IOException {
        List<String> command = service.command();
        assertThat(command).first().isEqualTo("redis-server");
        EmbeddedRedis server = new EmbeddedRedis(
                volume(service, "/data"),
                ports.of("redis", 6379),
                command.subList(1, command.size()).toArray(String[]::new));
        server.start();
        redis = Optional.of(server);
    }

    private Path volume(ComposeService service, String target) {
        Mount mount = service.mounts().stream()
                .filter(each -> each.target().equals(target))
                .findFirst()
                .orElseThrow(() -> new AssertionError(service.name() + " has no volume at " + target));
        return work.resolve("volumes").resolve(mount.volume().orElseThrow());
    }

    private void startOurs(ComposeService service) throws IOException, InterruptedException {
        List<String> entrypoint = service.entrypoint().isEmpty() ? image.entrypoint() : service.entrypoint();
        List<String> command = service.command().isEmpty() ? image.command() : service.command();
        Path log = log(service.name());
        Process process = process(service, entrypoint, command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        running.add(process);
        boolean isAwaited = file.services().values().stream()
                .anyMatch(other -> "service_completed_successfully"
                        .equals(other.dependsOn().get(service.name())));
        if (isAwaited) {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        }
    }

    Path log(String service) throws IOException {
        return Files.createDirectories(work.resolve("logs")).resolve(service + ".log");
    }

    /** What was written to its output since it was started. */
    String logs(String service) throws IOException {
        return places(service).there(Files.readString(log(service)));
    }

    /** A further process of a service, to its end. */
    Answer run(String service, Optional<String> entrypoint, List<String> arguments)
            throws IOException, InterruptedException {
        ComposeService of = service(service);
        List<String> first = entrypoint.map(List::of).orElse(image.entrypoint());
        List<String> command = arguments.isEmpty() ? of.command() : arguments;
        Path out = Files.createTempFile(work, "out", "");
        Path err = Files.createTempFile(work, "err", "");
        Process process = process(of, first, command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        running.add(process);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("%s ends", command)
                .isTrue();
        ServicePlaces here = places(service);
        return new Answer(process.exitValue(), here.there(Files.readString(out)), here.there(Files.readString(err)));
    }

    /** Its environment is that of the image and the file, and nothing of this process but what finds a Java. */
    private ProcessBuilder process(ComposeService service, List<String> entrypoint, List<String> command) {
        ServicePlaces here = places(service.name());
        List<String> words = new ArrayList<>(entrypoint);
        words.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(words.stream().map(here::here).toList()).directory(work.toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("TMPDIR", here.at("/tmp").toString());
        environment.putAll(image.environment());
        service.environment().forEach((name, value) -> environment.put(name, here.here(value)));
        // A JVM in a container sees the memory that the file lets it have.
        service.memoryLimit()
                .ifPresent(most -> environment.merge(
                        "PASSGATE_JAVA_OPTS", "-XX:MaxRAM=" + most, (options, memory) -> options + " " + memory));
        return builder;
    }

    ServicePlaces places(String service) {
        ServicePlaces found = places.get(service);
        if (found == null) {
            throw new IllegalArgumentException(service + " has not been started");
        }
        return found;
    }

    private ComposeService service(String name) {
        ComposeService service = file.services().get(name);
        if (service == null) {
            throw new IllegalArgumentException("no such service: " + name);
        }
        return service;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        running.forEach(Process::destroyForcibly);
        for (Process process : running) {
            var _ = process.waitFor();
        }
        redis.ifPresent(EmbeddedRedis::close);
        if (postgresql.isPresent()) {
            postgresql.get().close();
        }
    }
}

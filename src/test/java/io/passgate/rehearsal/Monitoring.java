package io.passgate.rehearsal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Debian's Prometheus and Alertmanager by the rules that are shipped, which are shortened as the day is. What fires is
 * told to a webhook that is read here. One thread starts and ends it.
 */
public final class Monitoring implements AutoCloseable {
    private static final Path RULES = Path.of("docker/prometheus/alerts.yml");
    private static final Duration STARTUP = Duration.ofSeconds(30);
    private static final Duration SCRAPE_EVERY = Duration.ofSeconds(1);

    private final Path folder;
    private final FiredAlerts alerts = new FiredAlerts();
    private final int port = ServerProcess.freePort();
    private final int alertmanagerPort = ServerProcess.freePort();
    private final ServerProcess prometheus;
    private final ServerProcess alertmanager;

    /** One that has not been started. */
    public Monitoring(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath();
        prometheus = new ServerProcess(
                "prometheus",
                this.folder,
                Map.of(),
                List.of(
                        "prometheus",
                        "--config.file=" + file("prometheus.yml"),
                        "--storage.tsdb.path=" + file("series"),
                        "--web.listen-address=127.0.0.1:" + port));
        alertmanager = new ServerProcess(
                "alertmanager",
                this.folder,
                Map.of(),
                List.of(
                        "prometheus-alertmanager",
                        "--config.file=" + file("alertmanager.yml"),
                        "--storage.path=" + file("silences"),
                        "--cluster.listen-address=",
                        "--web.listen-address=127.0.0.1:" + alertmanagerPort));
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Starts both, and returns when they are ready.
     *
     * @param gateways whose management ports are scraped
     * @param shorter by which the rules' waits and ranges are divided
     */
    public void start(List<GatewayNode> gateways, double shorter) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var _ = Files.writeString(
                file("alerts.yml"), ShortenedRules.of(Files.readString(RULES), shorter, SCRAPE_EVERY.multipliedBy(2)));
        var _ = Files.writeString(file("prometheus.yml"), """
                global: {scrape_interval: %ds, scrape_timeout: %ds, evaluation_interval: %ds}
                rule_files: [alerts.yml]
                alerting:
                  alertmanagers: [{static_configs: [{targets: ["127.0.0.1:%d"]}]}]
                scrape_configs:
                  - job_name: passgate
                    static_configs: [{targets: [%s]}]
                """.formatted(
                        SCRAPE_EVERY.toSeconds(),
                        SCRAPE_EVERY.toSeconds(),
                        SCRAPE_EVERY.toSeconds(),
                        alertmanagerPort,
                        gateways.stream()
                                .map(gateway -> "\"127.0.0.1:" + gateway.managementPort + "\"")
                                .collect(Collectors.joining(", "))));
        var _ = Files.writeString(file("alertmanager.yml"), """
                route: {receiver: rehearsal, group_by: ["..."], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
                receivers:
                  - name: rehearsal
                    webhook_configs: [{url: "%s", send_resolved: false}]
                """.formatted(alerts.uri()));
        alertmanager.start();
        prometheus.start();
        alertmanager.awaitReady(STARTUP, () -> isReady(alertmanagerPort));
        prometheus.awaitReady(STARTUP, () -> isReady(port));
    }

    private static boolean isReady(int port) {
        return Status.of(URI.create("http://127.0.0.1:" + port + "/-/ready")) == 200;
    }

    /** How many gateways Prometheus reached at its last look. */
    int reached() throws IOException, InterruptedException {
        URI count = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=sum(up)");
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = http.send(HttpRequest.newBuilder(count).build(), BodyHandlers.ofString())
                    .body();
            JsonArray values = new JsonObject(answer).getJsonObject("data").getJsonArray("result");
            return values.isEmpty()
                    ? 0
                    : Integer.parseInt(
                            values.getJsonObject(0).getJsonArray("value").getString(1));
        }
    }

    /** All that fired so far, the first one first. */
    List<FiredAlerts.Fired> fired() {
        return alerts.fired();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        prometheus.close();
        alertmanager.close();
        alerts.close();
    }
}

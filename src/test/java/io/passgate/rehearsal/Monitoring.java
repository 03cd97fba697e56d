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
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A thirtieth of 15 s, the most that the rules allow. */
    private static final Duration SCRAPE_EVERY = Duration.ofMillis(500);

    private final Path folder;
    private final FiredAlerts alerts = new FiredAlerts();
    private final int port = ServerProcess.freePort();
    private final int alertmanagerPort = ServerProcess.freePort();
    private final ServerProcess prometheus;
    private final ServerProcess alertmanager;
    private int targets;

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
        targets = gateways.size();
        Files.createDirectories(folder);
        var _ = Files.writeString(
                file("alerts.yml"), ShortenedRules.of(Files.readString(RULES), shorter, SCRAPE_EVERY.multipliedBy(2)));
        var _ = Files.writeString(file("prometheus.yml"), """
                global: {scrape_interval: %1$dms, scrape_timeout: %1$dms, evaluation_interval: %1$dms}
                rule_files: [alerts.yml]
                alerting:
                  alertmanagers: [{static_configs: [{targets: ["127.0.0.1:%2$d"]}]}]
                scrape_configs:
                  - job_name: passgate
                    static_configs: [{targets: [%3$s]}]
                """.formatted(
                        SCRAPE_EVERY.toMillis(),
                        alertmanagerPort,
                        gateways.stream()
                                .map(gateway -> "\"" + instance(gateway) + "\"")
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

    /** How Prometheus names a gateway. */
    public static String instance(GatewayNode gateway) {
        return "127.0.0.1:" + gateway.managementPort;
    }

    /**
     * Waits until every gateway is scraped, and no alert fires or is about to.
     *
     * @param patience with an alert whose range or wait is long
     */
    public void awaitQuiet(Duration patience) throws IOException, InterruptedException {
        ServerProcess.await(
                "no alert fires",
                patience,
                () -> reached() == targets && pending().isEmpty());
    }

    /** How many gateways Prometheus reached at its last look. */
    private int reached() throws IOException, InterruptedException {
        JsonArray values = ask("query?query=sum(up)").getJsonArray("result");
        return values.isEmpty()
                ? 0
                : Integer.parseInt(values.getJsonObject(0).getJsonArray("value").getString(1));
    }

    /** The alerts whose conditions hold. */
    private JsonArray pending() throws IOException, InterruptedException {
        return ask("alerts").getJsonArray("alerts");
    }

    private JsonObject ask(String question) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + question);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
            return new JsonObject(http.send(request, BodyHandlers.ofString()).body()).getJsonObject("data");
        }
    }

    /** All that fired so far, the first one first; an alert is there as often as it came. */
    public List<FiredAlerts.Fired> fired() {
        return alerts.fired();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        prometheus.close();
        alertmanager.close();
        alerts.close();
    }
}

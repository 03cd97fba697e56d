package io.passgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts, played by Prometheus's own tool on series that a gateway in trouble, and one without, would show. */
final class AlertRulesTest {
    private static final Path FOLDER = Path.of("docker/prometheus");
    private static final Path ALERTS = FOLDER.resolve("alerts.yml");
    private static final Path PLAYS = FOLDER.resolve("alerts.test.yml");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static Set<String> alerts() throws IOException {
        return YAML.readTree(Files.readAllBytes(ALERTS)).path("groups").findValuesAsText("alert").stream()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyAlert_isPlayedWhereItComes_andWhereItDoesNot() throws IOException {
        Set<String> coming = new TreeSet<>();
        Set<String> quiet = new TreeSet<>();
        for (JsonNode play : YAML.readTree(Files.readAllBytes(PLAYS)).path("tests")) {
            for (JsonNode asked : play.path("alert_rule_test")) {
                boolean isQuiet = asked.path("exp_alerts").isEmpty();
                var _ = (isQuiet ? quiet : coming).add(asked.path("alertname").asText());
            }
        }
        assertThat(coming).isEqualTo(alerts());
        assertThat(quiet).isEqualTo(alerts());
    }

    @Test
    @Tools.Needed("promtool")
    void theAlerts_comeAndGoAsPlayed() throws IOException, InterruptedException {
        assertThat(promtool("check", "rules", ALERTS.toString())).contains("SUCCESS");
        assertThat(promtool("test", "rules", PLAYS.toString())).contains("SUCCESS");
    }

    @Test
    @Tools.Needed("promtool")
    void anAlertOnAnotherMetric_isFound(@TempDir Path folder) throws IOException, InterruptedException {
        String planted = Files.readString(ALERTS).replace("passgate_store_up", "passgate_stores_up");
        var _ = Files.writeString(folder.resolve("alerts.yml"), planted);
        Path plays = Files.copy(PLAYS, folder.resolve("alerts.test.yml"));
        assertThat(promtool("test", "rules", plays.toString())).contains("FAILED", "PassgateStoreDown");
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Tools.command("promtool")).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return said + " (status " + status + ")";
    }
}

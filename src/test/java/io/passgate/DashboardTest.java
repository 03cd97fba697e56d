package io.passgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard shows whatever an alert is about, and nothing that the chapter on operations does not tell of. */
final class DashboardTest {
    private static final Path DASHBOARD = Path.of("docker/grafana/dashboards/passgate.json");
    private static final Path ALERTS = Path.of("docker/prometheus/alerts.yml");
    private static final Path OPERATIONS = Path.of("src/site/markdown/operations.md");
    private static final Pattern METRIC = Pattern.compile("\\bpassgate_[a-z_]+\\b|\\bup\\b");

    /** What Prometheus's text has of a histogram besides its name. */
    private static final Pattern PART = Pattern.compile("_(bucket|count|sum|max)$");

    private static final int COLUMNS = 24;

    private static JsonNode panels() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(DASHBOARD)).path("panels");
    }

    private static Set<String> shown(JsonNode panels) {
        return panels.valueStream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .flatMap(target -> metrics(target.path("expr").asText()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> alarmed(String alerts) throws IOException {
        return new YAMLMapper()
                .readTree(alerts).path("groups").findValuesAsText("expr").stream()
                        .flatMap(expression -> metrics(expression).stream())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(name -> PART.matcher(name).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whateverAnAlertIsAbout_hasAPanel() throws IOException {
        Set<String> alarmed = alarmed(Files.readString(ALERTS));
        assertThat(alarmed).hasSizeGreaterThan(15);
        assertThat(shown(panels())).containsAll(alarmed);
    }

    @Test
    void checkIns_spoolAndAudit_haveOne() throws IOException {
        assertThat(shown(panels()))
                .contains(
                        "passgate_checkins_total",
                        "passgate_checkins_pending",
                        "passgate_spool_bytes",
                        "passgate_audit_pending");
    }

    /** What a gateway has is held against that chapter, both ways, by {@code DeploymentIT}. */
    @Test
    void aPanel_namesNothingThatNoGatewayHas() throws IOException {
        Set<String> told =
                metrics(String.join(" ", MarkdownFile.read(OPERATIONS).spans()));
        assertThat(told).containsAll(shown(panels()));
    }

    @Test
    void anAlertWithoutAPanel_isFound() throws IOException {
        String planted = Files.readString(ALERTS).replace("passgate_spool_bytes", "passgate_spools_bytes");
        Set<String> missing = alarmed(planted);
        missing.removeAll(shown(panels()));
        assertThat(missing).containsExactly("passgate_spools_bytes");
    }

    @Test
    void noPanelLiesOnAnother_andEachHasAnIdAndATitleOfItsOwn() throws IOException {
        List<String> cells = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (JsonNode panel : panels()) {
            titles.add(panel.path("title").asText());
            ids.add(panel.path("id").intValue());
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").intValue() + at.path("w").intValue()).isLessThanOrEqualTo(COLUMNS);
            for (int x = 0; x < at.path("w").intValue(); x++) {
                for (int y = 0; y < at.path("h").intValue(); y++) {
                    cells.add(
                            (at.path("x").intValue() + x) + ":" + (at.path("y").intValue() + y));
                }
            }
        }
        assertThat(titles).isNotEmpty().doesNotHaveDuplicates();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(cells).doesNotHaveDuplicates();
    }
}

package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.passgate.MarkdownFile;
import io.passgate.app.config.Config;
import io.passgate.app.config.ConfigFile;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.Passgate;
import io.passgate.testing.TestStores;
import io.passgate.testing.api.RawConnection;
import io.passgate.testing.gateway.IssuingGateways;
import io.passgate.testing.gateway.SharedGateways;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code docker/}, read and held against the repository and against what a gateway really measures. */
final class DeploymentIT {
    private static final Path DOCKER = Path.of("docker");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern METRIC = Pattern.compile("\\b((passgate|jvm)_[a-z_]+|up)\\b");
    private static final Pattern NAME = Pattern.compile("(?m)^[a-z_]+");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (passgate_[a-z_]+) ");

    /** Stands beside each histogram, and is told by no chapter. */
    private static final Pattern LARGEST = Pattern.compile("passgate_[a-z_]+_max");

    /** A role of the database, and no metric. */
    private static final String AUDIT_ROLE = "passgate_audit";

    /** Prometheus has it of each target, and no gateway has. */
    private static final String OF_PROMETHEUS = "up";

    private static final Path CHAPTERS = Path.of("src/site/markdown");

    private static JsonNode yaml(String file) throws IOException {
        return YAML.readTree(Files.readAllBytes(DOCKER.resolve(file)));
    }

    @Test
    void theConfigurationInTheImage_isOneThatAGatewayTakes() throws IOException, InvalidConfig {
        Config config = ConfigFile.read(DOCKER.resolve("passgate.yaml"));
        assertThat(config.isShared()).isTrue();
        assertThat(config.database().passwordFile()).startsWith("/run/secrets/");
    }

    @Test
    void theImage_runsAsNobody_withoutTheDemonstration() throws IOException {
        List<String> lines = Files.readAllLines(DOCKER.resolve("Dockerfile"));
        assertThat(lines).anyMatch(line -> line.matches("USER [1-9][0-9]*:[1-9][0-9]*"));
        assertThat(lines).anyMatch(line -> line.contains("rm -rf target/passgate/lib/demo"));
        for (String line : lines) {
            if (line.startsWith("FROM ")) {
                assertThat(line).matches("FROM [a-z/-]+:[0-9][^ ]*( AS build)?").doesNotContain("latest");
            }
            if (line.startsWith("COPY ") && !line.contains("--from=")) {
                String[] words = line.split(" ", -1);
                for (int i = 1; i < words.length - 1; i++) {
                    assertThat(Path.of(words[i])).exists();
                }
            }
        }
    }

    @Test
    void theLayout_hasReadmeAndItsChapters_asTheyAre() throws IOException {
        Path home = Passgate.script().resolveSibling("..").normalize();
        List<Path> texts = MarkdownFile.all().stream()
                .map(MarkdownFile::path)
                .filter(path -> path.startsWith(CHAPTERS) || path.equals(Path.of("README.md")))
                .toList();
        assertThat(texts).hasSizeGreaterThan(12);
        for (Path text : texts) {
            assertThat(home.resolve(text)).hasSameTextualContentAs(text);
        }
    }

    private static Set<String> metrics(String expression) {
        return METRIC.matcher(expression)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> dashboardExpressions() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(Files.readAllBytes(DOCKER.resolve("grafana/dashboards/passgate.json")));
        String uid = yaml("grafana/provisioning/datasources/prometheus.yaml")
                .path("datasources")
                .path(0)
                .path("uid")
                .asText();
        List<String> expressions = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            ids.add(panel.path("id").intValue());
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo(uid);
            panel.path("targets")
                    .forEach(target -> expressions.add(target.path("expr").asText()));
        }
        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
        return expressions;
    }

    @Test
    void everyAlertPanelAndChapter_namesWhatAGatewayMeasures_andAChapterHasEveryMetric(@TempDir Path folder)
            throws IOException, SQLException, InvalidConfig {
        List<String> expressions = new ArrayList<>(dashboardExpressions());
        for (JsonNode rule :
                yaml("prometheus/alerts.yml").path("groups").path(0).path("rules")) {
            expressions.add(rule.path("expr").asText());
        }
        String scraped = scrape(folder);
        Set<String> measured = found(NAME, scraped);
        var _ = measured.add(OF_PROMETHEUS);
        assertThat(expressions).hasSizeGreaterThan(20);
        for (String expression : expressions) {
            assertThat(metrics(expression)).as(expression).isNotEmpty().isSubsetOf(measured);
        }
        Set<String> types = found(TYPE, scraped);
        measured.addAll(types);
        for (MarkdownFile file : MarkdownFile.all()) {
            if (file.path().startsWith(CHAPTERS)) {
                Set<String> named = named(file);
                var _ = named.remove(AUDIT_ROLE);
                assertThat(named).as(file.path().toString()).isSubsetOf(measured);
            }
        }
        var _ = types.removeIf(LARGEST.asMatchPredicate());
        assertThat(types).hasSizeGreaterThan(50);
        assertThat(named(MarkdownFile.read(CHAPTERS.resolve("operations.md")))).containsAll(types);
    }

    private static Set<String> named(MarkdownFile file) {
        return metrics(String.join(" ", file.spans()));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(match.groupCount()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All metrics of a gateway with a database that has issued, judged what it issued, and lost a client. */
    private static String scrape(Path folder) throws IOException, SQLException {
        try (TestStores stores = new TestStores(folder)) {
            stores.empty();
            Path gateways = Files.createDirectory(folder.resolve("gateways"));
            try (IssuingGateways all = new IssuingGateways(stores, gateways, Instant.now())) {
                Gateway gateway = all.start(all.config());
                String pass = IssuingGateways.insist(
                                () -> all.pass(gateway.port(), "kakao", Optional.empty(), Optional.empty()))
                        .json()
                        .getString("payload");
                assertThat(all.verify(gateway.port(), pass, Optional.empty()).getString("verdict"))
                        .isEqualTo("accepted");
                try (RawConnection leaving = new RawConnection(gateway.port())) {
                    var _ = leaving.say(
                            RawConnection.headers(IssuingGateways.token("verifier"), "content-length: 100") + "{");
                }
                SharedGateways.until(
                        "requests are counted",
                        () -> all.metrics(gateway).contains("passgate_http_requests_seconds_count"));
                SharedGateways.until(
                        "a client that left is counted",
                        () -> all.metrics(gateway).contains("passgate_http_requests_abandoned_total"));
                return all.metrics(gateway);
            }
        }
    }
}

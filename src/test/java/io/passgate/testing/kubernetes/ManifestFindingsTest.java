package io.passgate.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.passgate.testing.kubernetes.ManifestFindings.Ground;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shipped manifests say nothing that a cluster or a gateway would stumble over, and what is planted is found. */
final class ManifestFindingsTest {
    /** As a gateway has them: the integration test asks one. */
    private static final Set<String> ROUTES = Set.of("/health/live", "/health/ready", "/metrics");

    private static final Set<String> MEASURED = Set.of(
            "passgate_queue_wait_seconds_sum", "passgate_queue_wait_seconds_count", "passgate_issuing_queue_depth");

    private static Ground ground() throws IOException {
        return new Ground(ClusterPrerequisites.read(), AdapterRules.read(AdapterRules.FILE), MEASURED, ROUTES);
    }

    private static List<String> findings(String... changes) throws IOException {
        return ManifestFindings.of(Manifests.parse(ShippedManifests.base(changes)), ground());
    }

    @Test
    void theShippedBase_hasNoFault() throws IOException {
        assertThat(Manifests.parse(ShippedManifests.base()).objects()).hasSizeGreaterThan(15);
        assertThat(findings()).isEmpty();
    }

    /** A fault: a text of the base, what it is replaced by, and what a finding says of it. */
    private record Planted(String before, String after, String finding) {}

    private static List<Planted> planted() throws IOException {
        try (InputStream in = ManifestFindingsTest.class.getResourceAsStream("planted.yaml")) {
            return new YAMLMapper().readValue(in, new TypeReference<List<Planted>>() {});
        }
    }

    @TestFactory
    Stream<DynamicTest> aPlantedFault_isFound() throws IOException {
        List<Planted> all = planted();
        assertThat(all).hasSizeGreaterThan(50);
        return all.stream()
                .map(planted -> DynamicTest.dynamicTest(
                        planted.before().strip() + " -> " + planted.after().strip(),
                        () -> assertThat(findings(planted.before(), planted.after()))
                                .anyMatch(finding -> finding.contains(planted.finding()))));
    }

    @Test
    void anAdapterThatReadsWhatNoGatewayTells_isFound() throws IOException {
        AdapterRules shipped = AdapterRules.read(AdapterRules.FILE);
        Map<String, Set<String>> series = new HashMap<>(shipped.series());
        var _ = series.put("passgate_queue_wait_seconds", Set.of("passgate_queue_waits_seconds_sum"));
        Ground planted =
                new Ground(ClusterPrerequisites.read(), new AdapterRules(shipped.queries(), series), MEASURED, ROUTES);
        assertThat(ManifestFindings.of(Manifests.parse(ShippedManifests.base()), planted))
                .containsExactly("the adapter makes passgate_queue_wait_seconds of passgate_queue_waits_seconds_sum,"
                        + " which gateways do not tell");
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new YAMLMapper().readTree(Files.readAllBytes(file));
    }

    @Test
    void theRulesInTheCluster_areThoseOfPrometheusElsewhere() throws IOException {
        JsonNode groups =
                yaml(ShippedManifests.FOLDER.resolve("base/alerts.yaml")).at("/spec/groups");
        assertThat(groups.at("/0/rules")).hasSizeGreaterThan(15);
        assertThat(groups)
                .isEqualTo(yaml(Path.of("docker/prometheus/alerts.yml")).path("groups"));
    }

    @Test
    void theCountrysConfigurations_areThoseOfTheBase_butForTheRedisCluster() throws IOException {
        for (String part : List.of("doors", "issuing")) {
            JsonNode base = yaml(ShippedManifests.FOLDER.resolve("base/" + part + "/passgate.yaml"));
            JsonNode country = yaml(ShippedManifests.FOLDER.resolve("country/" + part + "/passgate.yaml"));
            assertThat(country.at("/redis/mode").asText()).isEqualTo("cluster");
            assertThat(country.at("/redis/endpoints")).hasSize(2);
            var _ = country.withObject("/redis").without(List.of("mode", "endpoints"));
            var _ = base.withObject("/redis").without("endpoints");
            assertThat(country).as(part).isEqualTo(base);
        }
    }

    @Test
    void whatInitMakesKeysFor_areTheProvidersOfTheIssuingGateways() throws IOException {
        JsonNode init = yaml(ShippedManifests.FOLDER.resolve("init.yaml"));
        JsonNode issuing = yaml(ShippedManifests.FOLDER.resolve("base/issuing/passgate.yaml"));
        assertThat(init.at("/issuing/providers")).isNotEmpty().isEqualTo(issuing.at("/issuing/providers"));
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("docker/kubernetes/secrets/");
    }

    @Test
    void theChaptersCommands_makeTheSecretsOfItsTable() throws IOException {
        ClusterPrerequisites brought = ClusterPrerequisites.read();
        assertThat(brought.secrets()).hasSizeGreaterThan(3);
        assertThat(brought.commands().keySet()).isEqualTo(brought.secrets().keySet());
        brought.secrets()
                .forEach((secret, keys) -> assertThat(
                                brought.commands().get(secret).keySet())
                        .as(secret)
                        .isEqualTo(keys));
    }
}

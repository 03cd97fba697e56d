package io.passgate.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.passgate.Tools;
import io.passgate.testing.Passgate;
import io.passgate.testing.TestStores;
import io.passgate.testing.kubernetes.ManifestFindings.Ground;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both overlays as {@code kubectl} renders them: for a cluster, and for gateways that are started with what they say. */
@Tools.Needed("kubectl")
final class KubernetesIT {
    private static final List<String> OVERLAYS = List.of("small", "country");
    private static final List<String> ROUTES = List.of("/health/live", "/health/ready", "/metrics");
    private static final Pattern SERIES = Pattern.compile("(?m)^passgate_[a-z_]+");

    @TempDir
    private Path folder = Path.of("");

    private String rendered(String overlay) throws IOException, InterruptedException {
        return Kubectl.kustomize(ShippedManifests.FOLDER.resolve(overlay), folder);
    }

    @Test
    void eachOverlay_hasNoFault_andGatewaysStartByIt() throws Exception {
        try (TestStores stores = new TestStores(folder.resolve("stores"))) {
            for (String overlay : OVERLAYS) {
                stores.empty();
                Path secrets = init(folder.resolve("made-" + overlay), stores);
                Manifests manifests = Manifests.parse(rendered(overlay));
                Set<String> measured = new TreeSet<>();
                Set<String> routes = new TreeSet<>();
                for (Workload workload : manifests.workloads()) {
                    Path root = folder.resolve(
                            overlay + "-" + workload.object().getMetadata().getName());
                    try (PodGateway gateway = new PodGateway(manifests, workload, root, secrets, stores)) {
                        gateway.awaitReady();
                        SERIES.matcher(gateway.get("/metrics").body())
                                .results()
                                .map(MatchResult::group)
                                .forEach(measured::add);
                        ROUTES.stream()
                                .filter(route -> gateway.get(route).statusCode() == 200)
                                .forEach(routes::add);
                    }
                }
                assertThat(measured).hasSizeGreaterThan(50);
                assertThat(ManifestFindings.of(
                                manifests,
                                new Ground(
                                        ClusterPrerequisites.read(),
                                        AdapterRules.read(AdapterRules.FILE),
                                        measured,
                                        routes)))
                        .as(overlay)
                        .isEmpty();
            }
        }
    }

    /** Does what the chapter says to do before anything is applied, and returns the folder it was done in. */
    private static Path init(Path made, TestStores stores) throws IOException, InterruptedException {
        Path secrets = Files.createDirectories(made.resolve("secrets"));
        var _ = Files.writeString(
                secrets.resolve("database-password"), stores.database().password());
        var _ = Files.writeString(secrets.resolve("redis-password"), "asked by no Redis here");
        YAMLMapper yaml = new YAMLMapper();
        ObjectNode configuration =
                (ObjectNode) yaml.readTree(Files.readString(ShippedManifests.FOLDER.resolve("init.yaml")));
        var _ = configuration
                .withObject("/database")
                .put("uri", stores.database().uri().toString())
                .put("user", stores.database().user());
        Path config = Files.writeString(made.resolve("init.yaml"), yaml.writeValueAsString(configuration));
        Passgate.Run run = Passgate.run(
                made,
                "",
                "init",
                "--config",
                config.toString(),
                "--tokens",
                secrets.resolve("tokens").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return made;
    }

    @Test
    void whatIsPlantedInARendering_isFound() throws IOException, InterruptedException {
        AdapterRules adapter = AdapterRules.read(AdapterRules.FILE);
        Set<String> measured = new TreeSet<>();
        adapter.series().values().forEach(measured::addAll);
        Ground ground = new Ground(ClusterPrerequisites.read(), adapter, measured, Set.copyOf(ROUTES));
        Map<List<String>, String> planted = Map.of(
                List.of("containerPort: 8081", "containerPort: 8082"),
                "has issuing at 8081, not at 8082",
                List.of("terminationGracePeriodSeconds", "terminationGraceSeconds"),
                "Unrecognized field \"terminationGraceSeconds\"",
                List.of("name: passgate-redis\n", "name: passgate-cache\n"),
                "the chapter has no Secret passgate-cache",
                List.of("selector:\n    app.kubernetes.io/component: doors", "selector:\n    component: doors"),
                "Service passgate-doors: no pod has the labels",
                List.of("name: passgate_issuing_queue_depth", "name: passgate_issuing_queue"),
                "the adapter makes no metric passgate_issuing_queue",
                List.of("snapshotFile: /data", "snapshotFiles: /data"),
                "snapshotFiles: is no key here");
        for (String overlay : OVERLAYS) {
            String rendered = rendered(overlay);
            for (Map.Entry<List<String>, String> fault : planted.entrySet()) {
                assertThat(ManifestFindings.of(
                                Manifests.parse(ShippedManifests.replaced(rendered, fault.getKey())), ground))
                        .anyMatch(finding -> finding.contains(fault.getValue()));
            }
        }
    }
}

package io.passgate.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.passgate.app.Gateway;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.SharedGateways;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A gateway on this machine with the configuration and the files that the manifests give a pod of it. What is another
 * here: where the stores are, its ports, and that nobody waits for it when it stops.
 */
final class PodGateway implements AutoCloseable {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Gateway gateway;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * Starts it.
     *
     * @param root takes what is mounted
     * @param made the folder that the commands of the chapter were run in
     */
    PodGateway(Manifests manifests, Workload workload, Path root, Path made, TestStores stores)
            throws IOException, InvalidConfig {
        Container container = workload.containers().getFirst();
        PodVolumes volumes = new PodVolumes(manifests, workload, container);
        Map<String, Map<String, String>> commands = ClusterPrerequisites.read().commands();
        for (PodVolumes.SecretFile file : volumes.secretFiles()) {
            Path from = made.resolve(commands.get(file.secret()).get(file.key()));
            Path to = root.resolve(file.path().substring(1));
            var _ = Files.createDirectories(to.getParent());
            var _ = Files.copy(from, to);
        }
        Path data = Files.createDirectories(root.resolve("data"));
        String text = volumes.configurationFiles().get("/etc/passgate/passgate.yaml");
        ObjectNode configuration = (ObjectNode) moved(YAML.readTree(text), root);
        assertThat(configuration.path("snapshotFile").asText()).startsWith(data.toString());
        elsewhere(configuration, stores);
        gateway = Gateway.start(GatewayConfigurations.parse(YAML.writeValueAsString(configuration)), root, false);
    }

    /** With each absolute path below another root; what is in the image is in this repository. */
    private static JsonNode moved(JsonNode node, Path root) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                var _ = object.set(field.getKey(), moved(field.getValue(), root));
            }
        }
        if (!node.isTextual() || !node.asText().startsWith("/")) {
            return node;
        }
        String path = node.asText().startsWith("/opt/passgate/")
                ? Path.of(node.asText().substring("/opt/passgate/".length()))
                        .toAbsolutePath()
                        .toString()
                : root + node.asText();
        return YAML.getNodeFactory().textNode(path);
    }

    private static void elsewhere(ObjectNode configuration, TestStores stores) {
        var _ = configuration
                .withObject("/database")
                .put("uri", stores.database().uri().toString())
                .put("user", stores.database().user());
        ObjectNode redis = configuration.withObject("/redis");
        var _ = redis.remove(List.of("mode", "passwordFile"));
        var _ = redis.withArray("/endpoints").removeAll().add(stores.redis.uri().toString());
        var _ = configuration
                .withObject("/http")
                .put("host", "127.0.0.1")
                .put("port", 0)
                .put("drain", Duration.ZERO.toString());
        var _ = configuration.withObject("/management").put("host", "127.0.0.1").put("port", 0);
        var _ = configuration.withObject("/issuing").put("port", 0);
    }

    /** Asks the management port. */
    HttpResponse<String> get(String path) {
        URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + path);
        try {
            return http.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    void awaitReady() {
        SharedGateways.until("it is ready", () -> get("/health/ready").statusCode() == 200);
    }

    @Override
    public void close() {
        gateway.close();
        http.close();
    }
}

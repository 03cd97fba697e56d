package io.passgate.testing.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.passgate.app.config.Config;
import io.passgate.app.config.ConfigFile;
import io.passgate.app.config.InvalidConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The configurations that gateways are started with, read by the gateway's own loader. */
final class GatewayConfigurations {
    private static final String OPTION = "--config";

    /** By what a workload is called. */
    private final Map<String, One> all = new LinkedHashMap<>();

    private GatewayConfigurations() {}

    /**
     * That of one workload.
     *
     * @param config what the gateway makes of it
     * @param paths absolute ones, by their keys
     */
    record One(Config config, Map<String, String> paths) {
        /** The ports where the gateway will listen, by the names that the manifests give them. */
        Map<String, Integer> ports() {
            Map<String, Integer> ports = new TreeMap<>();
            var _ = ports.put("http", config.http().port());
            var _ = ports.put("management", config.management().port());
            if (config.issuing().isOn()) {
                var _ = ports.put("issuing", config.issuing().port());
            }
            return ports;
        }
    }

    /** Reads that of each container, and tells what cannot be read. */
    static GatewayConfigurations of(Manifests manifests, List<String> findings) {
        GatewayConfigurations configurations = new GatewayConfigurations();
        for (Workload workload : manifests.workloads()) {
            for (Container container : workload.containers()) {
                configurations.read(workload, container, new PodVolumes(manifests, workload, container), findings);
            }
        }
        return configurations;
    }

    private void read(Workload workload, Container container, PodVolumes volumes, List<String> findings) {
        int option = container.getArgs().indexOf(OPTION);
        if (option < 0 || option + 1 >= container.getArgs().size()) {
            findings.add(workload.title() + ": " + container.getName() + " is told no configuration");
            return;
        }
        String path = container.getArgs().get(option + 1);
        Optional<String> text = Optional.ofNullable(volumes.configurationFiles().get(path));
        if (text.isEmpty()) {
            findings.add(workload.title() + ": no ConfigMap gives " + path);
            return;
        }
        try {
            Map<String, String> paths = new TreeMap<>();
            Config config = parse(text.get());
            addPaths("", new YAMLMapper().readTree(text.get()), paths);
            var _ = all.put(workload.title(), new One(config, paths));
        } catch (InvalidConfig wrong) {
            findings.add(workload.title() + ": " + path + ": " + wrong.getMessage());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return what a gateway makes of a configuration} */
    static Config parse(String yaml) throws IOException, InvalidConfig {
        Path file = Files.createTempFile("passgate", ".yaml");
        try {
            return ConfigFile.read(Files.writeString(file, yaml));
        } catch (InvalidConfig wrong) {
            throw new InvalidConfig(String.valueOf(wrong.getMessage()).replace(file + ": ", ""));
        } finally {
            Files.delete(file);
        }
    }

    private static void addPaths(String key, JsonNode node, Map<String, String> paths) {
        node.properties()
                .forEach(field ->
                        addPaths(key.isEmpty() ? field.getKey() : key + "." + field.getKey(), field.getValue(), paths));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            addPaths(key + "[" + i + "]", node.get(i), paths);
        }
        if (node.isTextual() && node.asText().startsWith("/")) {
            var _ = paths.put(key, node.asText());
        }
    }

    /** That of a workload; empty where it could not be read. */
    Optional<One> of(Workload workload) {
        return Optional.ofNullable(all.get(workload.title()));
    }
}

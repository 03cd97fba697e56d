package io.passgate.testing.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.passgate.testing.compose.ComposeService.Mount;
import io.passgate.testing.compose.ComposeService.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A Compose file, as far as ours say something: what is written there in another way is an unknown key or an error, so
 * that nothing in the file goes by untried.
 *
 * @param folder what relative paths in it start from
 * @param secrets name to file
 * @param unknown keys that nothing here understands, by their path
 */
record ComposeFile(
        Path folder,
        Map<String, ComposeService> services,
        Set<String> volumes,
        Map<String, Path> secrets,
        Set<String> networks,
        List<String> unknown) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TOP = Set.of("name", "services", "volumes", "secrets", "networks");
    private static final Set<String> SERVICE = Set.of(
            "build",
            "image",
            "read_only",
            "tmpfs",
            "cap_drop",
            "security_opt",
            "secrets",
            "logging",
            "environment",
            "mem_limit",
            "ulimits",
            "networks",
            "depends_on",
            "restart",
            "stop_grace_period",
            "entrypoint",
            "command",
            "volumes",
            "healthcheck",
            "ports");

    static ComposeFile read(Path file) throws IOException {
        return parse(Files.readString(file), file.toAbsolutePath().getParent());
    }

    /** @throws IllegalArgumentException if something is not written as our file writes it */
    static ComposeFile parse(String yaml, Path folder) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        // Jackson's reader knows neither anchors in trees nor merge keys.
        Object merged = new Yaml(new SafeConstructor(options)).load(yaml);
        JsonNode root = JSON.valueToTree(merged);
        List<String> unknown = new ArrayList<>();
        root.fieldNames().forEachRemaining(key -> {
            if (!TOP.contains(key) && !key.startsWith("x-")) {
                unknown.add(key);
            }
        });
        Map<String, ComposeService> services = new LinkedHashMap<>();
        root.path("services").properties().forEach(entry -> {
            entry.getValue().fieldNames().forEachRemaining(key -> {
                if (!SERVICE.contains(key)) {
                    unknown.add("services." + entry.getKey() + "." + key);
                }
            });
            services.put(entry.getKey(), service(entry.getKey(), entry.getValue(), folder));
        });
        Map<String, Path> secrets = new TreeMap<>();
        root.path("secrets")
                .properties()
                .forEach(entry -> secrets.put(
                        entry.getKey(),
                        folder.resolve(entry.getValue().path("file").asText()).normalize()));
        return new ComposeFile(
                folder,
                services,
                keys(root.path("volumes")),
                secrets,
                keys(root.path("networks")),
                List.copyOf(unknown));
    }

    private static ComposeService service(String name, JsonNode node, Path folder) {
        return new ComposeService(
                name,
                node.path("image").asText(),
                words(name + ".entrypoint", node.path("entrypoint")),
                words(name + ".command", node.path("command")),
                environment(name, node.path("environment")),
                new LinkedHashSet<>(words(name + ".secrets", node.path("secrets"))),
                words(name + ".volumes", node.path("volumes")).stream()
                        .map(volume -> mount(volume, folder))
                        .toList(),
                words(name + ".tmpfs", node.path("tmpfs")),
                words(name + ".ports", node.path("ports")).stream()
                        .map(ComposeFile::port)
                        .toList(),
                new LinkedHashSet<>(words(name + ".networks", node.path("networks"))),
                dependsOn(node.path("depends_on")),
                node.has("mem_limit") ? Optional.of(node.path("mem_limit").asText()) : Optional.empty(),
                node.path("restart").asText("no"),
                node.path("healthcheck").has("test")
                        || (node.path("image").asText().equals(ComposeService.OURS)
                                && !node.path("healthcheck").path("disable").asBoolean()));
    }

    private static List<String> words(String where, JsonNode list) {
        if (list.isMissingNode()) {
            return List.of();
        }
        if (!list.isArray() || !list.valueStream().allMatch(JsonNode::isTextual)) {
            throw new IllegalArgumentException(where + " is no list of texts");
        }
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static Map<String, String> environment(String name, JsonNode mapping) {
        if (!mapping.isMissingNode() && !mapping.isObject()) {
            throw new IllegalArgumentException(name + ".environment is no mapping");
        }
        Map<String, String> environment = new TreeMap<>();
        mapping.properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return environment;
    }

    private static Map<String, String> dependsOn(JsonNode mapping) {
        Map<String, String> conditions = new LinkedHashMap<>();
        mapping.properties()
                .forEach(entry -> conditions.put(
                        entry.getKey(), entry.getValue().path("condition").asText()));
        return conditions;
    }

    private static Mount mount(String volume, Path folder) {
        String[] parts = volume.split(":", -1);
        if (parts.length < 2 || parts.length > 3 || (parts.length == 3 && !parts[2].equals("ro"))) {
            throw new IllegalArgumentException(volume + " is no volume");
        }
        boolean isPath = parts[0].startsWith(".");
        return new Mount(
                isPath ? Optional.empty() : Optional.of(parts[0]),
                isPath ? Optional.of(folder.resolve(parts[0]).normalize()) : Optional.empty(),
                parts[1],
                parts.length == 3);
    }

    private static Port port(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(text + " is no address, port and port of the container");
        }
        return new Port(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static Set<String> keys(JsonNode mapping) {
        Set<String> keys = new LinkedHashSet<>();
        mapping.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}

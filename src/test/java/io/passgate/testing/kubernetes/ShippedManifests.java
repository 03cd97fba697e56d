package io.passgate.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The shipped base put together without kubectl, as far as that goes without it: no patches, and names of ConfigMaps
 * without a hash.
 */
final class ShippedManifests {
    static final Path FOLDER = Path.of("docker/kubernetes");
    private static final YAMLMapper YAML = new YAMLMapper();

    private ShippedManifests() {}

    /** The documents of YAML, with pairs of texts that are replaced before. */
    static String base(String... changes) throws IOException {
        Path base = FOLDER.resolve("base");
        JsonNode list = YAML.readTree(Files.readString(base.resolve("kustomization.yaml")));
        StringBuilder all = new StringBuilder();
        for (JsonNode resource : list.path("resources")) {
            all.append("---\n").append(Files.readString(base.resolve(resource.asText())));
        }
        for (JsonNode map : list.path("configMapGenerator")) {
            all.append("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: ")
                    .append(map.path("name").asText())
                    .append("}\ndata:\n");
            for (JsonNode file : map.path("files")) {
                Path path = base.resolve(file.asText());
                all.append("  ").append(path.getFileName()).append(": |\n");
                Files.readAllLines(path)
                        .forEach(line -> all.append("    ").append(line).append('\n'));
            }
        }
        String text = replaced(all.toString(), List.of(changes));
        return placed(text, list.path("namespace").asText());
    }

    /** The same text with each of the pairs replaced, which are there. */
    static String replaced(String text, List<String> changes) {
        String changed = text;
        for (int i = 0; i < changes.size(); i += 2) {
            assertThat(changed).contains(changes.get(i));
            changed = changed.replace(changes.get(i), changes.get(i + 1));
        }
        return changed;
    }

    private static String placed(String documents, String namespace) throws IOException {
        StringBuilder placed = new StringBuilder();
        try (var all = YAML.readerFor(JsonNode.class).<JsonNode>readValues(documents)) {
            while (all.hasNextValue()) {
                ObjectNode object = (ObjectNode) all.nextValue();
                if (!object.path("kind").asText().equals("Namespace")) {
                    var _ = object.withObject("/metadata").put("namespace", namespace);
                }
                for (JsonNode container : object.at("/spec/template/spec/containers")) {
                    String image = container.path("image").asText();
                    var _ = ((ObjectNode) container)
                            .put("image", image.equals("passgate") ? "registry.example/passgate:0.1.0" : image);
                }
                placed.append(YAML.writeValueAsString(object));
            }
        }
        return placed.toString();
    }
}

package io.passgate.testing.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.passgate.app.config.Config;
import io.passgate.app.config.ConfigFile;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.compose.ComposeService.Mount;
import io.passgate.testing.compose.ComposeService.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where one service's container has what, on this machine. As there is no container, its paths are written anew in
 * arguments, environment and configuration; so are the hosts of other services, and the ports that it listens on,
 * which all containers have alike.
 */
final class ServicePlaces {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern ADDRESS = Pattern.compile("://([a-z0-9-]+):(\\d+)");
    private static final YAMLMapper YAML = new YAMLMapper();

    private final ComposeService service;
    private final TestPorts ports;

    /** Place in the container to place here, the longest first. */
    private final Map<String, Path> places =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /**
     * Makes the folders of its volumes, where they are not there yet, and its configuration.
     *
     * @param layout what the image has at {@code /opt/passgate}
     */
    ServicePlaces(ComposeFile file, ComposeService service, Path layout, Path work, TestPorts ports)
            throws IOException, InvalidConfig {
        this.service = service;
        this.ports = ports;
        places.put("/opt/passgate", layout);
        places.put("/tmp", Files.createDirectories(work.resolve(service.name()).resolve("tmp")));
        for (String secret : service.secrets()) {
            places.put("/run/secrets/" + secret, file.secrets().getOrDefault(secret, Path.of("nowhere")));
        }
        for (Mount mount : service.mounts()) {
            if (mount.volume().isPresent()) {
                places.put(
                        mount.target(),
                        Files.createDirectories(
                                work.resolve("volumes").resolve(mount.volume().get())));
            } else if (Files.isDirectory(mount.path().orElseThrow())) {
                places.put(mount.target(), mount.path().get());
            }
        }
        for (Mount mount : service.mounts()) {
            Path path = mount.path().orElse(Path.of(""));
            if (Files.isRegularFile(path)) {
                Path copy = work.resolve(service.name()).resolve(path.getFileName());
                places.put(mount.target(), Files.writeString(copy, configuration(path)));
            }
        }
    }

    /** The configuration for this machine: nothing but paths, hosts of services and own ports is another. */
    private String configuration(Path original) throws IOException, InvalidConfig {
        Config config = ConfigFile.read(original);
        ObjectNode root = (ObjectNode) YAML.readTree(here(Files.readString(original)));
        root.withObject("http").put("host", LOOPBACK);
        root.withObject("management").put("host", LOOPBACK);
        if (!service.ports().isEmpty()) {
            root.withObject("http").put("port", published(config.http().port()));
            root.withObject("issuing").put("port", published(config.issuing().port()));
            root.withObject("management")
                    .put("port", published(config.management().port()));
        }
        return YAML.writeValueAsString(root);
    }

    private int published(int container) {
        assertThat(service.ports().stream().map(Port::container))
                .as("%s listens on %s", service.name(), container)
                .contains(container);
        return ports.of(service.name(), container);
    }

    /** A text that was written for the container. */
    String here(String text) {
        String all = places.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        String placed = Pattern.compile("(?<![\\w./:-])(" + all + ")(?![\\w.-])")
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        places.getOrDefault(found.group(1), Path.of("nowhere")).toString()));
        return ADDRESS.matcher(placed)
                .replaceAll(
                        found -> "://" + LOOPBACK + ":" + ports.of(found.group(1), Integer.parseInt(found.group(2))));
    }

    /** A text that a process here wrote, as the container's would have been. */
    String there(String text) {
        String told = text;
        for (Map.Entry<String, Path> place : places.entrySet()) {
            told = told.replace(place.getValue().toString(), place.getKey());
        }
        return told;
    }

    /** What is at this place of the container. */
    Path at(String place) {
        return Path.of(here(place));
    }
}

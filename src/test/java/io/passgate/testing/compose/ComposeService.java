package io.passgate.testing.compose;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One service of a {@link ComposeFile}.
 *
 * @param entrypoint empty where the image's is meant
 * @param command empty where the image's is meant
 * @param memoryLimit as the JVM's options take it, such as {@code 512m}
 * @param tmpfs places in memory, with their options
 * @param dependsOn service to condition
 */
record ComposeService(
        String name,
        String image,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> environment,
        Set<String> secrets,
        List<Mount> mounts,
        List<String> tmpfs,
        List<Port> ports,
        Set<String> networks,
        Map<String, String> dependsOn,
        Optional<String> memoryLimit,
        String restart,
        boolean hasHealthcheck) {
    /** The image that the file builds. */
    static final String OURS = "passgate:local";

    boolean isOurs() {
        return image.equals(OURS);
    }

    /** A folder or file in the container: a named volume, or a path of the machine. */
    record Mount(Optional<String> volume, Optional<Path> path, String target, boolean isReadOnly) {}

    /** A port of the container, as this machine has it. */
    record Port(String address, int host, int container) {}
}

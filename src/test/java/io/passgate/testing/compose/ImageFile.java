package io.passgate.testing.compose;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Dockerfile says of how its image is run. */
record ImageFile(List<String> entrypoint, List<String> command, Map<String, String> environment) {
    private static final Pattern ENV = Pattern.compile("ENV (\\w+)=\"(.*)\"");

    static ImageFile read(Path file) throws IOException {
        List<String> entrypoint = List.of();
        List<String> command = List.of();
        Map<String, String> environment = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            Matcher variable = ENV.matcher(line);
            if (line.startsWith("ENTRYPOINT ")) {
                entrypoint = words(line);
            } else if (line.startsWith("CMD ")) {
                command = words(line);
            } else if (variable.matches()) {
                var _ = environment.put(variable.group(1), variable.group(2));
            }
        }
        return new ImageFile(entrypoint, command, environment);
    }

    private static List<String> words(String line) throws IOException {
        return new ObjectMapper().readValue(line.substring(line.indexOf('[')), new TypeReference<>() {});
    }
}

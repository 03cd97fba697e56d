package io.passgate.testing.kubernetes;

import io.passgate.MarkdownFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the chapter on Kubernetes asks its reader to bring.
 *
 * @param secrets names of Secrets with their keys
 * @param namespaces labels by which namespaces of others are known
 * @param pods labels by which pods of others are known
 * @param commands which file, or literal, the commands make a key of each Secret of
 */
record ClusterPrerequisites(
        Map<String, Set<String>> secrets,
        Set<String> namespaces,
        Set<String> pods,
        Map<String, Map<String, String>> commands) {
    private static final Path CHAPTER = Path.of("src/site/markdown/kubernetes.md");
    private static final Pattern SECRET = Pattern.compile("(?m)^\\| `(passgate-[a-z-]+)` \\| `([^`]+)` \\|");

    private static final Pattern COMMAND = Pattern.compile("kubectl create secret generic (\\S+) (.*)");
    private static final Pattern PART = Pattern.compile("--from-(?:file|literal)=(?:([^= ]+)=)?(\\S+)");

    /** As the chapter's tables and commands have them. */
    static ClusterPrerequisites read() throws IOException {
        MarkdownFile chapter = MarkdownFile.read(CHAPTER);
        String prose = chapter.prose();
        Map<String, Set<String>> secrets = new TreeMap<>();
        SECRET.matcher(prose).results().forEach(row -> {
            var _ = secrets.computeIfAbsent(row.group(1), first -> new TreeSet<>())
                    .add(row.group(2));
        });
        Map<String, Map<String, String>> commands = new TreeMap<>();
        for (String line : chapter.blocks()) {
            COMMAND.matcher(line).results().forEach(command -> {
                Map<String, String> keys = commands.computeIfAbsent(command.group(1), first -> new TreeMap<>());
                PART.matcher(command.group(2)).results().forEach(part -> {
                    String from = part.group(2);
                    String key = part.group(1) == null ? from.substring(from.lastIndexOf('/') + 1) : part.group(1);
                    var _ = keys.put(key, from);
                });
            });
        }
        return new ClusterPrerequisites(secrets, known("namespace", prose), known("pods", prose), commands);
    }

    private static Set<String> known(String what, String prose) {
        return Pattern.compile("(?m)^\\| " + what + " \\| `([^`]+)` \\|")
                .matcher(prose)
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

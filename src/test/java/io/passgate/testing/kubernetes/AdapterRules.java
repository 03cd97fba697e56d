package io.passgate.testing.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the prometheus-adapter makes metrics of pods.
 *
 * @param queries by the metric's name, in PromQL with the adapter's placeholders
 * @param series by the metric's name: those of a gateway that it is made of
 */
record AdapterRules(Map<String, String> queries, Map<String, Set<String>> series) {
    static final Path FILE = Path.of("docker/kubernetes/prometheus-adapter.yaml");
    private static final Pattern SERIES = Pattern.compile("\\bpassgate_[a-z_]+\\b");

    static AdapterRules read(Path file) throws IOException {
        Map<String, String> queries = new TreeMap<>();
        Map<String, Set<String>> series = new TreeMap<>();
        for (JsonNode rule : new YAMLMapper().readTree(Files.readAllBytes(file)).at("/rules/custom")) {
            String name = rule.at("/name/as").asText();
            String query = rule.path("metricsQuery").asText();
            var _ = queries.put(name, query);
            var _ = series.put(
                    name,
                    SERIES.matcher(rule.path("seriesQuery").asText() + " " + query)
                            .results()
                            .map(MatchResult::group)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return new AdapterRules(queries, series);
    }
}

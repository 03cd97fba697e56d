package io.passgate.runbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus's rules as a script for browsers: each alarm with its conditions in parts, so that the page knows no language
 * of queries. A rule in another form than those that are in use stops the build.
 */
final class AlarmRules {
    private static final String CHAPTER = "src/site/markdown/operations.md";
    private static final Pattern SUM = Pattern.compile("sum(?: by \\(instance\\))? ?\\((.*)\\)( [<>=]+ \\S+)");
    private static final Pattern CONDITION = Pattern.compile("(.+) (>|<|==) (-?[0-9]+(?:\\.[0-9]+)?)", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("(abs|rate|increase)\\((.+)\\)");
    private static final Pattern SERIES =
            Pattern.compile("([a-z_]+)(?:\\{([a-z_]+)=\"([^\"]*)\"})?(?:\\[([0-9]+[smh])])?");
    private static final Pattern TIME = Pattern.compile("([0-9]+)([smh])");

    private AlarmRules() {}

    /** The script, of the YAML of the rules. */
    static String script(String yaml) throws JsonProcessingException {
        JsonMapper json = new JsonMapper();
        ArrayNode alarms = json.createArrayNode();
        for (JsonNode group : new YAMLMapper().readTree(yaml).path("groups")) {
            group.path("rules").forEach(rule -> describe(rule, alarms.addObject()));
        }
        return "// Made of Prometheus's rules when the gateway was built.\n\nexport const ALARMS = "
                + json.writerWithDefaultPrettyPrinter().writeValueAsString(alarms) + ";\n";
    }

    private static void describe(JsonNode rule, ObjectNode alarm) {
        String expression = rule.path("expr").asText();
        String[] runbook = rule.path("annotations").path("runbook_url").asText().split("#", 2);
        if (!runbook[0].equals(CHAPTER) || runbook.length != 2) {
            throw new IllegalArgumentException("an alarm leads to no heading of the chapter: " + rule);
        }
        var _ = alarm.put("name", rule.path("alert").asText())
                .put("severity", rule.path("labels").path("severity").asText())
                .put("summary", rule.path("annotations").path("summary").asText())
                .put("heading", runbook[1])
                .put("expression", expression)
                .put("forSeconds", seconds(rule.path("for").asText()));
        ArrayNode conditions = alarm.putArray("conditions");
        for (String condition : expression.split(" and ", -1)) {
            describe(condition, conditions.addObject());
        }
    }

    private static void describe(String condition, ObjectNode parts) {
        Matcher sum = SUM.matcher(condition);
        boolean isSum = sum.matches();
        Matcher comparison = matched(CONDITION, isSum ? sum.group(1) + sum.group(2) : condition);
        Matcher call = CALL.matcher(comparison.group(1));
        boolean isCall = call.matches();
        Matcher series = matched(SERIES, isCall ? call.group(2) : comparison.group(1));
        String function = isCall ? call.group(1) : "value";
        boolean isOverTime = function.equals("rate") || function.equals("increase");
        double threshold = Double.parseDouble(comparison.group(3));
        if (isOverTime != (series.group(4) != null) || isSum && !isOverTime) {
            throw new IllegalArgumentException("not in a form that the page knows: " + condition);
        }
        if (isOverTime && !isSum && (threshold != 0 || !comparison.group(2).equals(">"))) {
            throw new IllegalArgumentException("the page knows the sum of what grows: " + condition);
        }
        var _ = parts.put("function", function).put("metric", series.group(1));
        ObjectNode labels = parts.putObject("labels");
        if (series.group(2) != null) {
            var _ = labels.put(series.group(2), series.group(3));
        }
        var _ = parts.put("windowSeconds", isOverTime ? seconds(series.group(4)) : 0)
                .put("operator", comparison.group(2))
                .put("threshold", threshold);
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not in a form that the page knows: " + text);
        }
        return matcher;
    }

    private static long seconds(String time) {
        Matcher parts = matched(TIME, time);
        long count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "h" -> Duration.ofHours(count).toSeconds();
            case "m" -> Duration.ofMinutes(count).toSeconds();
            default -> count;
        };
    }
}

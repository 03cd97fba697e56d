package io.passgate.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The alarms of the page of operations are Prometheus's, with the same numbers, and each leads to its heading. */
final class AlarmRulesTest {
    private static final Path RULES = Path.of("docker/prometheus/alerts.yml");
    private static final Path BUILT = Path.of("target/classes/web/operations");
    private static final Path TEXTS = Path.of("src/main/resources/web/operations/texts.js");
    private static final String RULE = """
            groups:
            - rules:
              - alert: Some
                expr: '%s'
                for: 2m
                labels: {severity: page}
                annotations: {summary: A summary, runbook_url: "src/site/markdown/operations.md#some"}
            """;

    private static JsonNode alarms(String script) throws JsonProcessingException {
        String start = "export const ALARMS = ";
        return new JsonMapper()
                .readTree(script.substring(script.indexOf(start) + start.length(), script.lastIndexOf(';')));
    }

    private static JsonNode built() throws IOException {
        return alarms(Files.readString(BUILT.resolve("alarm-rules.js")));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void eachRule_isAnAlarm_withTheSameNumbersAndMetrics() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        new YAMLMapper()
                .readTree(Files.readAllBytes(RULES))
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        JsonNode alarms = built();
        assertThat(alarms).hasSameSizeAs(rules).hasSizeGreaterThan(15);
        for (int i = 0; i < rules.size(); i++) {
            JsonNode alarm = alarms.path(i);
            String expression = rules.get(i).path("expr").asText();
            String name = rules.get(i).path("alert").asText();
            assertThat(alarm.path("name").asText()).isEqualTo(name);
            assertThat(alarm.path("severity"))
                    .isEqualTo(rules.get(i).path("labels").path("severity"));
            assertThat(alarm.path("expression").asText()).isEqualTo(expression);
            assertThat(alarm.path("conditions").findValuesAsText("metric"))
                    .as(name)
                    .isEqualTo(found("passgate_[a-z_]+|^up\\b", expression));
            assertThat(alarm.path("conditions")
                            .valueStream()
                            .map(condition -> condition.path("threshold").doubleValue()))
                    .as(name)
                    .containsExactlyElementsOf(found("(?<=[<>=] )[0-9.]+", expression).stream()
                            .map(Double::valueOf)
                            .toList());
            assertThat(alarm.path("conditions").findValuesAsText("operator"))
                    .as(name)
                    .isEqualTo(found("[<>=]+(?= [0-9])", expression));
        }
    }

    @Test
    void eachAlarm_leadsToAHeadingOfTheServedChapter() throws IOException {
        List<String> headings = found("(?<=<h[1-6] id=\")[^\"]+", Files.readString(BUILT.resolve("chapter.html")));
        assertThat(headings).hasSizeGreaterThan(30).doesNotHaveDuplicates();
        assertThat(built().findValuesAsText("heading")).doesNotHaveDuplicates().isSubsetOf(headings);
        assertThat(headings).contains("when-something-is-down");
    }

    @Test
    void eachAlarm_hasItsNameInKorean() throws IOException {
        assertThat(found("(?m)(?<=^  )Passgate[A-Za-z]+(?=: ')", Files.readString(TEXTS)))
                .containsExactlyInAnyOrderElementsOf(built().findValuesAsText("name"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "passgate_a > 2; value passgate_a {} 0 > 2.0",
                "passgate_a == 0; value passgate_a {} 0 == 0.0",
                "abs(passgate_a) > 5; abs passgate_a {} 0 > 5.0",
                "passgate_a < 0.9; value passgate_a {} 0 < 0.9",
                "increase(passgate_a_total[5m]) > 0; increase passgate_a_total {} 300 > 0.0",
                "sum(rate(passgate_a_total{b=\"c d\"}[1m])) > 1; rate passgate_a_total {\"b\":\"c d\"} 60 > 1.0",
                "sum by (instance) (rate(passgate_a[30s])) > 0; rate passgate_a {} 30 > 0.0",
            })
    void aCondition_isTakenApart(String expression, String parts) throws JsonProcessingException {
        JsonNode alarm = alarms(AlarmRules.script(RULE.formatted(expression))).path(0);
        JsonNode condition = alarm.path("conditions").path(0);
        assertThat(String.join(
                        " ",
                        condition.path("function").asText(),
                        condition.path("metric").asText(),
                        condition.path("labels").toString(),
                        condition.path("windowSeconds").asText(),
                        condition.path("operator").asText(),
                        condition.path("threshold").asText()))
                .isEqualTo(parts);
        assertThat(alarm.path("forSeconds").intValue()).isEqualTo(120);
        assertThat(alarm.path("heading").asText()).isEqualTo("some");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passgate_a",
                "passgate_a > passgate_b",
                "passgate_a > 1 or passgate_b > 1",
                "passgate_a != 1",
                "rate(passgate_a_total) > 0",
                "rate(passgate_a_total[1m]) > 1",
                "passgate_a[1m] > 1",
                "sum(passgate_a) > 1",
                "max(rate(passgate_a[1m])) > 1",
                "passgate_a{b=~\"c\"} > 1",
                "passgate_a{b=\"c\",d=\"e\"} > 1",
            })
    void aRuleInAnotherForm_stopsTheBuild(String expression) {
        assertThatThrownBy(() -> AlarmRules.script(RULE.formatted(expression)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the page knows");
    }

    @Test
    void aRuleThatLeadsElsewhere_stopsTheBuild() {
        String elsewhere = RULE.formatted("passgate_a > 1").replace("operations.md#some", "operations.md");
        assertThatThrownBy(() -> AlarmRules.script(elsewhere)).hasMessageContaining("leads to no heading");
    }
}

package io.passgate.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.passgate.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the prometheus-adapter would ask, played by Prometheus's own tool on the series of a busy pod and an idle one. */
final class AdapterRulesTest {
    private static final String BUSY = "{pod=\"passgate-doors-0\"}";
    private static final String IDLE = "{pod=\"passgate-doors-1\"}";

    @TempDir
    private Path folder = Path.of("");

    private static String query(String name) throws IOException {
        return AdapterRules.read(AdapterRules.FILE)
                .queries()
                .get(name)
                .replace("<<.LabelMatchers>>", "namespace=\"passgate\",pod=~\"passgate-doors-0|passgate-doors-1\"")
                .replace("<<.GroupBy>>", "pod");
    }

    private static Map<String, String> series(String name, int pod, String values) {
        return Map.of("series", name + "{namespace=\"passgate\",pod=\"passgate-doors-" + pod + "\"}", "values", values);
    }

    /** What promtool says of a query on series of one value each 15 s, five minutes later. */
    private String played(String query, List<Map<String, String>> series, Map<String, Double> expected)
            throws IOException, InterruptedException {
        Map<String, Object> play = Map.of(
                "tests",
                List.of(Map.of(
                        "interval",
                        "15s",
                        "input_series",
                        series,
                        "promql_expr_test",
                        List.of(Map.of(
                                "expr",
                                query,
                                "eval_time",
                                "5m",
                                "exp_samples",
                                expected.entrySet().stream()
                                        .map(one -> Map.of("labels", one.getKey(), "value", one.getValue()))
                                        .toList())))));
        Path file = Files.writeString(folder.resolve("play.yml"), new YAMLMapper().writeValueAsString(play));
        Process process = new ProcessBuilder(Tools.command("promtool"), "test", "rules", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said + " (status " + process.waitFor() + ")";
    }

    @Test
    @Tools.Needed("promtool")
    void theWait_isThatOfTheLastMinutesBatches_andNothingWhereThereWereNone() throws IOException, InterruptedException {
        List<Map<String, String>> series = List.of(
                series("passgate_queue_wait_seconds_sum", 0, "0+0.5x40"),
                series("passgate_queue_wait_seconds_count", 0, "0+25x40"),
                series("passgate_queue_wait_seconds_sum", 1, "7x40"),
                series("passgate_queue_wait_seconds_count", 1, "900x40"));
        String query = query("passgate_queue_wait_seconds");
        assertThat(played(query, series, Map.of(BUSY, 0.02, IDLE, 0.0))).contains("SUCCESS");
        assertThat(played(query, series, Map.of(BUSY, 0.03, IDLE, 0.0))).contains("FAILED");
    }

    @Test
    @Tools.Needed("promtool")
    void theQueue_isTheMeanOfTheLastMinute() throws IOException, InterruptedException {
        List<Map<String, String>> series = List.of(
                series("passgate_issuing_queue_depth", 0, "0x15 60 40 80 40 80"),
                series("passgate_issuing_queue_depth", 1, "0x40"));
        String query = query("passgate_issuing_queue_depth");
        assertThat(played(query, series, Map.of(BUSY, 60.0, IDLE, 0.0))).contains("SUCCESS");
    }
}

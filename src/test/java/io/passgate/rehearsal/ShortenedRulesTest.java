package io.passgate.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ShortenedRulesTest {
    private static final Duration TWO_SCRAPES = Duration.ofSeconds(2);

    private static String shortened(String rules, double factor) {
        return ShortenedRules.of(rules, factor, TWO_SCRAPES);
    }

    @Test
    void waitsAndRanges_areShorterByTheFactor_andAtLeastTwoScrapes() {
        assertThat(shortened("""
                - alert: PassgateShedding
                  expr: 'sum(rate(passgate_http_requests_seconds_count{status="503"}[1m])) > 1'
                  for: 1m
                - alert: PassgateFaults
                  expr: 'increase(passgate_faults_total[5m]) > 0'
                  for: 0m
                - alert: PassgateSignerExpires
                  expr: 'passgate_signers_expiry_days < 14'
                  for: 1h
                """, 60)).isEqualTo("""
                - alert: PassgateShedding
                  expr: 'sum(rate(passgate_http_requests_seconds_count{status="503"}[2000ms])) > 1'
                  for: 1000ms
                - alert: PassgateFaults
                  expr: 'increase(passgate_faults_total[5000ms]) > 0'
                  for: 0ms
                - alert: PassgateSignerExpires
                  expr: 'passgate_signers_expiry_days < 14'
                  for: 60000ms
                """);
    }

    @Test
    void ofTheRulesThatAreShipped_everyWaitAndRangeIsFound() throws IOException {
        String shipped = Files.readString(Path.of("docker/prometheus/alerts.yml"));
        String shortened = shortened(shipped, 10);
        assertThat(shortened.lines().filter(line -> line.strip().startsWith("for: ")))
                .hasSize((int) shipped.lines()
                        .filter(line -> line.strip().startsWith("for: "))
                        .count())
                .allMatch(line -> line.endsWith("ms"));
        assertThat(shortened).doesNotContainPattern("\\[\\d+[smh]]");
    }

    @Test
    void nothingIsMadeLonger() {
        assertThatThrownBy(() -> shortened("", 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shortened("", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}

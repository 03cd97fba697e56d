package io.passgate.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** A line is one JSON object, whatever it says. */
final class JsonLinesTest {
    private static JsonNode line(Level level, String message, Object... parameters) throws JsonProcessingException {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("io.passgate.app.Gateway");
        record.setInstant(Instant.parse("2021-12-13T03:00:00.123456789Z"));
        record.setLongThreadID(7);
        record.setParameters(parameters);
        String line = new JsonLines().format(record);
        assertThat(line).endsWith("}\n");
        assertThat(line.lines()).hasSize(1);
        return new ObjectMapper().readTree(line);
    }

    @Test
    void aLine_hasTimeLevelLoggerThreadAndMessage() throws JsonProcessingException {
        assertThat(line(Level.WARNING, "the port {0} is \"taken\"\n{1}", "8080", "\u0007\ud800"))
                .hasToString("{\"timestamp\":\"2021-12-13T03:00:00.123Z\",\"level\":\"WARN\","
                        + "\"logger\":\"io.passgate.app.Gateway\",\"thread\":7,"
                        + "\"message\":\"the port 8080 is \\\"taken\\\"\\n\\u0007\ud800\"}");
        assertThat(line(Level.INFO, "up").path("timestamp").asText()).isEqualTo("2021-12-13T03:00:00.123Z");
    }

    @Test
    void aRequestsLine_hasItsIdBesideTheMessage() throws JsonProcessingException {
        JsonNode line = line(Level.SEVERE, "request {0}: a request to {1} failed: {2}", "a-1", "/v1/x", "here");
        assertThat(line.path("requestId").asText()).isEqualTo("a-1");
        assertThat(line.path("message").asText()).isEqualTo("a request to /v1/x failed: here");
        assertThat(line(Level.INFO, "request {0}: nothing more").has("requestId"))
                .isFalse();
        assertThat(line(Level.INFO, "a request", "a-1").has("requestId")).isFalse();
    }

    @Test
    void levels_areThoseOfOtherLoggers() throws JsonProcessingException {
        assertThat(line(Level.SEVERE, "x").path("level").asText()).isEqualTo("ERROR");
        assertThat(line(Level.INFO, "x").path("level").asText()).isEqualTo("INFO");
        assertThat(line(Level.CONFIG, "x").path("level").asText()).isEqualTo("DEBUG");
        assertThat(line(Level.FINE, "x").path("level").asText()).isEqualTo("DEBUG");
    }
}

package io.passgate.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A log line as a JSON object: {@code timestamp} (UTC, milliseconds), {@code level} ({@code ERROR}, {@code WARN},
 * {@code INFO}, {@code DEBUG}), {@code logger}, {@code thread} (its number in the process), {@code message}, and
 * {@code requestId} where the line belongs to a request. It holds what the line of text holds and no more. Any thread.
 */
public final class JsonLines extends Formatter {
    /** How the line of a request begins, its id being the first parameter. */
    private static final String OF_A_REQUEST = "request {0}: ";

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    JsonLines() {}

    /** Has all handlers that are configured by now write such lines. */
    public static void use() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new JsonLines());
        }
    }

    @Override
    public String format(LogRecord record) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("timestamp", MILLISECONDS.format(truncated(record.getInstant())));
            json.writeStringField("level", level(record.getLevel()));
            json.writeStringField("logger", String.valueOf(record.getLoggerName()));
            json.writeNumberField("thread", record.getLongThreadID());
            String message = formatMessage(record);
            if (isOfARequest(record)) {
                String id = String.valueOf(record.getParameters()[0]);
                json.writeStringField("requestId", id);
                message = message.substring(OF_A_REQUEST.length() - "{0}".length() + id.length());
            }
            json.writeStringField("message", message);
            json.writeEndObject();
        } catch (IOException neverOfAString) {
            throw new UncheckedIOException(neverOfAString);
        }
        return line.append('\n').toString();
    }

    private static Instant truncated(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    private static boolean isOfARequest(LogRecord record) {
        Object[] parameters = record.getParameters();
        return record.getMessage() != null
                && record.getMessage().startsWith(OF_A_REQUEST)
                && parameters != null
                && parameters.length > 0;
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}

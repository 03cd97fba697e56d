package io.passgate.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.passgate.model.Checked;
import io.passgate.model.Finding;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Writes verdicts as the answer to {@code POST /v1/verifications}. */
final class VerdictJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int BYTES_PER_RESULT = 112;

    private VerdictJson() {}

    static Buffer write(List<Checked> results) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + BYTES_PER_RESULT * results.size());
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("results");
            for (int i = 0; i < results.size(); i++) {
                write(json, results.get(i));
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Buffer.buffer(out.toByteArray());
    }

    private static void write(JsonGenerator json, Checked checked) throws IOException {
        json.writeStartObject();
        switch (checked.verdict()) {
            case Verdict.Accepted(long validUntilEpochSecond) -> {
                json.writeStringField("verdict", "accepted");
                json.writeStringField("validUntil", instant(validUntilEpochSecond));
                if (checked.finding() instanceof Finding.Met(var rule, var unused)) {
                    json.writeStringField("rule", rule);
                }
            }
            case Verdict.Refused(Reason reason) -> {
                json.writeStringField("verdict", "refused");
                json.writeStringField("reason", reason.code());
            }
            case Verdict.Indeterminate(Reason reason) -> {
                json.writeStringField("verdict", "indeterminate");
                json.writeStringField("reason", reason.code());
            }
        }
        if (checked.format().isPresent()) {
            json.writeStringField("format", checked.format().get().code());
        }
        json.writeEndObject();
    }

    private static String instant(long epochSecond) {
        return Instant.ofEpochSecond(epochSecond).toString();
    }
}

package io.passgate.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.model.FormatId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class JsonBytesTest {
    private static String utc(String instant) {
        JsonBytes json = new JsonBytes(0);
        json.appendUtc(Instant.parse(instant).getEpochSecond());
        return json.toBuffer().toString(StandardCharsets.US_ASCII);
    }

    @Test
    void anInstant_isWrittenAsRfc3339HasIt_andBeyondThatAsJavaHasIt() {
        assertThat(utc("2022-07-12T00:00:00Z")).isEqualTo("2022-07-12T00:00:00Z");
        assertThat(utc("1970-01-01T00:00:00Z")).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(utc("1969-12-31T23:59:59Z")).isEqualTo("1969-12-31T23:59:59Z");
        assertThat(utc("9999-12-31T23:59:59Z")).isEqualTo("9999-12-31T23:59:59Z");
        assertThat(utc("+10000-01-01T00:00:00Z")).isEqualTo("+10000-01-01T00:00:00Z");
        assertThat(utc("-0001-12-31T23:59:59Z")).isEqualTo("-0001-12-31T23:59:59Z");
    }

    @Test
    void aMinuteThatIsFull_keepsItsSeconds() {
        long noon = TimeUnit.DAYS.toSeconds(20_000) + TimeUnit.HOURS.toSeconds(12);
        JsonBytes json = new JsonBytes(0);
        json.appendUtc(noon);
        json.append((byte) ' ');
        json.appendUtc(noon + 60);
        assertThat(json.toBuffer().toString(StandardCharsets.US_ASCII))
                .isEqualTo("2024-10-04T12:00:00Z 2024-10-04T12:01:00Z");
    }

    @Test
    void anObject_isReadAsWhatWasWritten() {
        JsonObject object = new JsonObject()
                .put("text", "quote \" backslash \\ line\n é 日本")
                .put("numbers", new JsonArray().add(1).add(Long.MAX_VALUE).add(-1))
                .put("truth", true)
                .put("empty", new JsonObject().put("array", new JsonArray()).put("object", new JsonObject()));
        JsonBytes json = new JsonBytes(1);
        json.append(object);
        assertThat(new JsonObject(json.toBuffer())).isEqualTo(object);
    }

    @Test
    void aValueThatIsNoneOfOurs_isRefused() {
        JsonBytes json = new JsonBytes(1);
        assertThatThrownBy(() -> json.append(new JsonObject().put("half", 0.5)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFormat_isAMemberBehindOthers() {
        JsonBytes json = new JsonBytes(0);
        json.append(FormatId.of("eu-dcc"));
        assertThat(json.toBuffer().toString(StandardCharsets.US_ASCII)).isEqualTo(",\"format\":\"eu-dcc\"");
    }
}

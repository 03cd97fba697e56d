package io.passgate.http;

import io.passgate.http.connection.Refusal;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** The answers to requests that no route sees, as they are sent: each ends its connection. */
final class RefusalAnswers {
    private final Map<Refusal, byte[]> answers = new EnumMap<>(Refusal.class);

    RefusalAnswers() {
        for (Refusal refusal : Refusal.values()) {
            answers.put(refusal, render(type(refusal)));
        }
    }

    private static ProblemType type(Refusal refusal) {
        return switch (refusal) {
            case AMBIGUOUS -> ProblemType.AMBIGUOUS_REQUEST;
            case TOO_SLOW -> ProblemType.REQUEST_TOO_SLOW;
            case URI_TOO_LONG -> ProblemType.URI_TOO_LONG;
            case FIELDS_TOO_LONG -> ProblemType.FIELDS_TOO_LONG;
        };
    }

    /** The whole answer, head and body. */
    byte[] of(Refusal refusal) {
        return answers.getOrDefault(refusal, new byte[0]).clone();
    }

    private static byte[] render(ProblemType type) {
        String body = new JsonObject()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status())
                .encode();
        String head = String.join(
                "\r\n",
                "HTTP/1.1 " + type.status() + " " + type.reasonPhrase(),
                "content-type: " + Problem.MEDIA_TYPE,
                "content-length: " + body.length(),
                "cache-control: no-store",
                "x-content-type-options: nosniff",
                "connection: close",
                "",
                "");
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}

package io.passgate.http.response;

import io.passgate.http.connection.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** The answers to requests that no route sees, as they are sent: each ends its connection. One event loop. */
public final class RefusalAnswers {
    /** Where the request's id goes; it has the length of one. */
    private static final String ID = "x".repeat(RequestIds.MADE_CHARS);

    private final Map<Refusal, String> answers = new EnumMap<>(Refusal.class);
    private final RequestIds ids;

    /**
     * The answers of one event loop, written beforehand.
     *
     * @param ids give each answer an id of its own
     * @param isTls whether the port speaks TLS, which the answers then tell clients to insist on
     * @param more lines of headers that each of them has, such as {@link CrossOrigin#ofRefusal}, each with its end
     */
    public RefusalAnswers(RequestIds ids, boolean isTls, String more) {
        this.ids = ids;
        for (Refusal refusal : Refusal.values()) {
            answers.put(refusal, render(type(refusal), isTls, more));
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

    /**
     * {@return the whole answer in HTTP/1.1, head and body, in ASCII and with an id of its own}
     *
     * @param refusal what is wrong with the request
     */
    public byte[] of(Refusal refusal) {
        return answers.getOrDefault(refusal, "").replace(ID, ids.made()).getBytes(StandardCharsets.US_ASCII);
    }

    private static String render(ProblemType type, boolean isTls, String more) {
        String body = Problem.of(type).body(ID).encode();
        return String.join(
                "\r\n",
                "HTTP/1.1 " + type.status() + " " + type.reasonPhrase(),
                "content-type: " + Problem.MEDIA_TYPE,
                "content-length: " + body.length(),
                ResponseHeaders.ofRefusal(ID, isTls) + more + "connection: close",
                "",
                body);
    }
}

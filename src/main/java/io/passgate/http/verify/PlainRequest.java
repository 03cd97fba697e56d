package io.passgate.http.verify;

import io.passgate.codec.JsonCursor;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies that clients really send: the members as they should be, and every text in ASCII without escapes.
 * Payloads stay where they lie. It says nothing of any other body, which {@link VerifyRequest.Parser} reads.
 */
final class PlainRequest {
    private static final byte[] PAYLOADS = "payloads".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POLICY = "policy".getBytes(StandardCharsets.US_ASCII);

    private final byte[] body;
    private final int maxPayloads;
    private final JsonCursor json;

    private PlainRequest(byte[] body, int maxPayloads) {
        this.body = body;
        this.maxPayloads = maxPayloads;
        this.json = new JsonCursor(body);
    }

    /** The request, or empty if the body is broken, over a limit, or merely not plain. */
    static Optional<VerifyRequest.Wanted> parse(byte[] body, int maxPayloads) {
        return Optional.ofNullable(new PlainRequest(body, maxPayloads).read());
    }

    private VerifyRequest.@Nullable Wanted read() {
        List<Slice> payloads = List.of();
        Optional<String> policy = Optional.empty();
        if (!json.passes('{')) {
            return null;
        }
        do {
            if (!json.passesText()) {
                return null;
            }
            boolean isPayloads = json.isText(PAYLOADS);
            boolean isPolicy = json.isText(POLICY);
            if (!json.passes(':')) {
                return null;
            }
            if (isPayloads && payloads.isEmpty()) {
                payloads = readPayloads();
                if (payloads.isEmpty()) {
                    return null;
                }
            } else if (isPolicy && policy.isEmpty()) {
                if (!json.passesText() || json.textLength() > VerifyRequest.Parser.MAX_POLICY_CHARS) {
                    return null;
                }
                policy = Optional.of(json.text());
            } else {
                return null;
            }
        } while (json.passes(','));
        boolean isWhole = json.passes('}') && json.isAtEnd() && !payloads.isEmpty();
        return isWhole ? new VerifyRequest.Wanted(payloads, policy) : null;
    }

    /** An array of at least one text; empty if it is anything else. */
    private List<Slice> readPayloads() {
        if (!json.passes('[')) {
            return List.of();
        }
        List<Slice> payloads = new ArrayList<>();
        do {
            if (payloads.size() == maxPayloads || !json.passesText()) {
                return List.of();
            }
            payloads.add(Slice.of(body, json.textStart(), json.textLength()));
        } while (json.passes(','));
        return json.passes(']') ? payloads : List.of();
    }
}

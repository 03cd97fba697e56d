package io.passgate.http.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.passgate.http.json.NonRetainingJson;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.server.JsonBody;
import io.passgate.model.Blanks;
import io.passgate.model.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/verifications}, or what is wrong with it. */
public sealed interface VerifyRequest {

    /**
     * Something to judge.
     *
     * @param payloads at least one, in the order of the request
     * @param policy the name or id of the policy to judge by; empty where the request names none
     */
    record Wanted(List<Slice> payloads, Optional<String> policy) implements VerifyRequest {}

    /**
     * Nothing was done.
     *
     * @param problem what is wrong, for the client
     */
    record Invalid(Problem problem) implements VerifyRequest {}

    /**
     * Reads a body of the shape <code>{"payloads": ["HC1:A", "HC1:B"], "policy": "kr"}</code>.
     *
     * @param body which belongs to the request from now on: the payloads may be stretches of it
     * @param maxPayloads how many there may be
     * @return what is asked for, or what is wrong
     */
    static VerifyRequest parse(byte[] body, int maxPayloads) {
        Optional<Wanted> plain = PlainRequest.parse(body, maxPayloads);
        return plain.isPresent() ? plain.get() : parseAny(body, maxPayloads);
    }

    /**
     * The same for whatever JSON allows, and the one that says what is wrong.
     *
     * @param body which belongs to the request from now on
     * @param maxPayloads how many there may be
     * @return what is asked for, or what is wrong
     */
    static VerifyRequest parseAny(byte[] body, int maxPayloads) {
        return new Parser(body, maxPayloads).parse();
    }

    /** One pass over one body. Payloads go into one array of the body's size at most, without becoming Strings. */
    final class Parser {
        private static final JsonFactory JSON = NonRetainingJson.factory()
                .streamReadConstraints(NonRetainingJson.constraints().build())
                .build();

        static final int MAX_POLICY_CHARS = 64;

        private final byte[] body;
        private final int maxPayloads;
        private final byte[] characters;
        private int used;
        private @Nullable List<Slice> payloads;
        private @Nullable String policy;

        private Parser(byte[] body, int maxPayloads) {
            this.body = body;
            this.maxPayloads = maxPayloads;
            this.characters = new byte[body.length];
        }

        private VerifyRequest parse() {
            try (JsonParser json = JSON.createParser(NonRetainingJson.characters(body))) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    return malformed("The body is not a JSON object.");
                }
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    Optional<VerifyRequest> wrong = readMember(json, json.currentName());
                    if (wrong.isPresent()) {
                        return wrong.get();
                    }
                }
                if (json.nextToken() != null) {
                    return malformed("There is more after the JSON object.");
                }
            } catch (IOException broken) {
                return malformed("The body is not well-formed JSON.");
            }
            if (payloads == null || payloads.isEmpty()) {
                return malformed("\"payloads\" has no entry.");
            }
            return new Wanted(payloads, Optional.ofNullable(policy));
        }

        private Optional<VerifyRequest> readMember(JsonParser json, String name) throws IOException {
            JsonToken value = json.nextToken();
            return switch (name) {
                case "payloads" ->
                    payloads != null || value != JsonToken.START_ARRAY
                            ? Optional.of(malformed("\"payloads\" is not one array of texts."))
                            : readPayloads(json);
                case "policy" -> readPolicy(json, value);
                default -> Optional.of(malformed("There is a member other than \"payloads\" and \"policy\"."));
            };
        }

        private Optional<VerifyRequest> readPolicy(JsonParser json, JsonToken value) throws IOException {
            if (policy != null || value != JsonToken.VALUE_STRING || json.getTextLength() > MAX_POLICY_CHARS) {
                return Optional.of(malformed("\"policy\" is not one name."));
            }
            policy = json.getText();
            return JsonBody.isOfCharacters(policy)
                    ? Optional.empty()
                    : Optional.of(malformed("\"policy\" is not one name."));
        }

        private Optional<VerifyRequest> readPayloads(JsonParser json) throws IOException {
            List<Slice> found = new ArrayList<>();
            payloads = found;
            for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                if (next != JsonToken.VALUE_STRING) {
                    return Optional.of(malformed("\"payloads\" is not one array of texts."));
                }
                if (found.size() == maxPayloads) {
                    return Optional.of(new Invalid(new Problem(
                            ProblemType.TOO_MANY_PAYLOADS, "\"payloads\" has more than " + maxPayloads + " entries.")));
                }
                found.add(copy(json.getTextCharacters(), json.getTextOffset(), json.getTextLength()));
            }
            return Optional.empty();
        }

        /** A character outside ASCII becomes a byte that no format allows, or a blank that is taken off at an end. */
        private Slice copy(char[] text, int offset, int length) {
            int start = used;
            for (int i = offset; i < offset + length; i++) {
                characters[used++] = Blanks.toAscii(text[i]);
            }
            return Slice.of(characters, start, length);
        }

        private static VerifyRequest malformed(String detail) {
            return new Invalid(new Problem(ProblemType.MALFORMED_REQUEST, detail));
        }
    }
}

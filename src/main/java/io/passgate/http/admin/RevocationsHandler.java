package io.passgate.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.passgate.http.server.JsonBody;
import io.passgate.model.Kid;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationKey;
import io.passgate.revocation.RevocationKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/revocations} and {@code DELETE /v1/revocations/{id}}. */
public final class RevocationsHandler {
    private static final int MAX_ENTRIES = 1_000;
    private static final Set<String> MEMBERS = Set.of("kind", "hash", "kid", "expiresAt");

    private final AdminCalls adminCalls;

    /**
     * The routes of one event loop.
     *
     * @param adminCalls carries the changes out
     */
    public RevocationsHandler(AdminCalls adminCalls) {
        this.adminCalls = adminCalls;
    }

    /**
     * Adds all entries of the body and answers 201 with their ids, in order; where one is wrong, adds none.
     *
     * @param context of {@code POST}, whose body is there
     */
    public void add(RoutingContext context) {
        try {
            List<Revocation> revocations = new ArrayList<>();
            for (JsonNode entry : JsonBody.entries(context, "revocations", MAX_ENTRIES)) {
                revocations.add(parse(entry, "revocations[" + revocations.size() + "]"));
            }
            adminCalls.change(
                    context,
                    authority -> authority.addRevocations(revocations),
                    ids -> Responses.json(context, 201, new JsonObject().put("ids", texts(ids))));
        } catch (JsonBody.Wrong wrong) {
            new Problem(ProblemType.MALFORMED_REQUEST, String.valueOf(wrong.getMessage())).send(context);
        }
    }

    private static JsonArray texts(List<Long> ids) {
        JsonArray texts = new JsonArray();
        ids.forEach(id -> texts.add(Long.toString(id)));
        return texts;
    }

    private static Revocation parse(JsonNode entry, String where) throws JsonBody.Wrong {
        JsonBody.onlyHas(entry, where, MEMBERS);
        RevocationKind kind = RevocationKind.ofCode(JsonBody.required(entry, where, "kind"))
                .orElseThrow(() -> new JsonBody.Wrong(where + ": \"kind\" is none of signature, uci, countrycodeuci."));
        byte[] hash = base64(JsonBody.required(entry, where, "hash"), where, "hash");
        if (hash.length != RevocationHash.BYTES) {
            throw new JsonBody.Wrong(where + ": \"hash\" is not 16 bytes.");
        }
        Optional<String> kidText = JsonBody.text(entry, where, "kid");
        Optional<Kid> kid = Optional.empty();
        if (kidText.isPresent()) {
            kid = Optional.of(kid(base64(kidText.get(), where, "kid"), where));
        }
        Instant expiresAt = expiry(JsonBody.required(entry, where, "expiresAt"), where);
        return new Revocation(new RevocationKey(kind, RevocationHash.of(hash), kid), expiresAt);
    }

    private static Kid kid(byte[] bytes, String where) throws JsonBody.Wrong {
        if (bytes.length < 1 || bytes.length > Kid.MAX_LENGTH) {
            throw new JsonBody.Wrong(where + ": \"kid\" has not 1 to " + Kid.MAX_LENGTH + " bytes.");
        }
        return Kid.of(bytes);
    }

    private static byte[] base64(String text, String where, String member) throws JsonBody.Wrong {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException not) {
            throw new JsonBody.Wrong(where + ": \"" + member + "\" is not Base64.");
        }
    }

    /** Upwards to a whole second. */
    private static Instant expiry(String text, String where) throws JsonBody.Wrong {
        try {
            Instant exact = Instant.parse(text);
            Instant whole = exact.truncatedTo(ChronoUnit.SECONDS);
            Instant expiry = whole.equals(exact) ? whole : whole.plusSeconds(1);
            if (expiry.isAfter(Instant.EPOCH) && !expiry.isAfter(Revocation.LAST_EXPIRY)) {
                return expiry;
            }
        } catch (DateTimeException unreadable) {
            throw new JsonBody.Wrong(where + ": \"expiresAt\" is not an instant in ISO 8601.");
        }
        throw new JsonBody.Wrong(where + ": \"expiresAt\" is not between 1970 and " + Revocation.LAST_EXPIRY + ".");
    }

    /**
     * Takes an entry back and answers 204; 404 where there is none.
     *
     * @param context of {@code DELETE}
     */
    public void remove(RoutingContext context) {
        String id = context.pathParam("id");
        if (!id.matches("[0-9]{1,18}")) {
            Problem.of(ProblemType.NOT_FOUND).send(context);
            return;
        }
        adminCalls.remove(context, authority -> authority.removeRevocation(Long.parseLong(id)));
    }
}

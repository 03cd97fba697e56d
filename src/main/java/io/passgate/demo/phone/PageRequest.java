package io.passgate.demo.phone;

import io.passgate.model.OpaqueId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the page asks for: an object in JSON, and with some of them the phone's proof. */
final class PageRequest {
    private static final int MOST_DAYS = 3_650;

    /** A JWS in compact form (RFC 7515 section 7.1), and no longer than the gateway reads. */
    private static final Pattern PROOF = Pattern.compile("[A-Za-z0-9_.-]{1,2048}");

    private static final int FORBIDDEN = 403;

    private final JsonObject body;
    private final List<String> proofs;

    private PageRequest(JsonObject body, List<String> proofs) {
        this.body = body;
        this.proofs = proofs;
    }

    /** Reads a request whose body is there. */
    static PageRequest of(RoutingContext context) throws PhoneFault {
        Buffer sent = context.body().buffer();
        if (sent != null && decoded(sent) instanceof JsonObject body) {
            return new PageRequest(body, context.request().headers().getAll("dpop"));
        }
        throw PhoneFault.malformed();
    }

    private static @Nullable Object decoded(Buffer sent) throws PhoneFault {
        try {
            return Json.decodeValue(sent);
        } catch (DecodeException noJson) {
            throw PhoneFault.malformed();
        }
    }

    /** A text that has to be there. */
    String text(String name) throws PhoneFault {
        if (body.getValue(name) instanceof String text) {
            return text;
        }
        throw PhoneFault.malformed();
    }

    /** By whom the person is known. */
    OpaqueId person() throws PhoneFault {
        return OpaqueId.ofText(text("person")).orElseThrow(PhoneFault::personUnknown);
    }

    /** A number of days before today; empty where there is none. */
    Optional<Integer> daysAgo(String name) throws PhoneFault {
        Object value = body.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Integer days && days >= 0 && days <= MOST_DAYS) {
            return Optional.of(days);
        }
        throw PhoneFault.malformed();
    }

    /** The phone's proof. Every provider here insists on one, also where the gateway would do without. */
    String proof() throws PhoneFault {
        if (proofs.isEmpty()) {
            throw PhoneFault.refused(FORBIDDEN, "proof-missing");
        }
        if (proofs.size() > 1 || !PROOF.matcher(proofs.getFirst()).matches()) {
            throw PhoneFault.refused(FORBIDDEN, "proof-invalid");
        }
        return proofs.getFirst();
    }
}

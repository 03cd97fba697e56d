package io.passgate.http.issuing;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.passgate.http.server.JsonBody;
import io.passgate.issuance.ConsentScope;
import io.passgate.model.OpaqueId;
import io.passgate.registry.Holder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/consents} and {@code DELETE /v1/consents/{id}}: what a holder lets a provider show. */
public final class ConsentsHandler {
    /** The year of the first cases. */
    private static final Instant FIRST = Instant.parse("2019-01-01T00:00:00Z");

    private static final Set<String> MEMBERS = Set.of("holder", "scope", "at");
    private static final int MAX_AHEAD_SECONDS = 60;

    private final Applications applications;
    private final InstantSource clock;

    /**
     * The routes of one event loop.
     *
     * @param applications carries requests to the issuing side
     * @param clock when a consent was given that does not say so itself
     */
    public ConsentsHandler(Applications applications, InstantSource clock) {
        this.applications = applications;
        this.clock = clock;
    }

    /**
     * Takes a holder's consent and answers with its id: 201 where it is a new one, 200 where the holder had given one.
     *
     * @param context of {@code POST}, whose body is there
     */
    public void give(RoutingContext context) {
        applications.handleOfProvider(context, (side, terms) -> {
            JsonNode body = JsonBody.object(context, MEMBERS);
            Holder holder = RecordsHandler.holder(body, JsonBody.BODY, side.pepper());
            Set<ConsentScope> scope = scope(body.path("scope"));
            Instant at = JsonBody.instant(body, JsonBody.BODY, "at").orElseGet(clock::instant);
            if (at.isBefore(FIRST)) {
                throw new JsonBody.Wrong("The body: \"at\" is before there was anything to consent to.");
            }
            if (at.isAfter(clock.instant().plusSeconds(MAX_AHEAD_SECONDS))) {
                throw new JsonBody.Wrong("The body: \"at\" is in the future.");
            }
            applications.store(
                    context,
                    () -> side.consents().give(terms.name(), holder, scope, at),
                    given -> Responses.json(
                            context,
                            given.isNew() ? 201 : 200,
                            new JsonObject().put("consent", given.id().text()).put("scope", codes(scope))));
        });
    }

    private static Set<ConsentScope> scope(JsonNode wanted) throws JsonBody.Wrong {
        if (wanted.isMissingNode()) {
            return EnumSet.allOf(ConsentScope.class);
        }
        Set<ConsentScope> scope = EnumSet.noneOf(ConsentScope.class);
        if (!wanted.isArray() || wanted.size() > ConsentScope.values().length) {
            throw new JsonBody.Wrong("The body: \"scope\" is not an array of what may be shown.");
        }
        for (JsonNode one : wanted) {
            scope.add(Optional.ofNullable(one.textValue())
                    .flatMap(ConsentScope::ofCode)
                    .orElseThrow(() ->
                            new JsonBody.Wrong("The body: \"scope\" holds something else than vaccination, recovery,"
                                    + " test, exemption, age.")));
        }
        return scope;
    }

    static JsonArray codes(Set<ConsentScope> shown) {
        JsonArray codes = new JsonArray();
        shown.stream().sorted().map(ConsentScope::code).forEach(codes::add);
        return codes;
    }

    /**
     * Withdraws a consent and answers 204; 404 where the provider has none of that id in force.
     *
     * @param context of {@code DELETE}
     */
    public void withdraw(RoutingContext context) {
        applications.handleOfProvider(context, (side, terms) -> {
            Optional<OpaqueId> id = OpaqueId.ofText(context.pathParam("id"));
            if (id.isEmpty()) {
                Problem.of(ProblemType.CONSENT_UNKNOWN).send(context);
                return;
            }
            applications.store(context, () -> side.consents().withdraw(terms.name(), id.get()), withdrawn -> {
                if (withdrawn) {
                    Responses.end(context, 204);
                } else {
                    Problem.of(ProblemType.CONSENT_UNKNOWN).send(context);
                }
            });
        });
    }
}

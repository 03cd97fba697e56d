package io.passgate.http.checkin;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.access.Client;
import io.passgate.checkin.Traces;
import io.passgate.checkin.Traces.Trace;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.passgate.http.server.Authentication;
import io.passgate.http.server.Completions;
import io.passgate.http.server.JsonBody;
import io.passgate.model.OpaqueId;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code POST /v1/traces}: who was at a facility within a time, by ids that only each provider can resolve. */
public final class TracesHandler implements Handler<RoutingContext> {
    private static final Completions.Otherwise UNTRACED =
            new Completions.Otherwise(Problem.of(ProblemType.TRACES_UNAVAILABLE), "nothing was traced");

    private static final Set<String> MEMBERS = Set.of("facility", "from", "until", "case");
    private static final Pattern CASE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./_-]{0,63}");
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Optional<CheckInSide> side;
    private final Completions completions;

    /**
     * The route of one event loop.
     *
     * @param side empty where nothing can be traced through this gateway
     * @param completions by which the visits come back; as patient as {@link Traces#PATIENCE} takes
     */
    public TracesHandler(Optional<CheckInSide> side, Completions completions) {
        this.side = side;
        this.completions = completions;
    }

    @Override
    public void handle(RoutingContext context) {
        if (side.isEmpty()) {
            new Problem(ProblemType.TRACES_UNAVAILABLE, "This gateway stands alone: it has no database.").send(context);
            return;
        }
        try {
            Traces.Question question = question(context);
            Traces traces = side.get().traces();
            completions.await(
                    context, () -> traces.find(question), UNTRACED, trace -> answer(context, question, trace));
        } catch (JsonBody.Wrong wrong) {
            new Problem(ProblemType.MALFORMED_REQUEST, String.valueOf(wrong.getMessage())).send(context);
        }
    }

    private static Traces.Question question(RoutingContext context) throws JsonBody.Wrong {
        String where = JsonBody.BODY;
        JsonNode body = JsonBody.object(context, MEMBERS);
        String caseNumber = JsonBody.required(body, where, "case");
        if (!CASE.matcher(caseNumber).matches()) {
            throw new JsonBody.Wrong("The body: \"case\" is not 1 to 64 letters, digits and . / _ -.");
        }
        Instant from = JsonBody.required(JsonBody.instant(body, where, "from"), where, "from");
        Instant until = JsonBody.required(JsonBody.instant(body, where, "until"), where, "until");
        if (!from.isBefore(until) || Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw new JsonBody.Wrong("The body: \"until\" is not after \"from\" by a day at most.");
        }
        String facility = JsonBody.required(body, where, "facility");
        if (facility.length() > Client.MAX_NAME_LENGTH) {
            throw new JsonBody.Wrong("The body: \"facility\" has more than " + Client.MAX_NAME_LENGTH + " characters.");
        }
        return new Traces.Question(Authentication.client(context).name(), caseNumber, facility, from, until);
    }

    private static void answer(RoutingContext context, Traces.Question question, Trace trace) {
        switch (trace) {
            case Trace.TooMany() ->
                new Problem(
                                ProblemType.TOO_MANY_VISITS,
                                "There are more than " + Traces.MOST + " visits; ask for less time.")
                        .send(context);
            case Trace.Found(var passes, var walletVisits) -> {
                JsonArray providers = new JsonArray();
                passes.forEach((provider, ids) -> {
                    JsonArray texts = new JsonArray();
                    ids.stream().map(OpaqueId::text).forEach(texts::add);
                    providers.add(new JsonObject().put("provider", provider).put("passes", texts));
                });
                Responses.json(
                        context,
                        200,
                        new JsonObject()
                                .put("case", question.caseNumber())
                                .put("facility", question.facility())
                                .put("from", question.from().toString())
                                .put("until", question.until().toString())
                                .put("providers", providers)
                                .put("walletVisits", walletVisits));
            }
        }
    }
}

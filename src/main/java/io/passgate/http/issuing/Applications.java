package io.passgate.http.issuing;

import io.passgate.dpop.ProofProblem;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.server.Authentication;
import io.passgate.http.server.Completions;
import io.passgate.http.server.JsonBody;
import io.passgate.issuance.IssuanceRequest;
import io.passgate.issuance.IssuanceResult;
import io.passgate.issuance.ProviderTerms;
import io.passgate.issuance.RequestKind;
import io.passgate.model.OpaqueId;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Carries what a provider asks for to the issuing side, and tells what became of it where nothing was issued. */
public final class Applications {
    /** RFC 9449 section 4.1. */
    private static final String PROOF = "DPoP";

    private static final Completions.Otherwise UNSURE =
            unavailable("The records are out of reach; ask again, which does nothing twice.", "nothing was kept");

    private static final Completions.Otherwise UNDECIDED =
            unavailable("Nothing was decided in time; ask again, with a fresh proof.", "nothing was decided");

    private final Optional<IssuingSide> side;
    private final InstantSource clock;
    private final Completions completions;

    /**
     * The applications of one event loop.
     *
     * @param side empty where this gateway issues nothing
     * @param clock when a request has arrived
     * @param completions by which it comes back what was decided or kept
     */
    public Applications(Optional<IssuingSide> side, InstantSource clock, Completions completions) {
        this.side = side;
        this.clock = clock;
        this.completions = completions;
    }

    private static Completions.Otherwise unavailable(String detail, String logged) {
        return new Completions.Otherwise(new Problem(ProblemType.ISSUING_UNAVAILABLE, detail), logged);
    }

    /** {@return whether no request would be queued now} */
    public boolean isFull() {
        return side.isPresent() && side.get().issuanceQueue().isFull();
    }

    /** What a route of the issuing side does, once it is known that there is one. */
    interface Route {
        void handle(RoutingContext context, IssuingSide side) throws JsonBody.Wrong;
    }

    /** Runs a route; a wrong body is answered as one. */
    void handle(RoutingContext context, Route route) {
        if (side.isEmpty()) {
            new Problem(ProblemType.ISSUING_UNAVAILABLE, "This gateway issues nothing.").send(context);
            return;
        }
        try {
            route.handle(context, side.get());
        } catch (JsonBody.Wrong wrong) {
            new Problem(ProblemType.MALFORMED_REQUEST, String.valueOf(wrong.getMessage())).send(context);
        }
    }

    /** What a route of providers does. */
    interface ProviderRoute {
        void handle(IssuingSide side, ProviderTerms terms) throws JsonBody.Wrong;
    }

    /** Runs a route of providers; who asks is told by the token alone. */
    void handleOfProvider(RoutingContext context, ProviderRoute route) {
        handle(context, (exchange, issuing) -> {
            ProviderTerms terms =
                    issuing.providers().get(Authentication.client(exchange).name());
            if (terms == null) {
                new Problem(ProblemType.FORBIDDEN, "The token's provider is none of this gateway's.").send(exchange);
            } else {
                route.handle(issuing, terms);
            }
        });
    }

    /** Submits a request; {@code decided} hears on the event loop what was decided in its favour. */
    <R> void submit(
            RoutingContext context,
            IssuingSide issuing,
            ProviderTerms terms,
            Optional<OpaqueId> consent,
            RequestKind<R> kind,
            Consumer<R> decided) {
        IssuanceRequest<R> issuanceRequest = new IssuanceRequest<>(
                terms, consent, context.request().headers().getAll(PROOF), kind, clock.instant());
        completions.<IssuanceResult<R>>ask(
                context,
                completion -> issuing.issuanceQueue().submit(issuanceRequest, completion::complete)
                        ? Optional.empty()
                        : Optional.of(ProblemType.OVERLOADED),
                UNDECIDED,
                issuanceResult -> issuanceResult.tell(decided, refused -> refuse(context, refused)));
    }

    private void refuse(RoutingContext context, IssuanceResult.Refused<?> refused) {
        switch (refused) {
            case IssuanceResult.Denied(var why) -> problem(why).send(context);
            case IssuanceResult.Impossible(var why) -> unavailable(context, ProblemType.ISSUING_UNAVAILABLE, why);
            case IssuanceResult.TooLate() -> unavailable(context, ProblemType.OVERLOADED, "");
        }
    }

    private static Problem problem(IssuanceResult.Denial denial) {
        return switch (denial) {
            case IssuanceResult.Denial.ConsentUnknown() -> Problem.of(ProblemType.CONSENT_UNKNOWN);
            case IssuanceResult.Denial.NothingConsented() -> Problem.of(ProblemType.NOTHING_CONSENTED);
            case IssuanceResult.Denial.NothingToCertify(var withheld) ->
                new Problem(
                        ProblemType.NOTHING_TO_CERTIFY,
                        withheld.stream()
                                .map(one -> one.consentScope().code() + ": "
                                        + one.reason().code())
                                .distinct()
                                .collect(Collectors.joining("; ")));
            case IssuanceResult.Denial.NotProven(var problem) -> new Problem(type(problem), problem.sentence());
        };
    }

    private static ProblemType type(ProofProblem problem) {
        return switch (problem) {
            case PROOF_MISSING -> ProblemType.PROOF_MISSING;
            case PROOF_INVALID -> ProblemType.PROOF_INVALID;
            case PROOF_LATE -> ProblemType.PROOF_LATE;
            case PROOF_REPLAYED -> ProblemType.PROOF_REPLAYED;
            case DEVICE_UNKNOWN -> ProblemType.DEVICE_UNKNOWN;
            case DEVICE_KEY_MISMATCH -> ProblemType.DEVICE_KEY_MISMATCH;
        };
    }

    /** Answers by what a store came to; 503 where it did not take it, or does not say so in time. */
    <T> void store(RoutingContext context, Supplier<Future<T>> stored, Consumer<T> answer) {
        completions.await(context, stored, UNSURE, answer);
    }

    private void unavailable(RoutingContext context, ProblemType type, String detail) {
        completions.refuse(context, new Problem(type, detail));
    }
}

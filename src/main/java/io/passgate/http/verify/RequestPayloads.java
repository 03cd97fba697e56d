package io.passgate.http.verify;

import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.server.BodyReader;
import io.passgate.http.server.BodyType;
import io.passgate.http.server.Completions;
import io.passgate.http.server.JsonBody;
import io.passgate.http.server.RateLimiting;
import io.passgate.image.PictureQueue;
import io.passgate.image.PictureResult;
import io.passgate.model.Blanks;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The payloads of a request: those that its JSON names, or the codes in its picture. One event loop. */
public final class RequestPayloads {
    /** The result of a picture that there was no room or no time for: what is in it is not known. */
    public static final VerificationResult UNREAD = new VerificationResult(
            Optional.empty(),
            Optional.empty(),
            new PolicyResult.NotAsked(),
            new Verdict.Indeterminate(Reason.OVERLOADED));

    private static final String POLICY = "policy";

    private static final Problem WRONG_POLICY =
            new Problem(ProblemType.MALFORMED_REQUEST, "The parameter policy is not one name.");
    private static final Problem TWO_PLACES = new Problem(
            ProblemType.MALFORMED_REQUEST, "The parameter policy is a picture's; JSON has a member \"policy\".");

    /** For a picture that the queue forgets: nothing was done. */
    private static final Completions.Otherwise UNANSWERED =
            new Completions.Otherwise(Problem.of(ProblemType.OVERLOADED), "a picture was not read");

    private final PictureQueue pictures;
    private final Completions completions;
    private final int maxPayloads;

    /**
     * What one event loop takes payloads by.
     *
     * @param pictures reads them on a thread of its own
     * @param completions by which it comes back what is in them
     * @param maxPayloads of one request; more are refused with 413
     */
    public RequestPayloads(PictureQueue pictures, Completions completions, int maxPayloads) {
        this.pictures = pictures;
        this.completions = completions;
        this.maxPayloads = maxPayloads;
    }

    /**
     * Takes the payloads of a request, and answers with a problem where there are none.
     *
     * @param context of a request whose body is there
     * @param whenThere goes on with the payloads, of a picture in reading order; run on the event loop, at once or later
     * @param whenUnread answers with {@link #UNREAD}; run on the event loop
     */
    public void take(RoutingContext context, Consumer<VerifyRequest.Wanted> whenThere, Runnable whenUnread) {
        List<String> policies = context.request().query() == null ? List.of() : context.queryParam(POLICY);
        if (BodyType.of(context).filter(type -> type == BodyType.PICTURE).isPresent()) {
            if (policies.size() > 1 || !policies.stream().allMatch(RequestPayloads::isPolicy)) {
                WRONG_POLICY.send(context);
            } else {
                read(context, policies.stream().findFirst(), whenThere, whenUnread);
            }
        } else if (!policies.isEmpty()) {
            TWO_PLACES.send(context);
        } else {
            goOn(context, VerifyRequest.parse(BodyReader.body(context), maxPayloads), whenThere);
        }
    }

    private static boolean isPolicy(String name) {
        return !name.isEmpty()
                && name.length() <= VerifyRequest.Parser.MAX_POLICY_CHARS
                && JsonBody.isOfCharacters(name);
    }

    private static void goOn(RoutingContext context, VerifyRequest request, Consumer<VerifyRequest.Wanted> whenThere) {
        switch (request) {
            case VerifyRequest.Invalid(var problem) -> problem.send(context);
            case VerifyRequest.Wanted wanted -> whenThere.accept(wanted);
        }
    }

    private void read(
            RoutingContext context,
            Optional<String> policy,
            Consumer<VerifyRequest.Wanted> whenThere,
            Runnable whenUnread) {
        AtomicBoolean isGone = new AtomicBoolean();
        var _ = context.addEndHandler(ended -> isGone.set(true));
        completions.<PictureResult>ask(
                context,
                completion -> {
                    pictures.submit(
                            RateLimiting.use(context), BodyReader.body(context), isGone::get, completion::complete);
                    return Optional.empty();
                },
                UNANSWERED,
                result -> {
                    switch (result) {
                        case PictureResult.Codes(var texts) -> goOn(context, request(texts, policy), whenThere);
                        case PictureResult.Unreadable(var why) ->
                            new Problem(ProblemType.PICTURE_UNREADABLE, why).send(context);
                        case PictureResult.TooLarge(var why) ->
                            new Problem(ProblemType.PICTURE_TOO_LARGE, why).send(context);
                        case PictureResult.Overloaded() -> whenUnread.run();
                    }
                });
    }

    private VerifyRequest request(List<String> texts, Optional<String> policy) {
        if (texts.isEmpty()) {
            return new VerifyRequest.Invalid(Problem.of(ProblemType.NO_CODE_FOUND));
        }
        if (texts.size() > maxPayloads) {
            return new VerifyRequest.Invalid(
                    new Problem(ProblemType.TOO_MANY_PAYLOADS, "The picture has more than " + maxPayloads + " codes."));
        }
        return new VerifyRequest.Wanted(
                texts.stream().map(RequestPayloads::payload).toList(), policy);
    }

    private static Slice payload(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Blanks.toAscii(text.charAt(i));
        }
        return Slice.of(bytes);
    }
}

package io.passgate.http.checkin;

import io.passgate.access.Client;
import io.passgate.access.ClientUse;
import io.passgate.access.Role;
import io.passgate.checkin.CheckInAnswer;
import io.passgate.checkin.CheckInResult;
import io.passgate.checkin.CheckInService;
import io.passgate.checkin.PayloadDigest;
import io.passgate.engine.VerificationOptions;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.passgate.http.server.Authentication;
import io.passgate.http.server.Completions;
import io.passgate.http.verify.Language;
import io.passgate.http.verify.PayloadVerification;
import io.passgate.http.verify.RequestPayloads;
import io.passgate.http.verify.VerifyRequest;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/check-ins}: payloads or a picture in; who is accepted is let in once and written down. */
public final class CheckInsHandler implements Handler<RoutingContext> {
    private static final String KEY = "idempotency-key";
    private static final int MAX_KEY_CHARS = 64;

    /** Nobody is let in by a picture that was not read, and its key is free. */
    private static final CheckInAnswer.Decided UNREAD = new CheckInAnswer.Decided(
            List.of(new CheckInResult(RequestPayloads.UNREAD, Optional.empty(), Set.of())), false);

    /** Whether the passes were used is not known; asked again with the same key, they are not used twice. */
    private static final Completions.Otherwise UNKNOWN = new Completions.Otherwise(
            new Problem(ProblemType.CHECK_INS_UNAVAILABLE, "Ask again with the same Idempotency-Key."),
            "nobody was checked in");

    private final RequestPayloads requestPayloads;
    private final PayloadVerification payloadVerification;
    private final Optional<CheckInSide> side;
    private final InstantSource clock;
    private final Completions completions;

    /**
     * The route of one event loop.
     *
     * @param requestPayloads takes the payloads
     * @param payloadVerification judges the payloads
     * @param side empty where nobody can be checked in through this gateway
     * @param clock when a request has arrived, by which its payloads are judged
     * @param completions by which it comes back who was let in
     */
    public CheckInsHandler(
            RequestPayloads requestPayloads,
            PayloadVerification payloadVerification,
            Optional<CheckInSide> side,
            InstantSource clock,
            Completions completions) {
        this.requestPayloads = requestPayloads;
        this.payloadVerification = payloadVerification;
        this.side = side;
        this.clock = clock;
        this.completions = completions;
    }

    /**
     * {@return whether no further request of a client should come now, whatever its size}
     *
     * @param client who asks
     */
    public boolean isFull(ClientUse client) {
        return payloadVerification.isFull(client)
                || (side.isPresent() && side.get().checkInService().isFull());
    }

    @Override
    public void handle(RoutingContext context) {
        Instant arrivedAt = clock.instant();
        String key = context.request().getHeader(KEY);
        if (side.isEmpty()) {
            new Problem(ProblemType.CHECK_INS_UNAVAILABLE, "This gateway stands alone: it has no database.")
                    .send(context);
        } else if (!isKey(key)) {
            new Problem(
                            ProblemType.MALFORMED_REQUEST,
                            "The header Idempotency-Key is not 1 to " + MAX_KEY_CHARS + " visible ASCII characters.")
                    .send(context);
        } else {
            requestPayloads.take(
                    context,
                    wanted -> submit(context, side.get(), key, wanted, arrivedAt),
                    () -> answer(context, Language.asked(context), UNREAD));
        }
    }

    private static boolean isKey(@Nullable String key) {
        return key != null
                && !key.isEmpty()
                && key.length() <= MAX_KEY_CHARS
                && key.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    /** What the client is to be told is read first: nothing is used up for an answer that cannot be given. */
    private void submit(
            RoutingContext context, CheckInSide doors, String key, VerifyRequest.Wanted wanted, Instant arrivedAt) {
        VerificationOptions verificationOptions =
                new VerificationOptions(wanted.policy().or(doors::policy), doors.shownBy());
        CheckInService.Request request = new CheckInService.Request(
                Authentication.client(context).name(), key, PayloadDigest.of(wanted.payloads()), arrivedAt);
        Language language = Language.asked(context);
        payloadVerification.judge(
                context,
                wanted.payloads(),
                verificationOptions,
                arrivedAt,
                judged -> completions.await(
                        context,
                        () -> doors.checkInService().checkIn(request, judged),
                        UNKNOWN,
                        answer -> answer(context, language, answer)));
    }

    private static void answer(RoutingContext context, Language language, CheckInAnswer answer) {
        switch (answer) {
            case CheckInAnswer.Decided decided -> answer(context, language, decided);
            case CheckInAnswer.KeyReused() ->
                Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED).send(context);
        }
    }

    private static void answer(RoutingContext context, Language language, CheckInAnswer.Decided decided) {
        Client client = Authentication.client(context);
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, Responses.JSON);
        language.sayIn(context.response());
        Responses.end(
                context, CheckInJson.write(decided, CheckInTexts.in(language), client.role() == Role.CARE_FACILITY));
    }
}

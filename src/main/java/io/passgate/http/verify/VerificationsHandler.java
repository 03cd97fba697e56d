package io.passgate.http.verify;

import io.passgate.engine.VerificationOptions;
import io.passgate.http.response.Responses;
import io.passgate.http.server.BodyReader;
import io.passgate.model.VerificationResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code POST /v1/verifications}: payloads in, a verdict for each in the same order out. */
public final class VerificationsHandler implements Handler<RoutingContext> {
    private final PayloadVerification payloadVerification;
    private final InstantSource clock;
    private final int maxPayloads;

    /**
     * The route of one event loop.
     *
     * @param payloadVerification what judges
     * @param clock when a request has arrived, by which its payloads are judged
     * @param maxPayloads of one request; more are refused with 413
     */
    public VerificationsHandler(PayloadVerification payloadVerification, InstantSource clock, int maxPayloads) {
        this.payloadVerification = payloadVerification;
        this.clock = clock;
        this.maxPayloads = maxPayloads;
    }

    @Override
    public void handle(RoutingContext context) {
        Instant arrivedAt = clock.instant();
        Language language = Language.asked(context);
        switch (VerifyRequest.parse(BodyReader.body(context), maxPayloads)) {
            case VerifyRequest.Invalid(var problem) -> problem.send(context);
            case VerifyRequest.Wanted(var payloads, var policy) ->
                payloadVerification.judge(
                        context,
                        payloads,
                        new VerificationOptions(policy, Optional.empty()),
                        arrivedAt,
                        results -> answer(context, language, results));
        }
    }

    private static void answer(RoutingContext context, Language language, List<VerificationResult> results) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, Responses.JSON);
        language.sayIn(context.response());
        Responses.end(context, VerdictJson.write(results, VerdictTexts.in(language)));
    }
}

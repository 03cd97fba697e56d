package io.passgate.http.verify;

import io.passgate.engine.VerificationOptions;
import io.passgate.http.response.Responses;
import io.passgate.model.VerificationResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code POST /v1/verifications}: payloads or a picture in, a verdict for each in the same order out. */
public final class VerificationsHandler implements Handler<RoutingContext> {
    private final PayloadVerification payloadVerification;
    private final InstantSource clock;
    private final RequestPayloads requestPayloads;

    /**
     * The route of one event loop.
     *
     * @param requestPayloads what takes the payloads
     * @param payloadVerification what judges
     * @param clock when a request has arrived, by which its payloads are judged
     */
    public VerificationsHandler(
            RequestPayloads requestPayloads, PayloadVerification payloadVerification, InstantSource clock) {
        this.requestPayloads = requestPayloads;
        this.payloadVerification = payloadVerification;
        this.clock = clock;
    }

    @Override
    public void handle(RoutingContext context) {
        Instant arrivedAt = clock.instant();
        Language language = Language.asked(context);
        requestPayloads.take(
                context,
                wanted -> payloadVerification.judge(
                        context,
                        wanted.payloads(),
                        new VerificationOptions(wanted.policy(), Optional.empty()),
                        arrivedAt,
                        results -> answer(context, language, results)),
                () -> answer(context, language, List.of(RequestPayloads.UNREAD)));
    }

    private static void answer(RoutingContext context, Language language, List<VerificationResult> results) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, Responses.JSON);
        language.sayIn(context.response());
        Responses.end(context, VerdictJson.write(results, VerdictTexts.in(language)));
    }
}

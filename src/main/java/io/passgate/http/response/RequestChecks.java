package io.passgate.http.response;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * Refuses a request whose target or headers leave open what they mean, whatever its route: a proxy in front might have
 * taken them for something else than we do (RFC 9110 section 5.3, RFC 3986 section 2.1).
 */
public final class RequestChecks implements Handler<RoutingContext> {
    private static final String CONTINUE = "100-continue";

    /** One more of them would be another request. */
    private static final List<CharSequence> ONCE = List.of(
            HttpHeaders.HOST,
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_ENCODING,
            HttpHeaders.EXPECT,
            HttpHeaders.createOptimized("idempotency-key"));

    /** Creates one; it has no state, and any thread may use it. */
    public RequestChecks() {}

    @Override
    public void handle(RoutingContext context) {
        Optional<Problem> wrong = wrong(context.request());
        if (wrong.isEmpty()) {
            context.next();
            return;
        }
        if (wrong.get().type() == ProblemType.EXPECTATION_FAILED) {
            // Whether the body comes all the same, only the client knows.
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            var _ = context.addEndHandler(
                    ended -> context.request().connection().close());
        }
        wrong.get().send(context);
    }

    private static Optional<Problem> wrong(HttpServerRequest request) {
        if (!isTarget(request.uri())) {
            return Optional.of(new Problem(
                    ProblemType.AMBIGUOUS_REQUEST, "The target has a character or an escape that no URI has."));
        }
        for (CharSequence name : ONCE) {
            if (isRepeated(request, name)) {
                return Optional.of(
                        new Problem(ProblemType.AMBIGUOUS_REQUEST, "The header " + name + " is there more than once."));
            }
        }
        String expected = request.getHeader(HttpHeaders.EXPECT);
        if (expected != null && !expected.equalsIgnoreCase(CONTINUE)) {
            return Optional.of(Problem.of(ProblemType.EXPECTATION_FAILED));
        }
        return Optional.empty();
    }

    private static boolean isRepeated(HttpServerRequest request, CharSequence name) {
        List<String> lines = request.headers().getAll(name);
        return lines != null && lines.size() > 1;
    }

    /** Whether each character is one of ASCII that can be seen, and each percent sign begins an escape. */
    private static boolean isTarget(String target) {
        int length = target.length();
        for (int i = 0; i < length; i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
            if (c == '%' && !(i + 2 < length && isHex(target.charAt(i + 1)) && isHex(target.charAt(i + 2)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}

package io.passgate.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Sheds a request before its body is read: when the engine's queue is full, or when the bodies under way would take more
 * memory than allowed.
 */
final class Admission implements SecurityPolicyHandler {
    /** How many times a body is in memory at most: as received with room to grow, and in one piece. */
    private static final int COPIES = 3;

    private final BooleanSupplier saturated;
    private final AtomicLong bytesUnderWay;
    private final long maxBytesUnderWay;
    private final long maxBodyBytes;
    private final RetryAfter retryAfter;

    Admission(
            BooleanSupplier saturated,
            AtomicLong bytesUnderWay,
            long maxBytesUnderWay,
            long maxBodyBytes,
            RetryAfter retryAfter) {
        this.saturated = saturated;
        this.bytesUnderWay = bytesUnderWay;
        this.maxBytesUnderWay = maxBytesUnderWay;
        this.maxBodyBytes = maxBodyBytes;
        this.retryAfter = retryAfter;
    }

    @Override
    public void handle(RoutingContext context) {
        long body = bodyBytes(context);
        long bytes = COPIES * Math.min(body, maxBodyBytes);
        if (body > maxBodyBytes) {
            Problem.of(ProblemType.BODY_TOO_LARGE).send(context);
        } else if (saturated.getAsBoolean()) {
            shed(context);
        } else if (bytesUnderWay.addAndGet(bytes) > maxBytesUnderWay) {
            bytesUnderWay.addAndGet(-bytes);
            shed(context);
        } else {
            context.addEndHandler(ended -> bytesUnderWay.addAndGet(-bytes));
            context.next();
        }
    }

    /** What the body is going to take: as announced, or the most it may where nothing is. */
    private long bodyBytes(RoutingContext context) {
        String announced = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return announced == null ? maxBodyBytes : Long.parseLong(announced);
        } catch (NumberFormatException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    private void shed(RoutingContext context) {
        context.response().putHeader("retry-after", retryAfter.next());
        Problem.of(ProblemType.OVERLOADED).send(context);
    }
}

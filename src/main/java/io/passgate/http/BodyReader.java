package io.passgate.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;

/**
 * Takes a request's body into one array, within its bounds of size and time. One event loop.
 *
 * <p>A body that takes too long ends its request and its connection: a client that sends a byte now and then would
 * otherwise hold its share of the bodies under way for ever. All bodies under way share one timer, which goes off for
 * the oldest: one each would cost more than the rest of this.
 */
final class BodyReader implements Handler<RoutingContext> {
    private static final Logger LOG = System.getLogger(BodyReader.class.getName());
    private static final String BODY = BodyReader.class.getName();
    private static final String CONTINUE = "100-continue";
    private static final byte[] NONE = new byte[0];
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Taken at once of what is announced; the rest as it comes. */
    private static final int MAX_FIRST_BYTES = 1 << 16;

    private final int maxBytes;
    private final long patienceNs;

    /** The oldest first. */
    private final LinkedHashSet<Arriving> underWay = new LinkedHashSet<>();

    private boolean isTimed;

    BodyReader(int maxBytes, Duration patience) {
        this.maxBytes = maxBytes;
        this.patienceNs = patience.toNanos();
    }

    /** The body, which belongs to the caller; only behind this handler. */
    static byte[] body(RoutingContext context) {
        if (context.get(BODY) instanceof byte[] body) {
            return body;
        }
        throw new IllegalStateException("a route without a body");
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String expected = request.getHeader(HttpHeaders.EXPECT);
        if (expected != null) {
            if (!expected.equalsIgnoreCase(CONTINUE)) {
                context.fail(417);
                return;
            }
            if (request.version() != HttpVersion.HTTP_1_0) {
                context.response()
                        .writeContinue()
                        .onFailure(gone -> LOG.log(Level.DEBUG, "a client left before its body"));
            }
        }
        Arriving body = new Arriving(context, System.nanoTime());
        underWay.add(body);
        if (!isTimed) {
            time(context, patienceNs);
        }
        request.exceptionHandler(left -> body.leave()).handler(body).endHandler(end -> body.end());
    }

    private void time(RoutingContext context, long ns) {
        isTimed = true;
        long unused = context.vertx().setTimer(ns / NS_PER_MS + 1, now -> endLate());
    }

    private void endLate() {
        isTimed = false;
        long nowNs = System.nanoTime();
        while (!underWay.isEmpty()) {
            Arriving oldest = underWay.getFirst();
            long leftNs = patienceNs - (nowNs - oldest.sinceNs);
            if (leftNs > 0) {
                time(oldest.context, leftNs);
                return;
            }
            oldest.refuse(ProblemType.BODY_TOO_SLOW);
        }
    }

    /** One request's body so far. */
    private final class Arriving implements Handler<Buffer> {
        private final RoutingContext context;
        private final long sinceNs;
        private byte[] bytes = NONE;
        private int size;
        private boolean isOver;

        private Arriving(RoutingContext context, long sinceNs) {
            this.context = context;
            this.sinceNs = sinceNs;
        }

        @Override
        public void handle(Buffer piece) {
            if (isOver) {
                return;
            }
            if (piece.length() > maxBytes - size) {
                refuse(ProblemType.BODY_TOO_LARGE);
                return;
            }
            if (piece.length() > bytes.length - size) {
                bytes = Arrays.copyOf(bytes, Math.max(size + piece.length(), capacity()));
            }
            piece.getBytes(bytes, size);
            size += piece.length();
        }

        private int capacity() {
            if (size > 0) {
                return (int) Math.min(maxBytes, 2L * bytes.length);
            }
            String announced = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
            return announced == null ? 0 : (int) Math.min(MAX_FIRST_BYTES, Long.parseLong(announced));
        }

        private void end() {
            if (!isOver) {
                abandon();
                context.put(BODY, size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
                context.next();
            }
        }

        private void leave() {
            LOG.log(Level.DEBUG, "a client left in the middle of its request");
            abandon();
        }

        private void abandon() {
            isOver = true;
            boolean unused = underWay.remove(this);
        }

        private void refuse(ProblemType why) {
            abandon();
            if (why == ProblemType.BODY_TOO_SLOW) {
                context.response().putHeader("connection", "close");
                context.addEndHandler(ended -> context.request().connection().close());
            }
            Problem.of(why).send(context);
        }
    }
}

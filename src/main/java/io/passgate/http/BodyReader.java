package io.passgate.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;

/**
 * Takes a request's body into one array, within its bounds of size and time. One event loop.
 *
 * <p>A body that takes too long ends its request and its connection: a client that sends a byte now and then would
 * otherwise hold its share of the bodies under way for ever.
 */
final class BodyReader implements Handler<RoutingContext> {
    private static final Logger LOG = System.getLogger(BodyReader.class.getName());
    private static final String BODY = BodyReader.class.getName();
    private static final String CONTINUE = "100-continue";
    private static final byte[] NONE = new byte[0];

    /** Taken at once of what is announced; the rest as it comes. */
    private static final int MAX_FIRST_BYTES = 1 << 16;

    private final int maxBytes;
    private final Deadlines deadlines;

    /** @param deadlines by which a body has to be there */
    BodyReader(int maxBytes, Deadlines deadlines) {
        this.maxBytes = maxBytes;
        this.deadlines = deadlines;
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
                Responses.proceed(context.response());
            }
        }
        Arriving body = new Arriving(context);
        deadlines.add(body);
        request.exceptionHandler(left -> body.leave()).handler(body).endHandler(end -> body.end());
    }

    /** One request's body so far. */
    private final class Arriving extends Deadlines.Entry implements Handler<Buffer> {
        private final RoutingContext context;
        private byte[] bytes = NONE;
        private int size;
        private boolean isOver;

        private Arriving(RoutingContext context) {
            this.context = context;
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

        @Override
        void late() {
            refuse(ProblemType.BODY_TOO_SLOW);
        }

        private void abandon() {
            isOver = true;
            deadlines.remove(this);
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

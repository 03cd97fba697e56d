package io.passgate.http.server;

import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.RequestIds;
import io.passgate.http.response.Responses;
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
public final class BodyReader implements Handler<RoutingContext> {
    private static final Logger LOG = System.getLogger(BodyReader.class.getName());
    private static final String BODY = BodyReader.class.getName();
    private static final byte[] NONE = new byte[0];

    private final int maxBytes;
    private final Deadlines deadlines;
    private final Shedding shedding;

    /**
     * Reads the bodies of one route.
     *
     * @param maxBytes of one body; a longer one is refused with 413
     * @param deadlines by which a body has to be there
     * @param shedding answers where there is no room for what arrives
     */
    public BodyReader(int maxBytes, Deadlines deadlines, Shedding shedding) {
        this.maxBytes = maxBytes;
        this.deadlines = deadlines;
        this.shedding = shedding;
    }

    /**
     * {@return the body, which belongs to the caller; only behind this handler}
     *
     * @param context of a request whose body is there
     */
    public static byte[] body(RoutingContext context) {
        if (context.get(BODY) instanceof byte[] body) {
            return body;
        }
        throw new IllegalStateException("a route without a body");
    }

    private static BodyRoom.Charge charge(RoutingContext context) {
        BodyRoom.Charge charge = BodyRoom.of(context);
        if (charge == null) {
            throw new IllegalStateException("a body that nobody has admitted");
        }
        return charge;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.headers().contains(HttpHeaders.EXPECT) && request.version() != HttpVersion.HTTP_1_0) {
            Responses.proceed(context.response());
        }
        Arriving body = new Arriving(context, charge(context));
        deadlines.add(body);
        request.exceptionHandler(left -> body.leave()).handler(body).endHandler(end -> body.end());
    }

    /** One request's body so far. */
    private final class Arriving extends Deadlines.Entry implements Handler<Buffer> {
        private final RoutingContext context;
        private final BodyRoom.Charge charge;
        private byte[] bytes = NONE;
        private int size;
        private boolean isOver;

        private Arriving(RoutingContext context, BodyRoom.Charge charge) {
            this.context = context;
            this.charge = charge;
        }

        @Override
        public void handle(Buffer piece) {
            if (isOver) {
                return;
            }
            if (piece.length() > maxBytes - size) {
                Problem.of(ProblemType.BODY_TOO_LARGE).send(context);
                letGo();
                return;
            }
            BodyRoom.Room room = charge.add(piece.length());
            if (room != BodyRoom.Room.THERE) {
                shedding.shed(context, room);
                letGo();
                return;
            }
            if (piece.length() > bytes.length - size) {
                bytes = Arrays.copyOf(bytes, capacity(size + piece.length()));
            }
            piece.getBytes(bytes, size);
            size += piece.length();
        }

        /** Twice what is there, and no more than there is going to be. */
        private int capacity(int needed) {
            String announced = size > 0 ? null : context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
            long most = announced == null ? maxBytes : Math.max(needed, Long.parseLong(announced));
            return (int) Math.min(most, 2L * needed);
        }

        private void end() {
            deadlines.remove(this);
            if (!isOver) {
                isOver = true;
                context.put(BODY, size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
                bytes = NONE;
                context.next();
            }
        }

        private void leave() {
            deadlines.remove(this);
            if (!isOver) {
                LOG.log(Level.DEBUG, "request {0}: a client left in the middle of its request", RequestIds.of(context));
                letGo();
            }
        }

        /** What still comes of the body is read into nothing, until its time is over. */
        private void letGo() {
            isOver = true;
            bytes = NONE;
            charge.giveBack();
        }

        @Override
        void late() {
            if (!isOver) {
                letGo();
                if (context.request().version() != HttpVersion.HTTP_2) {
                    context.response().putHeader("connection", "close");
                }
                Problem.of(ProblemType.BODY_TOO_SLOW).send(context);
            }
            endStream();
        }

        /** Nothing more of the request is wanted: of HTTP/2 its stream ends alone (RFC 9113 section 8.1). */
        private void endStream() {
            if (context.request().version() == HttpVersion.HTTP_2) {
                var _ = context.response().reset(0);
            } else {
                var _ = context.request().connection().close();
            }
        }
    }
}

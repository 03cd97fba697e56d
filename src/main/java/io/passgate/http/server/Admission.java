package io.passgate.http.server;

import io.passgate.access.ClientUse;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.function.Predicate;

/**
 * Sheds a request before its body is read: when the engine has kept the client waiting for too long already, or when
 * there is no room for any body, or none for another one of this client. It is held for a while before. One event loop.
 */
public final class Admission implements SecurityPolicyHandler {
    private final Predicate<ClientUse> saturated;
    private final BodyRoom room;
    private final long maxBodyBytes;
    private final HeldRequests held;

    /**
     * Admits the requests of one route.
     *
     * @param vertx whose timers are used
     * @param saturated whether nobody should work on another request of a client now; asked on the event loop
     * @param room for the bodies under way
     * @param limits what a request may announce as the length of its body, more is refused with 413; and how long one is
     *     held for which there is no room
     * @param shedding answers where there is no room
     */
    public Admission(Vertx vertx, Predicate<ClientUse> saturated, BodyRoom room, ApiLimits limits, Shedding shedding) {
        this.saturated = saturated;
        this.room = room;
        this.maxBodyBytes = limits.maxBodyBytes();
        this.held = new HeldRequests(vertx, limits.shedDelay(), room, this, shedding);
    }

    @Override
    public void handle(RoutingContext context) {
        if (!Responses.isOpen(context.response())) {
            return;
        }
        ClientUse client = RateLimiting.use(context);
        if (announced(context) > maxBodyBytes) {
            Problem.of(ProblemType.BODY_TOO_LARGE).send(context);
            return;
        }
        BodyRoom.Room left = left(client);
        if (left == BodyRoom.Room.THERE) {
            admit(context, client);
        } else {
            held.add(context, client, left);
        }
    }

    /** Whether another request of a client could begin. */
    BodyRoom.Room left(ClientUse client) {
        return saturated.test(client) ? BodyRoom.Room.TAKEN : room.left(client);
    }

    /** Goes on with a request. */
    void admit(RoutingContext context, ClientUse client) {
        room.begin(context, client);
        context.next();
    }

    /**
     * {@return the body's length in bytes as it was announced; 0 where it was not}
     *
     * @param context of a request whose body may be on its way
     */
    public static long announced(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException tooLong) {
            return Long.MAX_VALUE;
        }
    }
}

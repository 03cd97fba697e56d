package io.passgate.http.server;

import io.passgate.access.ClientUse;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.function.BooleanSupplier;

/**
 * Sheds a request before its body is read: when the engine's queue is full, or when there is no room for any body, or
 * none for another one of this client.
 */
public final class Admission implements SecurityPolicyHandler {
    private final BooleanSupplier saturated;
    private final BodyRoom room;
    private final long maxBodyBytes;
    private final Shedding shedding;

    /**
     * Admits the requests of one route.
     *
     * @param saturated whether nobody could work on another request now; asked on the event loop
     * @param room for the bodies under way
     * @param maxBodyBytes what a request may announce as the length of its body; more is refused with 413
     * @param shedding answers where there is no room
     */
    public Admission(BooleanSupplier saturated, BodyRoom room, long maxBodyBytes, Shedding shedding) {
        this.saturated = saturated;
        this.room = room;
        this.maxBodyBytes = maxBodyBytes;
        this.shedding = shedding;
    }

    @Override
    public void handle(RoutingContext context) {
        if (!Responses.isOpen(context.response())) {
            return;
        }
        ClientUse client = RateLimiting.use(context);
        if (announced(context) > maxBodyBytes) {
            Problem.of(ProblemType.BODY_TOO_LARGE).send(context);
        } else if (saturated.getAsBoolean()) {
            shedding.shed(context, BodyRoom.Room.TAKEN);
        } else {
            switch (room.left(client)) {
                case THERE -> {
                    room.begin(context, client);
                    context.next();
                }
                case SHARE_TAKEN -> shedding.shed(context, BodyRoom.Room.SHARE_TAKEN);
                case TAKEN -> shedding.shed(context, BodyRoom.Room.TAKEN);
            }
        }
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

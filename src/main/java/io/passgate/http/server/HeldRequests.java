package io.passgate.http.server;

import io.passgate.access.ClientUse;
import io.passgate.http.connection.RequestGate;
import io.passgate.http.response.Responses;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The requests of one route for which there was no room. Each is held, its body unread, and goes on as soon as there is
 * room; when its time is over it is shed. So whoever asks again at once, whatever it is told, comes once in that time,
 * and what waits costs next to nothing. One event loop.
 *
 * <p>Of one client the newest goes first, and one that has waited for a quarter of a second only where nothing else is
 * to be done: of those that have to wait for long, none would be answered in time for who waits. Only so many are held
 * as {@link BodyRoom#hold} has room for, and only those of HTTP/1.1, which wait in sockets of their own; the others are
 * shed at once.
 */
final class HeldRequests {
    private static final Duration LOOK_EVERY = Duration.ofMillis(1);

    /** Who asks for a verdict waits for that long without noticing; who is answered later may have asked again. */
    private static final long FRESH_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /** So many of a client go on at one look: where they are to go shows only later that they came. */
    private static final int AT_ONCE = 4;

    private final boolean isOff;
    private final BodyRoom room;
    private final Admission admission;
    private final Shedding shedding;
    private final Deadlines overdue;
    private final Deadlines looks;
    private final Map<ClientUse, ArrayDeque<Held>> lines = new HashMap<>();
    private boolean isLooking;

    /**
     * Nothing is held yet.
     *
     * @param patience how long one is held; zero: not at all
     */
    HeldRequests(Vertx vertx, Duration patience, BodyRoom room, Admission admission, Shedding shedding) {
        this.isOff = patience.isZero();
        this.room = room;
        this.admission = admission;
        this.shedding = shedding;
        this.overdue = new Deadlines(vertx, patience);
        this.looks = new Deadlines(vertx, LOOK_EVERY);
    }

    /** Holds a request if it can, and sheds it otherwise. */
    void add(RoutingContext context, ClientUse client, BodyRoom.Room lack) {
        Optional<RequestGate> gate = isOff ? Optional.empty() : gate(context.request());
        if (gate.isEmpty() || !room.hold(client)) {
            shedding.shed(context, lack);
            return;
        }
        gate.get().hold();
        var _ = context.request().pause();
        Held held = new Held(context, gate.get(), client);
        overdue.add(held);
        lines.computeIfAbsent(client, first -> new ArrayDeque<>()).addLast(held);
        var _ = context.addEndHandler(ended -> held.leave());
        lookSoon();
    }

    /** The streams of HTTP/2 share a window, which one that waits would take from the others. */
    private static Optional<RequestGate> gate(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 ? Optional.empty() : RequestGate.of(request.connection());
    }

    private void lookSoon() {
        if (!isLooking) {
            isLooking = true;
            looks.add(new Look());
        }
    }

    /** What goes on may bring the next one on its connection here at once. */
    private final class Look extends Deadlines.Entry {
        @Override
        void late() {
            isLooking = false;
            List.copyOf(lines.keySet()).forEach(HeldRequests.this::letIn);
            if (!lines.isEmpty()) {
                lookSoon();
            }
        }
    }

    private void letIn(ClientUse client) {
        ArrayDeque<Held> line = lines.get(client);
        for (int i = 0;
                i < AT_ONCE
                        && line != null
                        && !line.isEmpty()
                        && (line.getLast().ageNs() <= FRESH_NS || room.isIdle())
                        && admission.left(client) == BodyRoom.Room.THERE;
                i++) {
            line.removeLast().goOn();
        }
    }

    /** One request. */
    private final class Held extends Deadlines.Entry {
        private final RoutingContext context;
        private final RequestGate gate;
        private final ClientUse client;
        private boolean isOver;

        private Held(RoutingContext context, RequestGate gate, ClientUse client) {
            this.context = context;
            this.gate = gate;
            this.client = client;
        }

        /** It has left its line. */
        private void goOn() {
            end();
            if (Responses.isOpen(context.response())) {
                admission.admit(context, client);
                letBodyCome();
            }
        }

        @Override
        void late() {
            leave();
            shedding.shed(context, BodyRoom.Room.TAKEN);
            letBodyCome();
        }

        private void letBodyCome() {
            var _ = context.request().resume();
            gate.letGo();
        }

        /** It is shed, or its client has left, unless it is over. */
        private void leave() {
            if (!isOver) {
                ArrayDeque<Held> line = lines.get(client);
                if (line != null) {
                    var _ = line.remove(this);
                }
                end();
            }
        }

        private void end() {
            isOver = true;
            overdue.remove(this);
            room.letGo(client);
            ArrayDeque<Held> line = lines.get(client);
            if (line != null && line.isEmpty()) {
                var _ = lines.remove(client);
            }
        }
    }
}

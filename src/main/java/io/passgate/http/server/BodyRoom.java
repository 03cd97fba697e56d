package io.passgate.http.server;

import io.passgate.access.ClientUse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory for bodies of requests under way: a bound for all, and one for each client, so that no client takes the
 * room of the others. What has arrived is counted, not what was announced. Thread-safe.
 */
public final class BodyRoom {
    /** How many times a body is in memory at most: as received with room to grow, and in one piece. */
    public static final int COPIES = 3;

    /** The most that has been read of a request that is held: the buffer of one reading. */
    static final int HELD_BYTES = 1 << 16;

    private static final String CHARGE = BodyRoom.class.getName();

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong heldBytes = new AtomicLong();
    private final long maxBytes;
    private final long maxBytesPerClient;

    /**
     * Room that nothing takes yet. Each byte that arrives counts {@value #COPIES} towards the bounds.
     *
     * @param maxBytes bound for the bodies of all clients
     * @param maxBytesPerClient bound for those of one client
     */
    public BodyRoom(long maxBytes, long maxBytesPerClient) {
        this.maxBytes = maxBytes;
        this.maxBytesPerClient = maxBytesPerClient;
    }

    /** Whether there is room. */
    enum Room {
        THERE,
        /** The client holds all that one client may. */
        SHARE_TAKEN,
        /** All clients together hold all there is. */
        TAKEN
    }

    /** {@return what all bodies under way take, in bytes} */
    public long bytes() {
        return bytes.get();
    }

    /** Whether another body of the client could begin. */
    Room left(ClientUse client) {
        if (client.bodyBytes() >= maxBytesPerClient) {
            return Room.SHARE_TAKEN;
        }
        return bytes.get() >= maxBytes ? Room.TAKEN : Room.THERE;
    }

    /** Counts a request that is held before its body is read; false, and nothing, where such would take half the room. */
    boolean hold(ClientUse client) {
        if (client.bodyBytes() + HELD_BYTES > maxBytesPerClient / 2 || bytes.get() + HELD_BYTES > maxBytes / 2) {
            return false;
        }
        heldBytes.addAndGet(HELD_BYTES);
        bytes.addAndGet(HELD_BYTES);
        client.addBodyBytes(HELD_BYTES);
        return true;
    }

    /** Whether nothing but held requests takes room: nobody works on any. */
    boolean isIdle() {
        return bytes.get() <= heldBytes.get();
    }

    /** One that was held is held no longer. */
    void letGo(ClientUse client) {
        bytes.addAndGet(-HELD_BYTES);
        heldBytes.addAndGet(-HELD_BYTES);
        client.addBodyBytes(-HELD_BYTES);
    }

    /** Begins to count the body of a request, which has no byte yet. */
    void begin(RoutingContext context, ClientUse client) {
        Charge charge = new Charge(client);
        context.put(CHARGE, charge);
        var _ = context.addEndHandler(ended -> charge.exchangeEnded());
    }

    /** The charge of a request; null where it takes no body. */
    static @Nullable Charge of(RoutingContext context) {
        return context.get(CHARGE);
    }

    /**
     * What one request's body takes. All of it is given back once, when the exchange has ended and no other side works
     * on the request any more; of one whose client has left meanwhile, a single copy is still there. One event loop.
     */
    final class Charge {
        private final ClientUse client;
        private long charged;
        private int users = 1;

        private Charge(ClientUse client) {
            this.client = client;
        }

        /** Counts bytes that have arrived; nothing of them where there is no room. */
        Room add(int arrived) {
            long more = (long) COPIES * arrived;
            if (client.addBodyBytes(more) > maxBytesPerClient) {
                client.addBodyBytes(-more);
                return Room.SHARE_TAKEN;
            }
            if (bytes.addAndGet(more) > maxBytes) {
                bytes.addAndGet(-more);
                client.addBodyBytes(-more);
                return Room.TAKEN;
            }
            charged += more;
            return Room.THERE;
        }

        /** The body has been let go of. */
        void giveBack() {
            reduceTo(0);
        }

        /** Another side works on what was in the body. */
        void use() {
            users++;
        }

        /** It does so no longer. */
        void unuse() {
            users--;
            if (users == 0) {
                reduceTo(0);
            }
        }

        private void exchangeEnded() {
            reduceTo(charged / COPIES);
            unuse();
        }

        private void reduceTo(long left) {
            long less = left - charged;
            if (less != 0) {
                bytes.addAndGet(less);
                client.addBodyBytes(less);
                charged = left;
            }
        }
    }
}

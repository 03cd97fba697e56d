package io.passgate.app.watch;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One event loop.
 *
 * @param name what readiness, the log and metrics call it
 * @param executor runs what it is given on the loop
 */
public record EventLoop(String name, Executor executor) {
    /**
     * {@return all event loops of one side, with the one that takes connections}
     *
     * @param side how their names begin
     * @param vertx whose loops they are
     */
    public static List<EventLoop> of(String side, Vertx vertx) {
        VertxInternal all = (VertxInternal) vertx;
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor loop : all.nettyEventLoopGroup()) {
            loops.add(new EventLoop(side + "-" + loops.size(), loop));
        }
        for (EventExecutor acceptor : all.acceptorEventLoopGroup()) {
            loops.add(new EventLoop(side + "-acceptor", acceptor));
        }
        return loops;
    }
}

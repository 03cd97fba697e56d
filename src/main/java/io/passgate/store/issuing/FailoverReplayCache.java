package io.passgate.store.issuing;

import io.passgate.dpop.LocalReplayCache;
import io.passgate.dpop.ProofId;
import io.passgate.dpop.ReplayCache;
import io.passgate.store.BlockingCalls;
import io.passgate.store.StoreException;
import io.vertx.redis.client.Redis;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The ids of proofs in Redis, and in this process, which remembers what it saw even when Redis forgets; only what is
 * new here is asked there, so that one id stands once in a question. While Redis is out of reach this process decides
 * alone, and asks Redis again once in a while.
 */
final class FailoverReplayCache implements ReplayCache {
    private static final Logger LOG = System.getLogger(FailoverReplayCache.class.getName());
    private static final long PAUSE_NS = Duration.ofSeconds(1).toNanos();

    private final RedisReplayCache redis;
    private final LocalReplayCache local;
    private final LongSupplier nanoClock;
    private volatile boolean isLost;
    private final AtomicLong lostAtNs = new AtomicLong();

    FailoverReplayCache(Redis redis, BlockingCalls blockingCalls, LocalReplayCache local, LongSupplier nanoClock) {
        this.redis = new RedisReplayCache(redis, blockingCalls);
        this.local = local;
        this.nanoClock = nanoClock;
    }

    @Override
    public Used use(List<ProofId> ids) {
        BitSet first = new BitSet(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            first.set(i, local.firstTime(ids.get(i)));
        }
        if (first.isEmpty() || !mayAsk()) {
            return new Used(first, false);
        }
        try {
            BitSet asked = (BitSet) first.clone();
            BitSet firstOfAll = redis.use(asked.stream().mapToObj(ids::get).toList());
            int number = 0;
            for (int i = asked.nextSetBit(0); i >= 0; i = asked.nextSetBit(i + 1)) {
                first.set(i, firstOfAll.get(number++));
            }
            isLost = false;
            return new Used(first, true);
        } catch (StoreException lost) {
            if (!isLost) {
                LOG.log(Level.WARNING, "proofs are remembered by this gateway alone: {0}", lost.getMessage());
            }
            lostAtNs.set(nanoClock.getAsLong());
            isLost = true;
            return new Used(first, false);
        }
    }

    /** While Redis is lost, one thread a second asks it; the others would all wait with that one. */
    private boolean mayAsk() {
        if (!isLost) {
            return true;
        }
        long last = lostAtNs.get();
        long now = nanoClock.getAsLong();
        return now - last >= PAUSE_NS && lostAtNs.compareAndSet(last, now);
    }

    void close() {
        redis.close();
    }
}

package io.passgate.store.issuing;

import io.passgate.dpop.LocalReplayCache;
import io.passgate.dpop.ProofId;
import io.passgate.store.BlockingCalls;
import io.passgate.store.ReconnectingRedisConnection;
import io.passgate.store.StoreException;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The ids of proofs in Redis, where every gateway sees them: {@code passgate:proof:ID}, 32 hexadecimal digits, for 70
 * s.
 */
final class RedisReplayCache {
    private final ReconnectingRedisConnection connection;
    private final BlockingCalls blockingCalls;

    RedisReplayCache(Redis redis, BlockingCalls blockingCalls) {
        this.connection = new ReconnectingRedisConnection(redis);
        this.blockingCalls = blockingCalls;
    }

    /**
     * Uses up ids, all on their way at once.
     *
     * @return bit n is set if the id number n had not been used
     * @throws StoreException if it cannot be told of all
     */
    BitSet use(List<ProofId> ids) {
        try {
            return blockingCalls.await("proof", () -> {
                List<Future<Response>> answers = new ArrayList<>();
                for (ProofId id : ids) {
                    answers.add(connection.send(Request.cmd(Command.SET)
                            .arg("passgate:proof:" + id)
                            .arg("1")
                            .arg("NX")
                            .arg("PX")
                            .arg(LocalReplayCache.KEPT.toMillis())));
                }
                return Future.join(answers).map(all -> first(answers));
            });
        } catch (StoreException lost) {
            connection.close();
            throw lost;
        }
    }

    private static BitSet first(List<Future<Response>> answers) {
        BitSet first = new BitSet(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            first.set(i, answers.get(i).result() != null);
        }
        return first;
    }

    void close() {
        connection.close();
    }
}

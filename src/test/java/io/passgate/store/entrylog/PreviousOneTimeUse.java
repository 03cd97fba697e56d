package io.passgate.store.entrylog;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.KeyedRequest;
import io.passgate.model.OpaqueId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One-time use on one server as the versions before scripts of several shards had it: a script for each shard of a
 * request, sent as text, its entries in the shard's own stream. It writes its keys and its script by itself, so that it
 * stays what it was.
 */
final class PreviousOneTimeUse {
    private static final String USE = """
            redis.replicate_commands()
            local answers, log = {}, {}
            local payloads = ARGV[1]
            local known = redis.call('GET', KEYS[2])
            local isReused = known and known ~= payloads
            if not known then redis.call('SET', KEYS[2], payloads, 'PX', 60000) end
            for i = 3, #KEYS do
              local value = ARGV[2 * i - 4]
              if isReused then
                answers[#answers + 1] = '3'
              elseif redis.call('SET', KEYS[i], value, 'NX', 'PX', 25000) then
                log[#log + 1] = ARGV[2 * i - 3]
                answers[#answers + 1] = '1'
              elseif redis.call('GET', KEYS[i]) == value then
                answers[#answers + 1] = '2'
              else
                answers[#answers + 1] = '0'
              end
            end
            if #log > 0 then redis.call('XADD', KEYS[1], '*', 'e', table.concat(log)) end
            return table.concat(answers)
            """;

    private final Redis redis;

    PreviousOneTimeUse(Redis redis) {
        this.redis = redis;
    }

    private static int shard(OpaqueId id) {
        return id.toByteArray()[0] & 15;
    }

    private static Buffer key(String what, OpaqueId id) {
        byte[] prefix = "passgate:{%d}:%s:".formatted(shard(id), what).getBytes(StandardCharsets.US_ASCII);
        return Buffer.buffer(prefix).appendBytes(id.toByteArray());
    }

    /** A digit for each showing of one request, in their order: 1 used now, 2 by this request, 0 by another, 3 not used. */
    Future<String> use(KeyedRequest request, List<CheckInAttempt> showings) {
        List<Future<?>> scripts = new ArrayList<>();
        char[] answers = new char[showings.size()];
        for (int shard = 0; shard < 16; shard++) {
            List<Integer> indices = new ArrayList<>();
            for (int i = 0; i < showings.size(); i++) {
                if (shard(showings.get(i).key()) == shard) {
                    indices.add(i);
                }
            }
            if (!indices.isEmpty()) {
                scripts.add(redis.send(script(shard, request, showings, indices))
                        .onSuccess(said -> {
                            for (int n = 0; n < indices.size(); n++) {
                                answers[indices.get(n)] = said.toString().charAt(n);
                            }
                        }));
            }
        }
        return Future.join(scripts).map(done -> new String(answers));
    }

    private static Request script(
            int shard, KeyedRequest request, List<CheckInAttempt> showings, List<Integer> indices) {
        Request script = Request.cmd(Command.EVAL)
                .arg(USE)
                .arg(2 + indices.size())
                .arg("passgate:{%d}:entries".formatted(shard))
                .arg(key("request", request.key()));
        indices.forEach(i -> script.arg(key("used", showings.get(i).key())));
        script.arg(Buffer.buffer(request.payloads().toByteArray()));
        for (int i : indices) {
            script.arg(Buffer.buffer(showings.get(i).visit().id().toByteArray()))
                    .arg(Buffer.buffer(VisitCodec.encode(showings.get(i).visit())));
        }
        return script;
    }
}

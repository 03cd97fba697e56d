package io.passgate.store.entrylog;

import io.passgate.checkin.Duplicate;
import io.passgate.checkin.DuplicateHolders;
import io.passgate.store.RedisScript;
import io.passgate.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where holders were seen last, in Redis, each for its window and no longer. */
final class RedisDuplicateHolders implements DuplicateHolders {
    private static final List<Set<Duplicate>> ANSWERS = List.of(
            Set.of(),
            Set.of(Duplicate.PROVIDER),
            Set.of(Duplicate.FACILITY),
            Set.of(Duplicate.PROVIDER, Duplicate.FACILITY));

    /**
     * Answers a digit for each: 1 seen at another provider, 2 at another facility, 3 both. What is there is asked for in
     * few commands, each of fewer keys than Lua's stack has room for. Numbers stay the strings they came as: Redis would
     * print them for each command.
     */
    private static final RedisScript MARK = new RedisScript("""
            local known = {}
            for from = 1, #KEYS, 1024 do
              local values = redis.call('MGET', unpack(KEYS, from, math.min(from + 1023, #KEYS)))
              for i, value in ipairs(values) do known[KEYS[from + i - 1]] = value end
            end
            local function seen(key, entry, at, who, window)
              if window == '0' then return false end
              local last = known[key]
              local elsewhere = false
              if last then
                if string.sub(last, 1, 16) == entry then return string.sub(last, 17, 17) == '1' end
                local when, name = string.match(string.sub(last, 18), '^(%d+) (.*)$')
                elsewhere = name ~= who and tonumber(at) - tonumber(when) <= tonumber(window)
              end
              known[key] = entry .. (elsewhere and '1' or '0') .. at .. ' ' .. who
              redis.call('SET', key, known[key], 'PX', window)
              return elsewhere
            end
            local answers = {}
            for i = 1, #KEYS / 2 do
              local a = 4 * i - 1
              local provider = seen(KEYS[2 * i - 1], ARGV[a], ARGV[a + 1], ARGV[a + 2], ARGV[1])
              local facility = seen(KEYS[2 * i], ARGV[a], ARGV[a + 1], ARGV[a + 3], ARGV[2])
              answers[i] = (provider and 1 or 0) + (facility and 2 or 0)
            end
            return table.concat(answers)
            """);

    private final RedisOneTime redis;
    private final Windows windows;
    private final ShardedBatcher<Mark, Set<Duplicate>> shardedBatcher;

    /**
     * For how long it is remembered where a holder was seen; zero for not at all.
     *
     * @param provider between two providers
     * @param facility between two facilities
     */
    record Windows(Duration provider, Duration facility) {}

    RedisDuplicateHolders(RedisOneTime redis, Windows windows) {
        this.redis = redis;
        this.windows = windows;
        this.shardedBatcher =
                new ShardedBatcher<>(mark -> redis.group(OneTimeKeys.shard(mark.name())), (_, marks) -> ask(marks));
    }

    @Override
    public Future<List<Set<Duplicate>>> mark(List<Mark> marks) {
        return shardedBatcher
                .ask(marks)
                .otherwise(
                        lost -> marks.stream().map(mark -> Set.<Duplicate>of()).toList());
    }

    private Future<List<Set<Duplicate>>> ask(List<Mark> marks) {
        return redis.run("mark", MARK, request -> addAll(request, marks)).map(answer -> answers(answer, marks.size()));
    }

    private void addAll(Request request, List<Mark> marks) {
        request.arg(2 * marks.size());
        for (Mark mark : marks) {
            int shard = OneTimeKeys.shard(mark.name());
            request.arg(OneTimeKeys.of(shard, "provider", mark.name()))
                    .arg(OneTimeKeys.of(shard, "facility", mark.name()));
        }
        request.arg(windows.provider.toMillis()).arg(windows.facility.toMillis());
        for (Mark mark : marks) {
            request.arg(Buffer.buffer(mark.visit().id().toByteArray()))
                    .arg(mark.visit().at().toEpochMilli())
                    .arg(mark.visit().provider())
                    .arg(mark.visit().facility());
        }
    }

    private static List<Set<Duplicate>> answers(Response answer, int size) {
        String digits = answer.toString();
        if (digits.length() != size) {
            throw new StoreException("an answer of another shape");
        }
        List<Set<Duplicate>> answers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            answers.add(ANSWERS.get(digits.charAt(i) - '0'));
        }
        return answers;
    }
}

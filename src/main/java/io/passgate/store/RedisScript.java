package io.passgate.store;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A script that Redis runs. It is sent by its SHA-1 (EVALSHA), which spares the server a kilobyte to read and to digest
 * each time. A server that does not know it, such as one that has just taken over, is sent the text, and knows it from
 * then on. Any thread.
 */
public final class RedisScript {
    private final String text;
    private final String sha1;

    /**
     * Creates a script.
     *
     * @param text in Lua
     */
    public RedisScript(String text) {
        this.text = text;
        try {
            sha1 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-1", missing);
        }
    }

    /**
     * Runs it.
     *
     * @param connection to the server, or to the cluster that has the keys
     * @param arguments adds the number of keys, the keys and the arguments; called once, or twice
     * @return what the script returns
     */
    public Future<@Nullable Response> run(RedisConnection connection, Consumer<Request> arguments) {
        Request known = Request.cmd(Command.EVALSHA).arg(sha1);
        arguments.accept(known);
        return connection.send(known).recover(failed -> {
            if (!(failed instanceof ErrorType error) || !error.is("NOSCRIPT")) {
                return Future.failedFuture(failed);
            }
            Request whole = Request.cmd(Command.EVAL).arg(text);
            arguments.accept(whole);
            return connection.send(whole);
        });
    }
}

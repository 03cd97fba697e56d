package io.passgate.app;

import io.passgate.app.config.Config;
import io.passgate.app.config.InvalidConfig;
import io.passgate.app.keys.KeyCeremony;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.logging.SqlState;
import io.passgate.store.DatabaseSettings;
import io.passgate.store.Migrations;
import io.passgate.store.StoreException;
import io.passgate.store.feed.AdminCommands;
import io.passgate.store.feed.AdminQueries;
import io.passgate.store.feed.OfflineAdmin;
import io.passgate.store.secret.SecretAdoption;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Changes what all gateways know from a command line, by the database that a configuration names. The gateways take it
 * from there within a second.
 */
public final class Administration implements AutoCloseable {
    /** Longer than any one change takes. */
    private static final int PATIENCE_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final OfflineAdmin direct;
    private final DatabaseSettings database;
    private final int migrations;

    private Administration(DatabaseSettings database, int migrations) {
        this.database = database;
        this.migrations = migrations;
        direct = new OfflineAdmin(
                vertx, database, new VerificationKeys(CryptoProviders.preferred()), InstantSource.system());
    }

    /**
     * Opens the database of a configuration, and brings its schema up to date.
     *
     * @param config which names the database
     * @param relativeTo the folder that relative paths of the configuration start from
     * @return an open one, to be closed
     * @throws InvalidConfig if it names none, or one that is not there or refuses its user
     * @throws StoreException if it cannot be migrated; the message says why
     */
    public static Administration open(Config config, Path relativeTo) throws InvalidConfig {
        try {
            DatabaseSettings database = config.database().settings(relativeTo);
            return new Administration(database, Migrations.migrate(database));
        } catch (IllegalArgumentException wrong) {
            throw new InvalidConfig(String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * {@return the result of one change} It waits for a minute at most.
     *
     * @param <T> what the change results in
     * @param change started once, on this thread
     * @throws IllegalStateException if it was not made; the message says why
     */
    public <T> T run(Function<AdminCommands, Future<T>> change) {
        return await(change.apply(direct.authority()));
    }

    /**
     * {@return the answer to one question}
     *
     * @param <T> the answer
     * @param question asked once, on this thread
     * @throws IllegalStateException if there is none; the message says why
     */
    public <T> T ask(Function<AdminQueries, Future<T>> question) {
        return await(question.apply(direct.queries()));
    }

    private static <T> T await(Future<T> result) {
        try {
            return result.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(message(failed), failed);
        } catch (TimeoutException late) {
            throw new IllegalStateException("the database did not answer in time", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** {@return how many steps brought the schema up to date when it was opened} */
    public int migrations() {
        return migrations;
    }

    /** {@return the signers that it can change} */
    public KeyCeremony.TrustedSigners trustedSigners() {
        return new KeyCeremony.TrustedSigners() {
            @Override
            public List<Rejection> add(List<Signer> signers) {
                return run(adminCommands -> adminCommands.addSigners(signers));
            }

            @Override
            public int remove(List<String> ids) {
                return run(adminCommands -> adminCommands.removeSigners(ids));
            }
        };
    }

    /** {@return what it can declare the database's secrets by} */
    public SecretAdoption secrets() {
        return new SecretAdoption(vertx, database, InstantSource.system());
    }

    private static String message(ExecutionException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        return SqlState.of(cause).isPresent() && !(cause instanceof StoreException)
                ? "PostgreSQL did not take it: " + SqlState.describe(cause)
                : String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        direct.close();
        var _ = vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

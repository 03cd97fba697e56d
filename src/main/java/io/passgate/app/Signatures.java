package io.passgate.app;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.KeyTableCache;
import io.passgate.crypto.SignatureBatch;
import io.passgate.crypto.TableSignatureBatch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Provider;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * What a gateway verifies signatures by: a provider, the tables of the keys in use, and the thread that builds them.
 */
final class Signatures implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Signatures.class.getName());

    private final Provider provider = CryptoProviders.preferred();
    private final ExecutorService builder = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("passgate-key-tables").daemon().factory());
    private final KeyTableCache tables;

    /**
     * @param tableBytes what all tables may take
     * @param faults hears when a table could not be built
     */
    Signatures(long tableBytes, Consumer<Throwable> faults) {
        tables = KeyTableCache.within(tableBytes, builder, System::nanoTime, faults);
        LOG.log(
                Level.INFO,
                "signatures are verified by {0}, ES256 in batches by tables: {1}",
                provider.getName(),
                tables.kernelDescription());
    }

    /** Starts the thread that builds, with a warm-up. */
    void start() {
        tables.warmUp();
    }

    Provider provider() {
        return provider;
    }

    KeyTableCache tables() {
        return tables;
    }

    /** A batch for one thread. */
    SignatureBatch batch(int capacity) {
        return new TableSignatureBatch(tables, provider, capacity);
    }

    @Override
    public void close() {
        var _ = builder.shutdownNow();
    }
}

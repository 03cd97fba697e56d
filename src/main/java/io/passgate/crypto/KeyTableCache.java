package io.passgate.crypto;

import io.passgate.model.Algorithm;
import io.passgate.p256.KeyTable;
import io.passgate.p256.PublicPoint;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the keys in use, for all workers. A key earns a narrow table by its first valid signature and a wide
 * one by {@link #WIDE_AFTER} within {@link #WITHIN_NS}; a payload that does not verify earns nothing, and nothing is
 * remembered of its key. Tables keep to a bound of memory: for a new one those go that were of no use the longest, but
 * none that was of use within {@link #KEPT_NS}, so that two keys do not push each other out in turn.
 *
 * <p>Looking a table up takes no lock. Tables are built one at a time by an executor, narrow ones first.
 */
public final class KeyTableCache {
    /** Valid signatures that earn the wide table. */
    static final int WIDE_AFTER = 64;

    /** The span they have to fall into, both ends included. */
    static final long WITHIN_NS = 60_000_000_000L;

    /** A table stays at least so long after its key's last valid signature, and after it was built. */
    static final long KEPT_NS = 120_000_000_000L;

    /** After a table was refused, or could not be built, its key asks again no sooner. */
    static final long RETRY_NS = 60_000_000_000L;

    private final Sizes sizes;
    private final TableKernel kernel;
    private final Executor builder;
    private final LongSupplier nanoClock;
    private final Consumer<Throwable> faults;
    private final ConcurrentHashMap<VerificationKey, CachedKey> uses = new ConcurrentHashMap<>();
    private final LongAdder byTable = new LongAdder();
    private final LongAdder byProvider = new LongAdder();

    private final ReentrantLock lock = new ReentrantLock();
    private final TableMemory memory;
    private final ArrayDeque<CachedKey> narrowAsked = new ArrayDeque<>();
    private final ArrayDeque<CachedKey> wideAsked = new ArrayDeque<>();
    private boolean building;
    private long built;

    /**
     * How large tables are, and how much they may take together.
     *
     * @param memoryBytes less than a narrow table needs: no key ever has one
     */
    record Sizes(int narrowWindow, int wideWindow, long memoryBytes) {
        /** 86 KiB a key, built in a few milliseconds. */
        static final int NARROW_WINDOW = 6;

        /** 2.8 MiB a key: the fewest additions whose points still come from memory faster than they are added. */
        static final int WIDE_WINDOW = 12;

        private static final int SCALAR_BITS = 256;
        private static final long POINT_BYTES = 64;

        static Sizes within(long memoryBytes) {
            return new Sizes(NARROW_WINDOW, WIDE_WINDOW, memoryBytes);
        }

        long narrowBytes() {
            return bytes(narrowWindow);
        }

        long wideBytes() {
            return bytes(wideWindow);
        }

        private static long bytes(int window) {
            return (SCALAR_BITS + window - 1) / window * (POINT_BYTES << (window - 1));
        }
    }

    /**
     * What there is, at one moment.
     *
     * @param narrow narrow tables that are there
     * @param wide wide tables that are there
     * @param bytes what tables take, those that were asked for and are not built yet included
     * @param built tables built since the start
     * @param evicted tables given up for others since the start
     */
    public record Figures(int narrow, int wide, long bytes, long built, long evicted) {}

    KeyTableCache(
            Sizes sizes, TableKernel kernel, Executor builder, LongSupplier nanoClock, Consumer<Throwable> faults) {
        this.sizes = sizes;
        this.kernel = kernel;
        this.builder = builder;
        this.nanoClock = nanoClock;
        this.faults = faults;
        this.memory = new TableMemory(uses, sizes);
    }

    /**
     * Tables of the fastest kernel that this JVM and machine have.
     *
     * @param memoryBytes what all tables may take; 0 leaves every signature to the provider
     * @param builder runs at most one task of ours at a time, for as long as there is something to build
     * @param nanoClock as {@link System#nanoTime}
     * @param faults hears when a table could not be built; its key stays with the provider
     * @return a cache without tables
     */
    public static KeyTableCache within(
            long memoryBytes, Executor builder, LongSupplier nanoClock, Consumer<Throwable> faults) {
        return new KeyTableCache(Sizes.within(memoryBytes), TableKernel.preferred(), builder, nanoClock, faults);
    }

    /** Has the builder run the kernel until it is compiled; tables that are asked for meanwhile come after that. */
    public void warmUp() {
        if (sizes.memoryBytes() < sizes.narrowBytes()) {
            return;
        }
        builder.execute(() -> {
            try {
                KernelWarmUp.run(kernel, sizes);
            } catch (RuntimeException | Error fault) {
                faults.accept(fault);
            }
        });
    }

    /** {@return the kernel in a word: {@code vector} or {@code scalar}} */
    public String kernelName() {
        return kernel.name();
    }

    /** {@return the kernel for a log line} It says why when a faster one is absent. */
    public String kernelDescription() {
        return kernel.description();
    }

    /** {@return how many signatures were decided by tables since the start} */
    public long decidedByTable() {
        return byTable.sum();
    }

    /** {@return how many signatures were left to the provider since the start} */
    public long decidedByProvider() {
        return byProvider.sum();
    }

    /** {@return what there is now} Waits for no table that is being built. */
    public Figures figures() {
        lock.lock();
        try {
            return memory.figures(built);
        } finally {
            lock.unlock();
        }
    }

    TableKernel kernel() {
        return kernel;
    }

    long nowNs() {
        return nanoClock.getAsLong();
    }

    void decided(int byTables, int byTheProvider) {
        byTable.add(byTables);
        byProvider.add(byTheProvider);
    }

    /** The table of a key, or null. */
    @Nullable
    KeyTable find(VerificationKey key) {
        CachedKey use = uses.get(key);
        return use == null ? null : use.table();
    }

    /** Counts a valid signature of a key. */
    void valid(VerificationKey key, long nowNs) {
        if (key.algorithm() != Algorithm.ES256) {
            return;
        }
        CachedKey use = uses.get(key);
        if (use == null) {
            admit(key, nowNs);
        } else {
            count(use, nowNs);
        }
    }

    private void count(CachedKey use, long nowNs) {
        boolean often = use.valid(nowNs, WITHIN_NS);
        if (often || use.table() == null) {
            earn(use, often, nowNs);
        }
    }

    private void admit(VerificationKey key, long nowNs) {
        if (memory.isKnownToBeFull(nowNs)) {
            return;
        }
        CachedKey use;
        lock.lock();
        try {
            use = uses.get(key);
            if (use == null) {
                if (!memory.makeRoom(sizes.narrowBytes(), false, nowNs)) {
                    return;
                }
                use = new CachedKey(key, WIDE_AFTER, nowNs);
                memory.reserveNarrow(use);
                uses.put(key, use);
            }
        } finally {
            lock.unlock();
        }
        count(use, nowNs);
    }

    /** Asks for the table that a key has earned, unless one is asked for already. */
    private void earn(CachedKey use, boolean often, long nowNs) {
        lock.lock();
        try {
            if (!use.mayAsk(nowNs) || uses.get(use.key()) != use) {
                if (often && use.asked() == 0) {
                    use.strive(true);
                }
                return;
            }
            KeyTable table = use.table();
            if (table == null) {
                use.ask(sizes.narrowWindow());
                narrowAsked.add(use);
            } else if (table.windowBits() == sizes.wideWindow()) {
                return;
            } else if (often && memory.makeRoom(sizes.wideBytes(), true, nowNs)) {
                memory.reserveWide(use);
                use.strive(false);
                use.ask(sizes.wideWindow());
                wideAsked.add(use);
            } else if (often) {
                use.strive(true);
                use.askAgainFrom(nowNs + RETRY_NS);
            }
            if (building || (narrowAsked.isEmpty() && wideAsked.isEmpty())) {
                return;
            }
            building = true;
        } finally {
            lock.unlock();
        }
        startBuilding();
    }

    private void startBuilding() {
        try {
            builder.execute(this::buildAll);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            lock.lock();
            try {
                building = false;
            } finally {
                lock.unlock();
            }
        }
    }

    private void buildAll() {
        for (Optional<CachedKey> use = nextAsked(); use.isPresent(); use = nextAsked()) {
            build(use.get());
        }
    }

    private Optional<CachedKey> nextAsked() {
        lock.lock();
        try {
            CachedKey first = narrowAsked.isEmpty() ? wideAsked.poll() : narrowAsked.poll();
            building = first != null;
            return Optional.ofNullable(first);
        } finally {
            lock.unlock();
        }
    }

    private void build(CachedKey use) {
        try {
            PublicPoint point = use.key().point().orElseThrow();
            settle(use, kernel.table(point, use.asked()));
        } catch (RuntimeException | Error fault) {
            giveUp(use);
            tell(fault);
        }
    }

    /** Whoever hears of faults must not end the building. */
    private void tell(Throwable fault) {
        try {
            faults.accept(fault);
        } catch (RuntimeException | Error another) {
            fault.addSuppressed(another);
        }
    }

    private void settle(CachedKey use, KeyTable table) {
        lock.lock();
        try {
            boolean first = use.table() == null;
            use.take(table, nowNs());
            use.ask(0);
            if (first) {
                memory.builtNarrow();
            } else {
                memory.builtWide(use);
            }
            built++;
        } finally {
            lock.unlock();
        }
    }

    /** The key stays as it was, and is not tried again for a while. */
    private void giveUp(CachedKey use) {
        lock.lock();
        try {
            if (use.table() != null) {
                memory.releaseWide(use);
            }
            use.ask(0);
            use.strive(true);
            use.askAgainFrom(nowNs() + RETRY_NS);
        } finally {
            lock.unlock();
        }
    }
}

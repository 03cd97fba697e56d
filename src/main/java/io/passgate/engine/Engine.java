package io.passgate.engine;

import io.passgate.crypto.SignatureBatch;
import io.passgate.format.Formats;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.VerificationResult;
import io.passgate.policy.Policy;
import io.passgate.policy.PolicyCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Judges requests on threads of its own. An idle worker takes a single payload at once; under load each takes up to
 * {@link EngineLimits#maxBatch} of whatever waits, so that batches form by themselves and no timer holds anything back.
 *
 * <p>Payloads whose signatures would hold up a batch ({@link SignatureBatch#hasKeyTable}) leave it for a slow path of
 * their own. One that finds the slow path full, or waits there for longer than {@link EngineLimits#maxWait}, is
 * answered as our fault.
 */
public final class Engine {
    private static final long TO_MILLIS = 1_000_000;

    /** Whoever does not say who asks. */
    private static final Object ANYBODY = new Object();

    private static final VerificationResult OVERLOADED = Rejections.because(Reason.OVERLOADED);

    private final EngineLimits limits;
    private final PolicyCatalog policies;
    private final Supplier<TrustContext> lists;
    private final EngineObserver observer;
    private final LongSupplier nanoClock;
    private final Formats formats;
    private final WorkQueue queue;
    private final List<Thread> workers = new ArrayList<>();

    /**
     * An engine that has not been started.
     *
     * @param limits how many threads there are, and how much may wait
     * @param policies those that a request may name
     * @param lists the snapshots in force, read once a batch
     * @param observer hears what is done, on the engine's threads
     * @param nanoClock as {@link System#nanoTime}
     * @param formats whose payloads are verified
     */
    public Engine(
            EngineLimits limits,
            PolicyCatalog policies,
            Supplier<TrustContext> lists,
            EngineObserver observer,
            LongSupplier nanoClock,
            Formats formats) {
        this.limits = limits;
        this.policies = policies;
        this.lists = lists;
        this.observer = observer;
        this.nanoClock = nanoClock;
        this.formats = formats;
        this.queue = new WorkQueue(limits, nanoClock);
    }

    /**
     * Starts the workers and the slow path's threads.
     *
     * @param signatures makes each of them a batch of the given capacity
     */
    public void start(IntFunction<SignatureBatch> signatures) {
        start(signatures, () -> {}, () -> {});
    }

    /**
     * Starts the workers and the slow path's threads, each with something to do first.
     *
     * @param signatures makes each of them a batch of the given capacity
     * @param onWorker what each worker runs first
     * @param onSlowPath what each of the slow path's threads runs first
     */
    public void start(IntFunction<SignatureBatch> signatures, Runnable onWorker, Runnable onSlowPath) {
        start(new Crew("passgate-work-", limits.workers(), limits.maxBatch(), queue::take), signatures, onWorker);
        start(
                new Crew("passgate-slow-", limits.slowPath().threads(), WorkQueue.SLOW_PATH_BATCH, queue::takeSlow),
                signatures,
                onSlowPath);
    }

    /** Where a thread gets its work: fills an empty batch, and says false when there will be none any more. */
    private interface Source {
        boolean take(Batch batch, WorkQueue.Taken taken) throws InterruptedException;
    }

    /** Threads that take up to {@code capacity} payloads at a time. */
    private record Crew(String name, int threads, int capacity, Source source) {}

    private void start(Crew crew, IntFunction<SignatureBatch> signatures, Runnable first) {
        for (int i = 0; i < crew.threads; i++) {
            SignatureBatch own = signatures.apply(VerificationPipeline.signatureCapacity(crew.capacity));
            VerificationPipeline verificationPipeline = new VerificationPipeline(crew.capacity, own, observer, formats);
            workers.add(Thread.ofPlatform().name(crew.name, i).daemon().start(() -> {
                first.run();
                work(verificationPipeline, crew.capacity, crew.source);
            }));
        }
    }

    /**
     * Offers a request that may name a policy.
     *
     * @param payloads the texts of QR codes, read in place until {@code whenDone} is called
     * @param policy the name or id of the policy to judge by, if any
     * @param at when the request arrived: its payloads are judged at this instant, however long they wait
     * @param whenDone called once, on a thread of the engine, if the answer is {@link SubmitResult#QUEUED}
     * @return whether it was queued; never waits
     * @throws IllegalArgumentException if there is no payload
     */
    public SubmitResult submit(List<Slice> payloads, Optional<String> policy, Instant at, Consumer<Outcome> whenDone) {
        return submit(payloads, new VerificationOptions(policy, Optional.empty()), at, whenDone);
    }

    /**
     * Offers a request.
     *
     * @param payloads the texts of QR codes, read in place until {@code whenDone} is called
     * @param verificationOptions what is asked of all of them
     * @param at when the request arrived: its payloads are judged at this instant, however long they wait
     * @param whenDone called once, on a thread of the engine, if the answer is {@link SubmitResult#QUEUED}
     * @return whether it was queued; never waits
     * @throws IllegalArgumentException if there is no payload
     */
    public SubmitResult submit(
            List<Slice> payloads, VerificationOptions verificationOptions, Instant at, Consumer<Outcome> whenDone) {
        return submit(ANYBODY, payloads, verificationOptions, at, whenDone);
    }

    /**
     * Offers a request of one of several who ask. Each has a line of its own, and they take turns.
     *
     * @param asker known by {@code equals}
     * @param payloads the texts of QR codes, read in place until {@code whenDone} is called
     * @param verificationOptions what is asked of all of them
     * @param at when the request arrived: its payloads are judged at this instant, however long they wait
     * @param whenDone called once, on a thread of the engine, if the answer is {@link SubmitResult#QUEUED}
     * @return whether it was queued; never waits
     * @throws IllegalArgumentException if there is no payload
     */
    public SubmitResult submit(
            Object asker,
            List<Slice> payloads,
            VerificationOptions verificationOptions,
            Instant at,
            Consumer<Outcome> whenDone) {
        Optional<Policy> policy = verificationOptions.policy().flatMap(ref -> policies.find(ref, at));
        if (verificationOptions.policy().isPresent() && policy.isEmpty()) {
            return SubmitResult.UNKNOWN_POLICY;
        }
        Optional<Policy> shownBy = verificationOptions.shownBy().flatMap(ref -> policies.find(ref, at));
        return queue.offer(new PendingRequest(
                asker, payloads, at, policy, shownBy, nanoClock.getAsLong(), outcome -> tell(whenDone, outcome)));
    }

    /** A fault of the caller must neither end the worker nor cost another request its answer. */
    private void tell(Consumer<Outcome> whenDone, Outcome outcome) {
        try {
            whenDone.accept(outcome);
        } catch (RuntimeException | Error fault) {
            observer.failed(fault);
        }
    }

    /**
     * {@return whether no further request of somebody should come now} Either there is hardly room for one, or those
     * that wait have waited for so long that it would only wait as well.
     *
     * @param asker as in {@link #submit(Object, List, VerificationOptions, Instant, Consumer)}
     */
    public boolean isFull(Object asker) {
        return queue.isFull(asker);
    }

    /** {@return how many payloads wait for a worker} */
    public int queued() {
        return queue.items();
    }

    /** {@return how many payloads wait in the slow path} */
    public int inSlowPath() {
        return queue.slowItems();
    }

    /**
     * Finishes what was queued and stops.
     *
     * @param patience how long to wait for that in all
     * @return whether all of it was finished by then
     * @throws InterruptedException if the waiting thread is interrupted; the engine stops nevertheless
     */
    public boolean close(Duration patience) throws InterruptedException {
        queue.close();
        long deadlineNs = System.nanoTime() + patience.toNanos();
        boolean finished = true;
        for (Thread worker : workers) {
            worker.join(Math.max(1, (deadlineNs - System.nanoTime()) / TO_MILLIS));
            finished &= !worker.isAlive();
        }
        return finished;
    }

    private void work(VerificationPipeline verificationPipeline, int capacity, Source source) {
        Batch batch = new Batch(capacity);
        WorkQueue.Taken taken = new WorkQueue.Taken(capacity);
        try {
            while (source.take(batch, taken)) {
                for (PendingRequest late : taken.expired()) {
                    observer.requestExpired();
                    late.expire();
                }
                for (WorkQueue.Deferred late : taken.late()) {
                    observer.judged(OVERLOADED);
                    late.request().finish(late.index(), OVERLOADED, Cost.LEAST);
                }
                if (taken.size() > 0) {
                    judge(verificationPipeline, batch, taken);
                    taken.finish(batch);
                    batch.clear();
                }
                taken.clear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A single payload is judged at once, whatever it takes: nothing else waited when it was taken. */
    private void judge(VerificationPipeline verificationPipeline, Batch batch, WorkQueue.Taken taken) {
        if (taken.isSlow()) {
            verificationPipeline.judgeDeferred(batch, lists.get());
            return;
        }
        observer.batchStarted(taken.size(), taken.longestWaitNs());
        if (taken.size() == 1) {
            verificationPipeline.judge(batch, lists.get());
            return;
        }
        verificationPipeline.judgeQuick(batch, lists.get());
        queue.defer(batch, taken);
        for (int i = 0; i < taken.refused(); i++) {
            observer.judged(OVERLOADED);
        }
    }
}

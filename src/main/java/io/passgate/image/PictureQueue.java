package io.passgate.image;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that wait for the one thread that reads them. Whoever asks takes turns with the others, and has a share of
 * the room; what has waited too long is answered without a look at it.
 */
public final class PictureQueue {
    /** Pictures that wait, of all who ask. */
    public static final int MOST_WAITING = 32;

    /** Pictures that wait, of one who asks. */
    public static final int MOST_WAITING_EACH = 8;

    /** How long a picture waits at most: one that is worked on meanwhile takes {@link PictureReader#PATIENCE}. */
    public static final Duration MOST_WAIT = Duration.ofSeconds(2);

    private static final PictureResult OVERLOADED = new PictureResult.Overloaded();

    private final PictureObserver observer;
    private final LongSupplier nanoClock;
    private final Map<Object, ArrayDeque<Waiting>> waiting = new LinkedHashMap<>();
    private int size;
    private boolean isClosed;
    private @Nullable Thread thread;

    /** One picture. */
    private record Waiting(byte[] file, long sinceNs, BooleanSupplier isGone, Consumer<PictureResult> whenDone) {}

    /**
     * A queue whose thread has not been started.
     *
     * @param observer hears of each picture
     * @param nanoClock as {@link System#nanoTime}
     */
    public PictureQueue(PictureObserver observer, LongSupplier nanoClock) {
        this.observer = observer;
        this.nanoClock = nanoClock;
    }

    /**
     * Starts the thread.
     *
     * @param first what it runs first
     */
    public synchronized void start(Runnable first) {
        thread = Thread.ofPlatform().name("passgate-image").daemon().start(() -> {
            first.run();
            work();
        });
    }

    /**
     * Has a picture read. Any thread, also an event loop: it never waits.
     *
     * @param asker whose turn it takes; known by {@code equals}
     * @param file PNG or JPEG, whatever it is said to be; nobody writes into it any more
     * @param isGone whether nobody waits for the result any more; asked on the queue's thread, which then works no more
     * @param whenDone called once with what it came to: at once where it is refused by its header or there is no room,
     *     else on the queue's thread
     */
    public void submit(Object asker, byte[] file, BooleanSupplier isGone, Consumer<PictureResult> whenDone) {
        Optional<PictureResult> refusal = PictureReader.refusal(file);
        PictureResult refused =
                refusal.isPresent() ? refusal.get() : offer(asker, file, isGone, whenDone) ? null : OVERLOADED;
        if (refused != null) {
            observer.refused(refused);
            whenDone.accept(refused);
        }
    }

    private synchronized boolean offer(
            Object asker, byte[] file, BooleanSupplier isGone, Consumer<PictureResult> whenDone) {
        ArrayDeque<Waiting> own = waiting.get(asker);
        boolean isFull = isClosed || size >= MOST_WAITING || (own != null && own.size() >= MOST_WAITING_EACH);
        if (!isFull) {
            waiting.computeIfAbsent(asker, first -> new ArrayDeque<>())
                    .add(new Waiting(file, nanoClock.getAsLong(), isGone, whenDone));
            size++;
            notifyAll();
        }
        return !isFull;
    }

    /** {@return how many pictures wait} */
    public synchronized int size() {
        return size;
    }

    /** The next one's turn; null when there will be none any more. */
    private synchronized @Nullable Waiting take() throws InterruptedException {
        while (size == 0) {
            if (isClosed) {
                return null;
            }
            wait();
        }
        Map.Entry<Object, ArrayDeque<Waiting>> turn =
                waiting.entrySet().iterator().next();
        Waiting next = turn.getValue().remove();
        size--;
        var _ = waiting.remove(turn.getKey());
        if (!turn.getValue().isEmpty()) {
            waiting.put(turn.getKey(), turn.getValue());
        }
        return next;
    }

    private void work() {
        try {
            boolean isOpen = true;
            while (isOpen) {
                isOpen = answerNext();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing of a request is left on the thread's stack while it waits for the next. */
    private boolean answerNext() throws InterruptedException {
        Waiting next = take();
        if (next != null) {
            answer(next);
        }
        return next != null;
    }

    /** A fault, of ours or of whoever asked, must not cost the next picture its answer. */
    private void answer(Waiting next) {
        PictureResult result = OVERLOADED;
        long startNs = nanoClock.getAsLong();
        try {
            if (isClosed() || startNs - next.sinceNs > MOST_WAIT.toNanos()) {
                observer.refused(result);
            } else {
                result = PictureReader.read(
                        next.file, new Deadline(nanoClock, PictureReader.PATIENCE.toNanos(), next.isGone));
                observer.read(result, nanoClock.getAsLong() - startNs);
            }
        } catch (RuntimeException | Error fault) {
            observer.failed(fault);
        }
        try {
            next.whenDone.accept(result);
        } catch (RuntimeException | Error fault) {
            observer.failed(fault);
        }
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    /**
     * Answers what waits, and stops: at most the picture that is worked on is finished.
     *
     * @param patience how long to wait for that
     * @return whether the thread has ended by then
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean close(Duration patience) throws InterruptedException {
        Thread ending;
        synchronized (this) {
            isClosed = true;
            notifyAll();
            ending = thread;
        }
        return ending == null || ending.join(patience);
    }
}

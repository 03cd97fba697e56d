package io.passgate.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One thread, and who waits for it. */
final class PictureQueueTest {
    private static final byte[] CODE = Pictures.png(Pictures.code("QUEUED", 120));

    private final AtomicLong time = new AtomicLong();
    private final List<String> heard = new ArrayList<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final PictureQueue queue = new PictureQueue(
            new PictureObserver() {
                @Override
                public void read(PictureResult result, long tookNs) {
                    hear("read");
                }

                @Override
                public void refused(PictureResult result) {
                    hear("refused");
                }

                @Override
                public void failed(Throwable fault) {
                    hear("failed");
                }
            },
            time::get);

    private synchronized void hear(String what) {
        heard.add(what);
    }

    private synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    /** The thread waits before its first picture. */
    private void start() {
        queue.start(() -> {
            try {
                opened.await();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
    }

    private void submit(String asker, String name) {
        queue.submit(asker, CODE, () -> false, result -> answers.add(name + " " + result));
    }

    private String answer() throws InterruptedException {
        String answer = answers.poll(20, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        return answer;
    }

    @Test
    void askers_takeTurns() throws InterruptedException {
        start();
        submit("a", "a1");
        submit("a", "a2");
        submit("a", "a3");
        submit("b", "b1");
        submit("c", "c1");
        submit("b", "b2");
        assertThat(queue.size()).isEqualTo(6);
        opened.countDown();
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            order.add(answer().split(" ", -1)[0]);
        }
        assertThat(order).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
        assertThat(queue.close(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void whereThereIsNoRoom_itIsSaidAtOnce_andOthersHaveTheirs() throws InterruptedException {
        start();
        for (int i = 0; i < PictureQueue.MOST_WAITING_EACH; i++) {
            submit("a", "a" + i);
        }
        assertThat(answers).isEmpty();
        submit("a", "late");
        assertThat(answers.poll()).isEqualTo("late Overloaded[]");
        for (int asker = 1; asker < 4; asker++) {
            for (int i = 0; i < PictureQueue.MOST_WAITING_EACH; i++) {
                submit("b" + asker, "b");
            }
        }
        assertThat(answers).isEmpty();
        assertThat(queue.size()).isEqualTo(PictureQueue.MOST_WAITING);
        submit("c", "c");
        assertThat(answers.poll()).isEqualTo("c Overloaded[]");
        opened.countDown();
        assertThat(queue.close(Duration.ofSeconds(20))).isTrue();
        assertThat(answers).hasSize(PictureQueue.MOST_WAITING);
    }

    @Test
    void whatHasWaitedTooLong_isNotLookedAt() throws InterruptedException {
        start();
        submit("a", "early");
        time.addAndGet(PictureQueue.MOST_WAIT.toNanos());
        submit("a", "in time");
        time.addAndGet(1);
        opened.countDown();
        assertThat(answer()).isEqualTo("early Overloaded[]");
        assertThat(answer()).isEqualTo("in time Codes[1]");
        assertThat(queue.close(Duration.ofSeconds(20))).isTrue();
        assertThat(heard()).containsExactly("refused", "read");
    }

    @Test
    void whatNobodyWaitsForAnyMore_isNotSearched() throws InterruptedException {
        start();
        queue.submit("a", CODE, () -> true, result -> answers.add("gone " + result));
        opened.countDown();
        assertThat(answer()).isEqualTo("gone Overloaded[]");
        assertThat(queue.close(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void whatTheHeaderRefuses_waitsForNobody() {
        queue.submit("a", new byte[9], () -> false, result -> answers.add(result.toString()));
        assertThat(answers.poll()).startsWith("Unreadable");
        assertThat(heard()).containsExactly("refused");
    }

    @Test
    void aFaultOfWhoAsked_doesNotEndTheThread() throws InterruptedException {
        start();
        queue.submit("a", CODE, () -> false, result -> {
            throw new IllegalStateException("CANARY");
        });
        submit("a", "next");
        opened.countDown();
        assertThat(answer()).isEqualTo("next Codes[1]");
        assertThat(queue.close(Duration.ofSeconds(20))).isTrue();
        assertThat(heard()).containsExactly("read", "failed", "read");
    }

    @Test
    void aClosedQueue_answersWhatWaits_andTakesNoMore() throws InterruptedException {
        start();
        submit("a", "waiting");
        Thread closing = Thread.ofPlatform().start(() -> {
            try {
                assertThat(queue.close(Duration.ofSeconds(20))).isTrue();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!closing.getState().equals(Thread.State.TIMED_WAITING)) {
            assertThat(System.nanoTime() - deadlineNs).isNegative();
            Thread.onSpinWait();
        }
        submit("a", "too late");
        assertThat(answer()).isEqualTo("too late Overloaded[]");
        opened.countDown();
        assertThat(answer()).isEqualTo("waiting Overloaded[]");
        assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
    }
}

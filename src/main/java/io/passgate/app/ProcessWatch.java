package io.passgate.app;

import io.passgate.app.config.Config;
import io.passgate.app.metrics.WatchMetrics;
import io.passgate.app.watch.DirectMemory;
import io.passgate.app.watch.EventLoop;
import io.passgate.app.watch.ProcessEnd;
import io.passgate.app.watch.Watchdog;
import java.util.List;

/** A gateway's watchdog, wired. */
final class ProcessWatch implements AutoCloseable {
    private final DirectMemory memory = new DirectMemory();
    private final Watchdog watchdog;

    ProcessWatch(Config.Watch config, List<EventLoop> loops, WatchMetrics metrics) {
        watchdog = new Watchdog(
                new Watchdog.Terms(config.warnAfter(), config.endAfter(), config.memoryEndAfter()),
                loops,
                new Watchdog.Surroundings(
                        DirectMemory::isThereForARead,
                        System::nanoTime,
                        new ProcessEnd(Runtime.getRuntime()::halt),
                        metrics));
        metrics.watch(watchdog, memory);
        watchdog.start();
    }

    List<String> notLiveBecause() {
        return watchdog.notLiveBecause();
    }

    List<String> notReadyBecause() {
        return watchdog.notReadyBecause();
    }

    List<String> warnings() {
        return memory.isNearlyUsedUp() ? List.of("direct memory is nearly used up") : List.of();
    }

    @Override
    public void close() {
        watchdog.close();
    }
}

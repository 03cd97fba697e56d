package io.passgate.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.CapturedLogs;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The end of a process: one line, and the exit code, also where nobody takes the line. */
final class ProcessEndTest {
    private final AtomicInteger exitCode = new AtomicInteger();

    @Test
    void theReasonIsLogged_beforeTheProcessEnds() {
        try (CapturedLogs logs = new CapturedLogs()) {
            new ProcessEnd(code -> {
                        assertThat(logs.lines()).singleElement().asString().contains("exit code 70: a loop is stuck");
                        exitCode.set(code);
                    })
                    .accept("a loop is stuck");
        }
        assertThat(exitCode).hasValue(70);
    }

    @Test
    void aLogThatTakesNothing_doesNotKeepTheProcess() {
        CountDownLatch never = new CountDownLatch(1);
        Handler full = new Handler() {
            @Override
            public void publish(LogRecord record) {
                try {
                    var _ = never.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(full);
        try {
            new ProcessEnd(exitCode::set).accept("a loop is stuck");
        } finally {
            root.removeHandler(full);
            never.countDown();
        }
        assertThat(exitCode).hasValue(70);
    }
}

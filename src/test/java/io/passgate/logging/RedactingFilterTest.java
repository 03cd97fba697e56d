package io.passgate.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.CapturedLogs;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** What is left of a record before any handler sees it. */
final class RedactingFilterTest {
    private static LogRecord record(String logger, String message, Throwable thrown) {
        LogRecord record = new LogRecord(Level.SEVERE, message);
        record.setLoggerName(logger);
        record.setThrown(thrown);
        record.setParameters(new Object[] {"CANARY"});
        return record;
    }

    private static String text(LogRecord record) {
        assertThat(new RedactingFilter().isLoggable(record)).isTrue();
        return new SimpleFormatter().format(record);
    }

    private final Throwable fault = new IllegalArgumentException("of CANARY", new IllegalStateException("by CANARY"));

    @Test
    void ofALibrary_itsLoggerAndTheClassesOfTheFaultAreLeft() {
        for (String library : List.of("io.vertx.ext.web.RoutingContext", "io.netty.channel.X", "io.passgatex", "")) {
            String text = text(record(library, "of {0} CANARY", fault));
            assertThat(text).doesNotContain("CANARY").contains("IllegalArgumentException", "IllegalStateException");
            assertThat(text.lines()).hasSize(2);
            assertThat(text(record(library, "CANARY", fault))).doesNotContain("CANARY");
        }
    }

    @Test
    void ofOurs_theMessageStays_andAFaultHasItsPlaceInOneLine() {
        String text = text(record("io.passgate.store.feed.ChangeFeed", "it failed", fault));
        assertThat(text).contains("it failed: java.lang.IllegalArgumentException at ");
        assertThat(text).doesNotContain("CANARY");
        assertThat(text.lines()).hasSize(2);
    }

    @Test
    void aBlockedThread_isStillSaidToBeBlocked() {
        assertThat(text(record("io.vertx.core.impl.BlockedThreadChecker", "blocked for 3000 ms", fault)))
                .contains("blocked for 3000 ms");
    }

    @Test
    void whatEndsAThread_isLoggedWithoutItsMessage() throws InterruptedException {
        try (CapturedLogs logs = new CapturedLogs()) {
            Thread thread = Thread.ofPlatform()
                    .name("some-thread")
                    .uncaughtExceptionHandler(new UncaughtFaults())
                    .start(() -> {
                        throw new IllegalStateException("of CANARY");
                    });
            thread.join();
            assertThat(logs.lines())
                    .anyMatch(
                            line -> line.contains("the thread some-thread ended: java.lang.IllegalStateException at "))
                    .noneMatch(line -> line.contains("CANARY"));
        }
    }

    @Test
    void everyLoggerOfTheManager_hasTheFilter() {
        LastingLogManager manager = new LastingLogManager();
        Logger logger = new Logger("io.netty.some", null) {};
        assertThat(manager.addLogger(logger)).isTrue();
        StringBuilder seen = new StringBuilder();
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord record) {
                seen.append(new SimpleFormatter().format(record));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        logger.log(Level.SEVERE, "CANARY {0}", "CANARY");
        assertThat(seen.toString()).contains("its message is not shown").doesNotContain("CANARY");
    }
}

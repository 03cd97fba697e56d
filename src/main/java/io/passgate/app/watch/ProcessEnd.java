package io.passgate.app.watch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Ends the process at once, when it can neither do its work nor stop in order. The line that says why is given a
 * second: a log that nobody reads does not keep the process.
 */
public final class ProcessEnd implements Consumer<String> {
    /** To be started again (EX_SOFTWARE of sysexits.h). */
    public static final int EXIT_CODE = 70;

    private static final Logger LOG = System.getLogger(ProcessEnd.class.getName());
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final IntConsumer halt;

    /**
     * Ends nothing yet.
     *
     * @param halt as {@link Runtime#halt}
     */
    public ProcessEnd(IntConsumer halt) {
        this.halt = halt;
    }

    @Override
    public void accept(String why) {
        try {
            Thread words = Thread.ofPlatform()
                    .name("passgate-last-words")
                    .daemon()
                    .start(() -> {
                        LOG.log(Level.ERROR, "ending the process with exit code {0}: {1}", EXIT_CODE, why);
                        System.err.flush();
                    });
            var _ = words.join(LAST_WORDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            halt.accept(EXIT_CODE);
        }
    }
}

package io.passgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code passgate serve}: runs a gateway until it is told to stop. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Runs a gateway until it is told to stop.")
final class ServeCommand implements Callable<Integer> {
    /** The exit code of a command whose threads go on. */
    static final int KEEPS_RUNNING = -1;

    @Override
    public Integer call() {
        return KEEPS_RUNNING;
    }
}

package io.passgate.cli;

import io.passgate.app.ConfigFile;
import io.passgate.app.Gateway;
import io.passgate.app.InvalidConfig;
import io.passgate.app.InvalidPolicyFile;
import io.passgate.app.watch.ProcessEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code passgate serve}: runs a gateway until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a gateway until it is told to stop (SIGTERM or SIGINT), then finishes what it took.",
            "Signers of the demonstration are refused."
        })
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: config/passgate.yaml of the installation).")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException, UsageException {
        Path file = config == null ? Home.config().resolve("passgate.yaml") : config;
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new UsageException(file + " is not a file");
        }
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtFaults());
        try {
            Gateway gateway = Gateway.start(ConfigFile.read(file), folder, false);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway), "passgate-stop"));
        } catch (InvalidConfig | InvalidPolicyFile wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
        return Main.KEEPS_RUNNING;
    }

    /** Even a stop that itself stands still ends, a second after it should have. */
    private static void stop(Gateway gateway) {
        Duration longest = gateway.longestStop();
        ProcessEnd end = new ProcessEnd(Runtime.getRuntime()::halt);
        var unused = Thread.ofPlatform().name("passgate-stop-limit").daemon().start(() -> {
            try {
                Thread.sleep(longest.plusSeconds(1));
                end.accept("stopping has not ended after " + longest);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        gateway.close();
    }
}

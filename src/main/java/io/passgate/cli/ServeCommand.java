package io.passgate.cli;

import io.passgate.app.Gateway;
import io.passgate.app.config.Config;
import io.passgate.app.config.ConfigFile;
import io.passgate.app.config.InvalidConfig;
import io.passgate.cli.option.Home;
import io.passgate.cli.option.UsageException;
import io.passgate.logging.JsonLines;
import io.passgate.logging.UncaughtFaults;
import io.passgate.policy.file.InvalidPolicyFile;
import java.io.IOException;
import java.nio.file.Path;
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
            Config read = ConfigFile.read(file);
            if (read.log().isJson()) {
                JsonLines.use();
            }
            Gateway.start(read, folder, false).stopWithProcess();
        } catch (InvalidConfig wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        } catch (InvalidPolicyFile wrong) {
            throw new UsageException("policies: " + wrong.getMessage());
        }
        return Main.KEEPS_RUNNING;
    }
}

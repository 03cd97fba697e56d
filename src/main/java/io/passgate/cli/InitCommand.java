package io.passgate.cli;

import io.passgate.app.config.InvalidConfig;
import io.passgate.app.setup.Setup;
import io.passgate.cli.option.DatabaseOption;
import io.passgate.cli.option.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code passgate init}: makes what a new installation lacks. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes what gateways need to start from, and is not there yet: the schema, pepper, audit key, keystore and "
                    + "its password where the configuration names them, a first key for the wallet and for each "
                    + "provider, and a token for each role.",
            "What is there stays, and it says so. It can be run before every start.",
            "Secrets are written to files of mode 0600, and are never printed."
        })
final class InitCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOption database = new DatabaseOption();

    @Option(
            names = "--trust",
            paramLabel = "FILE_OR_DIR",
            description = "Signers of health certificates, as signers import takes them. What cannot be used is named, "
                    + "and left out.")
    private @Nullable Path trust;

    @Option(
            names = "--tokens",
            required = true,
            paramLabel = "DIR",
            description =
                    "A folder for the tokens, a file for each role. Take them away from there when they are where "
                            + "they are used: they are not made again.")
    private Path tokens = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, UsageException {
        PrintWriter out = spec.commandLine().getOut();
        DatabaseOption.Read read = database.read();
        try {
            new Setup(read.config(), read.folder(), new SecureRandom(), InstantSource.system(), out::println)
                    .run(Optional.ofNullable(trust), tokens);
        } catch (InvalidConfig wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        } finally {
            out.flush();
        }
        return 0;
    }
}

package io.passgate.cli;

import io.passgate.app.Administration;
import io.passgate.cli.option.DatabaseOption;
import io.passgate.cli.option.UsageException;
import io.passgate.store.feed.AdminCommands;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code passgate feed}: the history that all gateways follow. */
@Command(
        name = "feed",
        mixinStandardHelpOptions = true,
        description = "Looks after the history that all gateways follow.",
        subcommands = FeedCommand.Adopt.class)
final class FeedCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the commands of feed?");
    }

    /** {@code passgate feed adopt}. */
    @Command(
            name = "adopt",
            mixinStandardHelpOptions = true,
            description = {
                "Declares the database as it is to be the truth, after it was restored to an older state.",
                "Every gateway gives up what it knows beyond it. Revocations that were lost are accepted again!"
            })
    static final class Adopt implements Callable<Integer> {
        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @Option(names = "--yes", required = true, description = "That this is meant.")
        private boolean yes;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            if (!yes) {
                throw new UsageException("--yes=false");
            }
            try (Administration administration = database.open()) {
                long epoch = administration.run(AdminCommands::adopt);
                spec.commandLine().getErr().println("the database is the truth from epoch " + epoch + " on");
            }
            return 0;
        }
    }
}

package io.passgate.cli;

import io.passgate.app.Administration;
import io.passgate.cli.option.DatabaseOption;
import io.passgate.cli.option.UsageException;
import io.passgate.store.StoreException;
import io.passgate.store.secret.SecretAdoption;
import io.passgate.store.secret.SecretAdoption.Known;
import io.passgate.store.secret.SecretFingerprint;
import io.passgate.store.secret.SecretPurpose;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code passgate secrets}: the secrets that all gateways have alike. */
@Command(
        name = "secrets",
        mixinStandardHelpOptions = true,
        description = "Looks after the pepper and the audit key, which the database knows by their fingerprints.",
        subcommands = SecretsCommand.Adopt.class)
final class SecretsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the commands of secrets?");
    }

    /** {@code passgate secrets adopt}. */
    @Command(
            name = "adopt",
            mixinStandardHelpOptions = true,
            description = {
                "Declares the pepper and the audit key of this configuration the right ones, such as at a rotation.",
                "Gateways that have others issue and trace no more, those that have these do. Without --yes it only says",
                "what it would do."
            })
    static final class Adopt implements Callable<Integer> {
        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @Option(names = "--yes", description = "That this is meant.")
        private boolean yes;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            List<SecretFingerprint> secrets = secrets();
            PrintWriter err = spec.commandLine().getErr();
            try (Administration administration = database.open();
                    SecretAdoption adoption = administration.secrets()) {
                Map<SecretPurpose, Known> known = adoption.compare(secrets);
                for (SecretFingerprint secret : secrets) {
                    SecretPurpose purpose = secret.purpose();
                    switch (known.getOrDefault(purpose, Known.NONE)) {
                        case THIS_ONE -> err.println("the " + purpose.title() + " is the one that the database knows");
                        case NONE -> adopt(adoption, secret, "");
                        case ANOTHER -> adopt(adoption, secret, ", in the place of another one; " + cost(purpose));
                    }
                }
            } catch (StoreException lost) {
                throw new IllegalStateException("the secrets were not adopted: " + lost.getMessage(), lost);
            }
            if (!yes) {
                throw new UsageException("nothing was changed; --yes says that it is meant");
            }
            return 0;
        }

        private List<SecretFingerprint> secrets() throws IOException, UsageException {
            DatabaseOption.Read read = database.read();
            try {
                List<SecretFingerprint> secrets = read.config().secrets(read.folder());
                if (secrets.isEmpty()) {
                    throw new UsageException("neither issuing.pepperFile nor audit.keyFile is set");
                }
                return secrets;
            } catch (IllegalArgumentException wrong) {
                throw new UsageException(String.valueOf(wrong.getMessage()));
            }
        }

        private void adopt(SecretAdoption adoption, SecretFingerprint secret, String instead) {
            if (yes) {
                adoption.adopt(secret);
            }
            spec.commandLine()
                    .getErr()
                    .println("the " + secret.purpose().title() + (yes ? " is adopted" : " would be adopted") + instead);
        }

        private static String cost(SecretPurpose purpose) {
            return switch (purpose) {
                case PEPPER ->
                    "holders known by that one are not found by this one: have records and consents sent again";
                case AUDIT -> "what is in the audit so far is verified by that one only: keep it";
            };
        }
    }
}

package io.passgate.cli;

import io.passgate.app.Administration;
import io.passgate.app.Demonstration;
import io.passgate.app.keys.KeyCeremony;
import io.passgate.cli.option.KeyStoreOption;
import io.passgate.cli.option.UsageException;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.signing.KeyPurpose;
import io.passgate.crypto.signing.KeyStoreFile;
import io.passgate.crypto.signing.SigningKey;
import io.passgate.crypto.signing.SigningKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code passgate keys}: what the gateways sign with. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Creates, rotates and lists the keys that passes and wallet certificates are signed with.",
        subcommands = {KeysCommand.Create.class, KeysCommand.Rotate.class, KeysCommand.ListAll.class})
final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the commands of keys?");
    }

    /** The key that is wanted. */
    static final class KeyOptions {
        @ArgGroup(multiplicity = "1")
        private Purpose purpose = new Purpose();

        @Option(
                names = "--valid-for",
                defaultValue = "P90D",
                description = "How long from its activation on, in ISO 8601 (default: ${DEFAULT-VALUE}).")
        private Duration validFor = Duration.ofDays(90);

        @Option(
                names = "--organization",
                description = "The O of its certificate (default: that of the key before, or "
                        + KeyCeremony.DEFAULT_ORGANIZATION + ").")
        private @Nullable String organization;

        /** One or the other. */
        static final class Purpose {
            @Option(names = "--provider", required = true, description = "It signs the entry passes of this provider.")
            private String provider = "";

            @Option(names = "--wallet", required = true, description = "It signs wallet certificates.")
            private boolean wallet;
        }

        KeyCeremony.KeyRequest request() throws UsageException {
            if (organization != null && Demonstration.isInvented(organization)) {
                throw new UsageException("--organization: no gateway would take a key of the demonstration");
            }
            return new KeyCeremony.KeyRequest(
                    purpose.wallet ? new KeyPurpose.Certificates() : new KeyPurpose.Passes(purpose.provider),
                    validFor,
                    Optional.ofNullable(organization));
        }
    }

    private interface Step {
        KeyCeremony.Outcome of(KeyCeremony ceremony, KeyCeremony.KeyRequest request) throws IOException;
    }

    /** Runs a ceremony and tells what came of it: the KID to the output, the rest to the people. */
    private static int run(CommandSpec spec, KeyStoreOption option, KeyOptions wanted, Step step)
            throws IOException, UsageException {
        try {
            KeyCeremony.KeyRequest request = wanted.request();
            KeyStoreFile store = option.open();
            try (Administration administration = option.administration()) {
                KeyCeremony ceremony = new KeyCeremony(
                        store,
                        administration.trustedSigners(),
                        CryptoProviders.preferred(),
                        new SecureRandom(),
                        InstantSource.system());
                return tell(spec, store, step.of(ceremony, request));
            }
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    private static int tell(CommandSpec spec, KeyStoreFile store, KeyCeremony.Outcome outcome) throws UsageException {
        PrintWriter err = spec.commandLine().getErr();
        SigningKey key = switch (outcome) {
            case KeyCeremony.Outcome.Refused(var why) -> throw new UsageException(why);
            case KeyCeremony.Outcome.Made(var made) -> made;
            case KeyCeremony.Outcome.Completed(var made) -> {
                err.println("a rotation was under way, and is complete: no other key was made");
                yield made;
            }
        };
        spec.commandLine().getOut().println(key.kid().toBase64());
        err.println(key.purpose().code() + ": signs from " + key.settledFrom() + " until " + key.notAfter() + "; copy "
                + store.path() + " to every gateway before it does");
        return 0;
    }

    /** {@code passgate keys create}. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = {
                "Makes the first key for a provider's passes or for wallet certificates, and prints its KID.",
                "The key is added to the keystore, which is made if there is none, and its signer to those that all "
                        + "gateways trust.",
                "Copy the keystore to every gateway."
            })
    static final class Create implements Callable<Integer> {
        @Mixin
        private KeyStoreOption store = new KeyStoreOption();

        @Mixin
        private KeyOptions wanted = new KeyOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            return run(spec, store, wanted, KeyCeremony::create);
        }
    }

    /** {@code passgate keys rotate}. */
    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = {
                "Makes the next key, and prints its KID. Its signer is trusted at once, and it signs from 10 s after its "
                        + "activation on.",
                "COPY THE KEYSTORE TO EVERY GATEWAY BEFORE THAT: passes that the old key signs are trusted for 25 s more. "
                        + "Wallet certificates that it signed are, as long as they would have been.",
                "Repeated before that, it completes what it may have left undone, and makes no other key. Retired keys "
                        + "leave the keystore at the rotation after."
            })
    static final class Rotate implements Callable<Integer> {
        @Mixin
        private KeyStoreOption store = new KeyStoreOption();

        @Mixin
        private KeyOptions wanted = new KeyOptions();

        @Option(
                names = "--activate-after",
                defaultValue = "PT1M",
                description = "When its certificate begins, in ISO 8601 (default: ${DEFAULT-VALUE}).")
        private Duration activateAfter = Duration.ofMinutes(1);

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            return run(spec, store, wanted, (ceremony, request) -> ceremony.rotate(request, activateAfter));
        }
    }

    /** {@code passgate keys list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "Lists the keys of the keystore, one a line, tab separated:",
                "purpose (pass:PROVIDER or wallet), KID (Base64), first and last instant of validity, state.",
                "The state is active (signs now), next (will sign) or retired (signs no more)."
            })
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private KeyStoreOption store = new KeyStoreOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            PrintWriter out = spec.commandLine().getOut();
            SigningKeys keys = store.open().load();
            Instant now = Instant.now();
            keys.all().forEach(key -> out.println(line(key, keys.state(key, now))));
            out.flush();
            return 0;
        }

        private static String line(SigningKey key, SigningKeys.State state) {
            return String.join(
                    "\t",
                    key.purpose().code(),
                    key.kid().toBase64(),
                    key.notBefore().toString(),
                    key.notAfter().toString(),
                    state.name().toLowerCase(Locale.ROOT));
        }
    }
}

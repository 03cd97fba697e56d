package io.passgate.cli;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.NewToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.app.Administration;
import io.passgate.cli.option.DatabaseOption;
import io.passgate.cli.option.UsageException;
import io.passgate.qr.QrCode;
import io.passgate.store.feed.AdminCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code passgate token}: who may ask. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Creates, imports and revokes the tokens of clients.",
        subcommands = {TokenCommand.Create.class, TokenCommand.Import.class, TokenCommand.Revoke.class})
final class TokenCommand implements Runnable {
    private static final int CHUNK = 1_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the commands of token?");
    }

    private static Client client(String name, String role, Instant expiresAt) throws UsageException {
        Role known = Role.ofCode(role)
                .orElseThrow(() -> new UsageException("the role is none of "
                        + Arrays.stream(Role.values()).map(Role::code).toList()));
        try {
            return new Client(name, known, expiresAt.truncatedTo(ChronoUnit.SECONDS));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    /** {@code passgate token create}. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Creates a token and prints it, once: only its SHA-256 is stored.")
    static final class Create implements Callable<Integer> {
        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @Option(names = "--name", required = true, description = "Whom it is for: a facility's id, a provider's name.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                description = "verifier, facility, care-facility, provider, registrar, trust-admin or tracer.")
        private String role = "";

        @Option(
                names = "--valid-for",
                defaultValue = "P365D",
                description = "How long, in ISO 8601 (default: ${DEFAULT-VALUE}).")
        private Duration validFor = Duration.ofDays(365);

        @Option(names = "--qr", description = "Draws it as a QR code too, to be scanned by the page of a door.")
        private boolean isDrawn;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            NewToken token = new NewToken(new SecureRandom());
            ClientToken clientToken = new ClientToken(
                    token.hash(), client(name, role, Instant.now().plus(validFor)));
            try (Administration administration = database.open()) {
                var _ = administration.run(adminCommands -> adminCommands.addClients(List.of(clientToken)));
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(token.reveal());
            if (isDrawn) {
                out.print(QrCode.ofVisible(token.reveal()).terminal());
                out.flush();
            }
            spec.commandLine()
                    .getErr()
                    .println(role + " " + name + ", until "
                            + clientToken.client().expiresAt());
            return 0;
        }
    }

    /** {@code passgate token import}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Imports tokens made elsewhere, one a line, separated by commas:",
                "SHA-256 in hexadecimal, name, role, expiry (an instant in ISO 8601).",
                "A line that cannot be used is named, and the others are taken. A token that has been revoked stays so."
            })
    static final class Import implements Callable<Integer> {
        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @Parameters(paramLabel = "FILE", description = "The lines.")
        private Path file = Path.of("");

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            UsageException.checkFile(file);
            Tally tally = new Tally(spec.commandLine().getErr());
            try (BufferedReader lines = Files.newBufferedReader(file);
                    Administration administration = database.open()) {
                List<Line> chunk = new ArrayList<>(CHUNK);
                long number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    try {
                        if (!line.isBlank()) {
                            chunk.add(new Line(number, parse(line)));
                        }
                    } catch (UsageException | IllegalArgumentException | DateTimeException unusable) {
                        tally.leaveOut(number, "is not SHA-256,name,role,expiry");
                    }
                    if (chunk.size() == CHUNK) {
                        tally.add(administration, chunk);
                    }
                }
                tally.add(administration, chunk);
            }
            return tally.end();
        }

        /** A token, and the number of its line. */
        private record Line(long number, ClientToken token) {}

        /** What became of the lines so far. */
        private static final class Tally {
            private static final long TOLD_EVERY = 100L * CHUNK;

            private final PrintWriter err;
            private long taken;
            private long leftOut;
            private long revoked;

            private Tally(PrintWriter err) {
                this.err = err;
            }

            void leaveOut(long number, String why) {
                leftOut++;
                err.println("line " + number + ": " + why);
            }

            /** Adds the tokens of these lines, and forgets the lines. */
            void add(Administration administration, List<Line> chunk) {
                if (chunk.isEmpty()) {
                    return;
                }
                List<ClientToken> grants = chunk.stream().map(Line::token).toList();
                AdminCommands.ImportedClients imported =
                        administration.run(adminCommands -> adminCommands.importClients(grants));
                for (Line line : chunk) {
                    if (imported.revoked().contains(line.token.token())) {
                        revoked++;
                        leaveOut(line.number, "its token has been revoked, and stays so");
                    }
                }
                chunk.clear();
                long before = taken;
                taken += imported.taken();
                if (taken / TOLD_EVERY > before / TOLD_EVERY) {
                    err.println(taken + " tokens");
                }
            }

            int end() {
                String why = revoked == 0 ? "" : ", " + revoked + " of them because their token has been revoked";
                err.println(taken + " tokens, " + leftOut + " left out" + why);
                return leftOut == 0 ? 0 : 1;
            }
        }

        private static ClientToken parse(String line) throws UsageException {
            String[] fields = line.split(",", -1);
            if (fields.length != 4) {
                throw new UsageException("four fields");
            }
            return new ClientToken(
                    TokenHash.ofHex(fields[0].strip()),
                    client(fields[1].strip(), fields[2].strip(), Instant.parse(fields[3].strip())));
        }
    }

    /** {@code passgate token revoke}. */
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Revokes one token, or all tokens of a client; within a second no gateway takes them.")
    static final class Revoke implements Callable<Integer> {
        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @ArgGroup(multiplicity = "1")
        private Which which = new Which();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        /** One or the other. */
        static final class Which {
            @Option(names = "--name", description = "The client.")
            private String name = "";

            @Option(names = "--sha256", description = "The token's SHA-256 in hexadecimal.")
            private String sha256 = "";
        }

        @Override
        public Integer call() throws IOException, UsageException {
            int revoked = 0;
            try (Administration administration = database.open()) {
                if (which.name.isEmpty()) {
                    TokenHash token = hash();
                    revoked = administration.run(adminCommands -> adminCommands.revokeToken(token));
                } else {
                    int last;
                    do {
                        last = administration.run(adminCommands -> adminCommands.revokeClient(which.name));
                        revoked += last;
                    } while (last > 0);
                }
            }
            spec.commandLine().getErr().println(revoked + " tokens revoked");
            return revoked > 0 ? 0 : 1;
        }

        private TokenHash hash() throws UsageException {
            try {
                return TokenHash.ofHex(which.sha256);
            } catch (IllegalArgumentException wrong) {
                throw new UsageException("--sha256 is not 64 hexadecimal digits");
            }
        }
    }
}

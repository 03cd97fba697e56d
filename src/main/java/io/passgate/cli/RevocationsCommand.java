package io.passgate.cli;

import io.passgate.app.Administration;
import io.passgate.cli.option.DatabaseOption;
import io.passgate.cli.option.UsageException;
import io.passgate.model.Kid;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationBatch;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationKey;
import io.passgate.revocation.RevocationKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code passgate revocations}: what is accepted no more. */
@Command(
        name = "revocations",
        mixinStandardHelpOptions = true,
        description = "Adds, removes, lists and imports revocations.",
        subcommands = {
            RevocationsCommand.Add.class,
            RevocationsCommand.Remove.class,
            RevocationsCommand.ListAll.class,
            RevocationsCommand.Import.class
        })
final class RevocationsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the commands of revocations?");
    }

    /** {@code passgate revocations add}. */
    @Command(name = "add", mixinStandardHelpOptions = true, description = "Revokes, and prints the entry's id.")
    static final class Add implements Callable<Integer> {
        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @Option(names = "--kind", required = true, description = "signature, uci or countrycodeuci.")
        private String kind = "";

        @Option(names = "--hash", required = true, description = "The hash: 32 hexadecimal digits.")
        private String hash = "";

        @Option(names = "--kid", description = "Only certificates with this KID, in Base64 (default: any).")
        private String kid = "";

        @Option(names = "--expires", required = true, description = "From when on it revokes nothing: an instant.")
        private String expires = "";

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            Revocation revocation = revocation();
            try (Administration administration = database.open()) {
                List<Long> ids = administration.run(adminCommands -> adminCommands.addRevocations(List.of(revocation)));
                spec.commandLine().getOut().println(ids.getFirst());
            }
            return 0;
        }

        private Revocation revocation() throws UsageException {
            RevocationKind known = RevocationKind.ofCode(kind)
                    .orElseThrow(() -> new UsageException("--kind is none of signature, uci, countrycodeuci"));
            try {
                byte[] bytes = HexFormat.of().parseHex(hash);
                if (bytes.length != RevocationHash.BYTES) {
                    throw new UsageException("--hash is not 32 hexadecimal digits");
                }
                Optional<Kid> only = kid.isEmpty() ? Optional.empty() : Optional.of(Kid.ofBase64(kid));
                Instant expiresAt = Instant.parse(expires).truncatedTo(ChronoUnit.SECONDS);
                return new Revocation(new RevocationKey(known, RevocationHash.of(bytes), only), expiresAt);
            } catch (IllegalArgumentException | DateTimeException wrong) {
                throw new UsageException(String.valueOf(wrong.getMessage()));
            }
        }
    }

    /** {@code passgate revocations remove}. */
    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Takes a revocation back.")
    static final class Remove implements Callable<Integer> {
        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @Parameters(paramLabel = "ID", description = "As printed when it was added, or by list.")
        private long id;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            try (Administration administration = database.open()) {
                boolean removed = administration.run(adminCommands -> adminCommands.removeRevocation(id));
                spec.commandLine().getErr().println(removed ? "removed" : "there is no revocation " + id);
                return removed ? 0 : 1;
            }
        }
    }

    /** {@code passgate revocations list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {"Lists revocations, one a line, tab separated:", "id, kind, hash, KID (Base64), expiry."})
    static final class ListAll implements Callable<Integer> {
        private static final int PAGE = 10_000;

        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            PrintWriter out = spec.commandLine().getOut();
            try (Administration administration = database.open()) {
                long last = 0;
                Map<Long, Revocation> page;
                do {
                    long after = last;
                    page = administration.run(adminCommands -> adminCommands.listRevocations(after, PAGE));
                    for (Map.Entry<Long, Revocation> entry : page.entrySet()) {
                        last = entry.getKey();
                        out.println(line(last, entry.getValue()));
                    }
                } while (page.size() == PAGE);
            }
            out.flush();
            return 0;
        }

        private static String line(long id, Revocation revocation) {
            RevocationKey key = revocation.key();
            return String.join(
                    "\t",
                    Long.toString(id),
                    key.kind().code(),
                    key.hash().toString(),
                    key.kid().map(Kid::toBase64).orElse("any"),
                    revocation.expiresAt().toString());
        }
    }

    /** {@code passgate revocations import}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Imports batches of the EU DCC gateway's format, a JSON document a file.",
                "A file that cannot be used is named, and the others are taken."
            })
    static final class Import implements Callable<Integer> {
        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @Parameters(paramLabel = "FILE", arity = "1..*", description = "The batches, without their CMS envelope.")
        private List<Path> files = List.of();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            PrintWriter err = spec.commandLine().getErr();
            for (Path file : files) {
                UsageException.checkFile(file);
            }
            long taken = 0;
            int wrong = 0;
            try (Administration administration = database.open()) {
                for (Path file : files) {
                    switch (RevocationBatch.parse(Files.readAllBytes(file))) {
                        case RevocationBatch.Usable(var revocations) ->
                            taken += administration
                                    .run(adminCommands -> adminCommands.addRevocations(revocations))
                                    .size();
                        case RevocationBatch.Rejected(var why) -> {
                            wrong++;
                            err.println("left out: " + file + ": " + why);
                        }
                    }
                }
            }
            err.println(taken + " revocations, " + wrong + " files left out");
            return wrong == 0 ? 0 : 1;
        }
    }
}

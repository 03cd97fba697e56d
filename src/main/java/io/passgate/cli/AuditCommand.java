package io.passgate.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.passgate.cli.option.DatabaseOption;
import io.passgate.cli.option.UsageException;
import io.passgate.store.StoreException;
import io.passgate.store.audit.AuditCheck;
import io.passgate.store.audit.AuditCheck.Fault;
import io.passgate.store.audit.AuditKey;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code passgate audit}: what was traced, purged and registered. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Looks into the audit of traces, purges and registrations.",
        subcommands = AuditCommand.Verify.class)
final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the commands of audit?");
    }

    /** {@code passgate audit verify}. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Checks every row of the audit by the audit key, and prints a line for each that is not as it was written.",
                "Exits with 1 if there is one. A cut tail is found by the heads that the gateways wrote every hour."
            })
    static final class Verify implements Callable<Integer> {
        /** Years of hours. */
        private static final int MOST_HEADS = 1_000_000;

        private static final int MOST_SHOWN = 20;
        private static final int MAC_BYTES = 32;
        private static final ObjectMapper JSON = new ObjectMapper();

        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @Option(
                names = "--heads",
                paramLabel = "FILE",
                description = "A file of heads; may stand several times (default: the configuration's audit.headFile).")
        private List<Path> heads = List.of();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            DatabaseOption.Read read = database.read();
            AuditKey key = key(read);
            List<Path> files = heads.isEmpty()
                    ? read.config().audit().heads(read.folder()).stream().toList()
                    : heads;
            for (Path file : files) {
                UsageException.checkFile(file);
            }
            List<AuditCheck.Recorded> recorded = new ArrayList<>();
            List<String> broken = new ArrayList<>();
            List<Path> missing = new ArrayList<>();
            for (Path file : files) {
                if (heads.isEmpty() && Files.notExists(file)) {
                    missing.add(file);
                } else {
                    read(file, recorded, broken);
                }
            }
            Vertx vertx = Vertx.vertx();
            try (AuditCheck check =
                    new AuditCheck(vertx, read.config().database().settings(read.folder()), key)) {
                List<Fault> faults = new ArrayList<>();
                AuditCheck.Summary summary = check.check(recorded, faults::add);
                if (summary.entries() > 0) {
                    missing.forEach(
                            file -> broken.add("heads: " + file + " is not there, and a cut tail would not be found"));
                }
                return tell(summary, faults, recorded.size(), broken);
            } catch (IllegalArgumentException wrong) {
                throw new UsageException(String.valueOf(wrong.getMessage()));
            } catch (StoreException lost) {
                throw new IllegalStateException("the audit could not be read: " + lost.getMessage(), lost);
            } finally {
                var _ = vertx.close().toCompletionStage().toCompletableFuture().join();
            }
        }

        private static AuditKey key(DatabaseOption.Read read) throws UsageException {
            try {
                return read.config()
                        .audit()
                        .key(read.folder())
                        .orElseThrow(() -> new UsageException("audit.keyFile: is not set"));
            } catch (IllegalArgumentException wrong) {
                throw new UsageException(String.valueOf(wrong.getMessage()));
            }
        }

        /** @param broken lines that tell no head, by their place */
        private static void read(Path file, List<AuditCheck.Recorded> recorded, List<String> broken)
                throws IOException, UsageException {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                long number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (recorded.size() + broken.size() >= MOST_HEADS) {
                        throw new UsageException(file + ": has more than " + MOST_HEADS + " lines");
                    }
                    try {
                        JsonNode head = JSON.readTree(line);
                        byte[] mac = HexFormat.of().parseHex(head.path("mac").asText());
                        if (mac.length != MAC_BYTES || !head.path("sequence").isIntegralNumber()) {
                            throw new IllegalArgumentException();
                        }
                        recorded.add(
                                new AuditCheck.Recorded(head.path("sequence").asLong(), mac));
                    } catch (IOException | IllegalArgumentException none) {
                        broken.add("broken line: " + file + ": line " + number + " is no head of the audit");
                    }
                }
            }
        }

        private int tell(AuditCheck.Summary summary, List<Fault> faults, int heads, List<String> broken) {
            PrintWriter out = spec.commandLine().getOut();
            int count = faults.size() + broken.size();
            Stream.concat(faults.stream().map(Verify::sentence), broken.stream())
                    .limit(MOST_SHOWN)
                    .forEach(out::println);
            if (count > MOST_SHOWN) {
                out.printf("and %,d more%n", count - MOST_SHOWN);
            }
            out.printf(
                    "%,d entries, the last one %d, %,d heads: %s%n",
                    summary.entries(), summary.last(), heads, count == 0 ? "no fault" : "%,d faults".formatted(count));
            out.flush();
            return count == 0 ? 0 : 1;
        }

        private static String sentence(Fault fault) {
            return switch (fault) {
                case Fault.Edited(var sequence) -> "edited: entry " + sequence + " is not as it was written";
                case Fault.Gap(var first, var last) -> "gap: the entries " + first + " to " + last + " are missing";
                case Fault.Fork(var sequence) -> "fork: there are several entries " + sequence;
                case Fault.CutTail(var first) -> "cut tail: the entries from " + first + " on are missing";
                case Fault.HeadMoved(var sequence) -> "head: it says that entry " + sequence + " is the last";
                case Fault.HeadUnknown(var sequence) ->
                    "rewritten: entry " + sequence + " is not the one whose head was recorded";
            };
        }
    }
}

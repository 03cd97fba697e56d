package io.passgate.cli.sample;

import io.passgate.app.Demonstration;
import io.passgate.cli.option.Home;
import io.passgate.cli.option.InstantOption;
import io.passgate.cli.option.UsageException;
import io.passgate.policy.Policy;
import io.passgate.policy.PolicyCatalog;
import io.passgate.policy.file.PolicyFiles;
import io.passgate.sample.SampleCards;
import io.passgate.sample.SamplePasses;
import io.passgate.sample.SampleSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code passgate sample}: signed payloads of invented people, with their signers. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = {
            "Makes signed payloads of invented people, with their signers, for those who test under load:",
            "",
            "  samples.txt     a payload a line, as verify reads them",
            "  signers.pem     whom to trust, as verify --trust and signers import read it",
            "  expected.jsonl  what verify has to answer, line by line",
            "",
            "Of 100 about 92 are good, 4 have expired, 2 are forged and 2 are of an unknown signer. The same",
            "seed, instant and options make the same files; a larger count begins like a smaller one.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the files were made", "1:they could not be made", "2:an option or the folder is wrong"})
public final class SampleCommand implements Callable<Integer> {
    private static final int MOST = 1_000_000;

    @Option(
            names = "--count",
            required = true,
            paramLabel = "N",
            description = "How many payloads, from 1 to 1,000,000.")
    private int count;

    @Option(
            names = "--seed",
            required = true,
            paramLabel = "N",
            description = "People, dates, ids and keys follow from it: a whole number of 64 bits.")
    private long seed;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            converter = InstantOption.class,
            description = "The instant that they are made for (default: now).")
    private @Nullable Instant at;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "eu-dcc",
            description = "eu-dcc, or entry-pass: these live 15 s (default: ${DEFAULT-VALUE}).")
    private String format = "eu-dcc";

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            defaultValue = "none",
            description = "Acceptance rules that the expected answers go by, such as kr or kr@2021-07-12 "
                    + "(default: ${DEFAULT-VALUE}).")
    private String policy = "none";

    @Option(
            names = "--organization",
            paramLabel = "NAME",
            defaultValue = Demonstration.SAMPLE_ORGANIZATION,
            description = "O of the signers' certificates (default: ${DEFAULT-VALUE}, which serve refuses). Under "
                    + "another name a gateway trusts them: never one that people rely on.")
    private String organization = Demonstration.SAMPLE_ORGANIZATION;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "sample",
            description = "Where the files are made: a new folder, or an empty one (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("sample");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command; its options come from the command line. */
    public SampleCommand() {}

    @Override
    public Integer call() throws IOException, UsageException {
        if (count < 1 || count > MOST) {
            throw new UsageException("--count is from 1 to %,d, not %,d".formatted(MOST, count));
        }
        Instant instant = at == null ? Instant.now() : at;
        SampleSeries samples = samples(instant, policy(instant));
        SampleFolder made = SampleFolder.create(folder);
        String summary = made.write(samples, count, spec.commandLine().getErr());
        spec.commandLine().getOut().println(summary);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private SampleSeries samples(Instant instant, Optional<Policy> by) throws UsageException {
        try {
            SampleSeries.Plan plan = new SampleSeries.Plan(seed, instant, organization, by);
            return switch (format) {
                case "eu-dcc" -> new SampleCards(plan);
                case "entry-pass" -> new SamplePasses(plan);
                default -> throw new UsageException("there is no format " + format + "; there are: eu-dcc, entry-pass");
            };
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    private Optional<Policy> policy(Instant instant) throws UsageException {
        if (policy.equals("none")) {
            return Optional.empty();
        }
        PolicyCatalog catalog = PolicyFiles.read(Home.config().resolve("policies"));
        Optional<Policy> found = catalog.find(policy, instant);
        if (found.isEmpty()) {
            throw new UsageException("there is no policy " + policy + "; there are: "
                    + catalog.policies().stream().map(Policy::id).toList());
        }
        return found;
    }
}

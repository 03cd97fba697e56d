package io.passgate.cli;

import io.passgate.cli.option.DecimalOption;
import io.passgate.cli.option.UsageException;
import io.passgate.sizing.CountryLoad;
import io.passgate.sizing.MachineChoice;
import io.passgate.sizing.MeasuredFigures;
import io.passgate.sizing.Sizing;
import io.passgate.sizing.SizingSheet;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code passgate size}: what a country needs, from the measured figures of this release. */
@Command(
        name = "size",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what a country needs: gateways, Redis masters, rows a day and disk of",
            "PostgreSQL, from the measured figures of this release, with the arithmetic.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it was told",
            "1:one installation cannot carry it; what was reckoned is told all the same",
            "2:an option is wrong"
        })
final class SizeCommand implements Callable<Integer> {
    @Option(
            names = "--population",
            required = true,
            paramLabel = "N",
            description = "People, from 1 to 10,000,000,000.")
    private long population;

    @Option(
            names = "--coverage",
            paramLabel = "X",
            converter = DecimalOption.class,
            defaultValue = "0.85",
            description = "The share of them that takes part, from 0.001 to 1 (default: ${DEFAULT-VALUE}).")
    private BigDecimal coverage = BigDecimal.ONE;

    @Option(
            names = "--visits",
            paramLabel = "N",
            converter = DecimalOption.class,
            defaultValue = "3",
            description = "Visits of each of these on a day, from 0.01 to 100 (default: ${DEFAULT-VALUE}).")
    private BigDecimal visits = BigDecimal.ONE;

    @Option(
            names = "--peak-share",
            paramLabel = "X",
            converter = DecimalOption.class,
            defaultValue = "0.2",
            description = "The share of a day's visits in its busiest hour, from 0.042 to 1 (default: "
                    + "${DEFAULT-VALUE}).")
    private BigDecimal peakShare = BigDecimal.ONE;

    @Option(
            names = "--peak-factor",
            paramLabel = "X",
            converter = DecimalOption.class,
            defaultValue = "3",
            description = "The busiest minutes by that hour's mean, from 1 to 60 (default: ${DEFAULT-VALUE}).")
    private BigDecimal peakFactor = BigDecimal.ONE;

    @Option(
            names = "--passes-per-visit",
            paramLabel = "N",
            converter = DecimalOption.class,
            defaultValue = "2",
            description = "Entry passes made for a visit, from 0 to 100; 0 where no passes are made here (default: "
                    + "${DEFAULT-VALUE}).")
    private BigDecimal passesPerVisit = BigDecimal.ONE;

    @Option(
            names = "--batch",
            description = "Doors send batches of " + MeasuredFigures.BATCH + " (default: one by one).")
    private boolean inBatches;

    @Option(
            names = "--cores",
            paramLabel = "N",
            defaultValue = "2",
            description = "Cores of a gateway, from 1 to 1,024 (default: ${DEFAULT-VALUE}).")
    private int cores;

    @Option(
            names = "--load",
            paramLabel = "X",
            converter = DecimalOption.class,
            defaultValue = "0.5",
            description = "The share of a core that may be at work, from 0.05 to 1 (default: ${DEFAULT-VALUE}).")
    private BigDecimal load = BigDecimal.ONE;

    @Option(
            names = "--outage",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "For how long PostgreSQL, or a standby of it, may be away in the busiest hour, from 10 to "
                    + "1,440: visits wait in Redis's memory, and write-ahead log on disk (default: "
                    + "${DEFAULT-VALUE}).")
    private int outageMinutes;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws UsageException {
        Sizing sizing = new Sizing(country(), machines(), MeasuredFigures.ofThisRelease());
        PrintWriter out = spec.commandLine().getOut();
        new SizingSheet(sizing).lines().forEach(out::println);
        out.flush();
        if (sizing.redisMasters().isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "passgate: Redis: one installation cannot have enough masters; divide the country, or load "
                                    + "cores higher");
            return 1;
        }
        return 0;
    }

    private CountryLoad country() throws UsageException {
        try {
            return new CountryLoad(population, coverage, visits, peakShare, peakFactor, passesPerVisit);
        } catch (IllegalArgumentException outOfRange) {
            throw new UsageException("--" + outOfRange.getMessage());
        }
    }

    private MachineChoice machines() throws UsageException {
        try {
            return new MachineChoice(inBatches, cores, load, outageMinutes);
        } catch (IllegalArgumentException outOfRange) {
            throw new UsageException("--" + outOfRange.getMessage());
        }
    }
}

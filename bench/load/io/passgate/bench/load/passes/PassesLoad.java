package io.passgate.bench.load.passes;

import io.passgate.app.os.Scheduling;
import io.passgate.bench.Corpus;
import io.passgate.bench.Machine;
import io.passgate.bench.load.Generator;
import io.passgate.bench.load.LatencyTally;
import io.passgate.bench.load.RequestBytes;
import io.passgate.testing.load.PassHolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Entry passes with a device proof each, of distinct holders, from a whole deployment on this machine; and what becomes
 * of verification while issuing is driven beyond what it can do. Takes the gateway's layout and a file for the figures.
 *
 * <pre>
 *   bench/run.sh passes
 * </pre>
 */
public final class PassesLoad {
    private static final int HOLDERS = 50_000;
    private static final int MAX_UNDER_WAY = 2_048;
    private static final double VERIFICATIONS_PER_SECOND = 5_000;

    /** More than can be done, and a rate of passes that would be easy alone. */
    private static final double FLOOD = 100_000;

    private static final double BESIDE_FLOOD = 1_000;

    private static final double[] LOADS = {0.5, 0.8, 1.0, 1.2, 1.5};

    /** Of verification alone and beside issuing, which do not count: as long as they take, code is compiled anew. */
    private static final int WARM_UP_ROUNDS = 3;

    private static final int ROUNDS = 7;

    /** Between minting the last proof and sending the first request; a collection fits in. */
    private static final Duration SOON = Duration.ofMillis(500);

    /** Between issuing and verification alone, as long as making requests takes between that and issuing. */
    private static final Duration REST = Duration.ofSeconds(5);

    private final PassesSetting setting;
    private final PassHolders holders;
    private final double phaseSeconds;
    private final List<String> csv = new ArrayList<>(List.of(LatencyTally.csvHeader()));

    private PassesLoad(PassesSetting setting, PassHolders holders, double phaseSeconds) {
        this.setting = setting;
        this.holders = holders;
        this.phaseSeconds = phaseSeconds;
    }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        boolean quick = args.length > 2;
        try (PassesSetting setting = PassesSetting.start(Path.of(args[0]), Corpus.make())) {
            PassHolders holders =
                    PassHolders.make(quick ? HOLDERS / 10 : HOLDERS, PassesSetting.PROVIDER, setting.database());
            PassesLoad load = new PassesLoad(setting, holders, quick ? 3 : 15);
            load.measure();
            Files.write(Path.of(args[1]), load.csv);
        }
        System.out.println("generator, gateway, PostgreSQL and Redis on one machine; up to " + MAX_UNDER_WAY
                + " requests under way; latencies from the intended send time");
        System.out.println(Machine.line());
        System.exit(0);
    }

    private void measure() throws IOException {
        System.out.printf("passes of %,d holders, each with a device proof%n", holders.size());
        System.out.println(LatencyTally.header());
        double most = 0;
        try (Generator generator = new Generator(setting.issuingPort(), MAX_UNDER_WAY)) {
            double taken = warmedUp(generator);
            for (double load : LOADS) {
                LatencyTally phase = report(open(generator, load * taken));
                most = Math.max(most, phase.payloadsPerSecond());
            }
        }
        System.out.printf("%n%,.0f passes/s%n%n", most);
        besideFlood();
        besideVerification(most);
    }

    /** What is made a second when as much is offered as can be, once the compiler has done with the path. */
    private double warmedUp(Generator generator) throws IOException {
        double taken = 2_000;
        for (int round = 0; round < 4; round++) {
            taken = Math.max(taken, open(generator, 2 * taken).payloadsPerSecond());
        }
        return taken;
    }

    private LatencyTally open(Generator generator, double perSecond) throws IOException {
        Minted minted = passes(perSecond);
        minted.await();
        return generator.open(minted.requestBytes, perSecond, phaseSeconds);
    }

    /**
     * Requests whose proofs are good from {@code start} on: sent seconds before it, they would come from the future.
     */
    private record Minted(RequestBytes requestBytes, Instant start) {
        void await() {
            LockSupport.parkNanos(
                    Math.max(0, Duration.between(Instant.now(), start).toNanos()));
        }
    }

    private Minted passes(double perSecond) {
        int count = (int) Math.ceil(perSecond * phaseSeconds) + 1;
        Instant start =
                Instant.now().plus(Duration.ofNanos((long) (count * 40_000L))).plus(SOON);
        RequestBytes requestBytes = RequestBytes.passes(
                holders, count, perSecond, start, PassesSetting.HTU, setting.issuingPort(), setting.providerToken());
        return new Minted(requestBytes, start);
    }

    /** Verification takes whatever it gets of both cores; twice, as the first time code is compiled anew. */
    private void besideFlood() throws IOException {
        System.out.printf("passes while %,.0f verifications/s are asked for, twice:%n", FLOOD);
        System.out.println(LatencyTally.header());
        try (Generator verifying = new Generator(setting.port(), MAX_UNDER_WAY);
                Generator issuing = new Generator(setting.issuingPort(), MAX_UNDER_WAY)) {
            for (int i = 0; i < 2; i++) {
                Minted passes = passes(BESIDE_FLOOD);
                passes.await();
                CompletableFuture<LatencyTally> asked = asking(() -> {}, issuing, passes, BESIDE_FLOOD);
                report(verifying.open(setting.verifications(), FLOOD, phaseSeconds));
                report(asked.join());
            }
        }
        System.out.println();
    }

    private void besideVerification(double most) throws IOException {
        setting.lowerStores();
        Runnable background = Scheduling.background();
        Scheduling.prompt().run();
        System.out.printf(
                "verification of single payloads, by turns alone and while so many passes are asked for; PostgreSQL, Redis and%n"
                        + "who asks for passes run at nice %d, as the gateway's issuing threads do; who asks has short slices, as%n"
                        + "verifying threads do; the first %d rounds warm up and do not count:%n",
                Scheduling.BACKGROUND, WARM_UP_ROUNDS);
        System.out.println(LatencyTally.header());
        RequestBytes verifications = setting.verifications();
        try (Generator verifying = new Generator(setting.port(), MAX_UNDER_WAY);
                Generator issuing = new Generator(setting.issuingPort(), MAX_UNDER_WAY)) {
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                Round _ = round(verifying, verifications, issuing, most, background);
            }
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                rounds.add(round(verifying, verifications, issuing, most, background));
            }
            double quiet = median(rounds.stream().map(Round::quietMs).toList());
            double beside = median(rounds.stream().map(Round::besideMs).toList());
            System.out.printf(
                    "%np99 of verification, medians of %d: quiet %.2f ms, beside issuing %.2f ms: %.2f times%n%n",
                    ROUNDS, quiet, beside, beside / quiet);
        }
    }

    /** The p99 of verification alone and beside issuing, one after the other. */
    private record Round(double quietMs, double besideMs) {}

    private Round round(
            Generator verifying, RequestBytes verifications, Generator issuing, double offered, Runnable background)
            throws IOException {
        System.gc();
        LockSupport.parkNanos(REST.toNanos());
        LatencyTally quiet = report(verifying.open(verifications, VERIFICATIONS_PER_SECOND, phaseSeconds));
        Minted passes = passes(offered);
        System.gc();
        passes.await();
        CompletableFuture<LatencyTally> driven = asking(background, issuing, passes, offered);
        LatencyTally beside = report(verifying.open(verifications, VERIFICATIONS_PER_SECOND, phaseSeconds));
        report(driven.join());
        return new Round(quiet.latencyMs(99), beside.latencyMs(99));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private CompletableFuture<LatencyTally> asking(
            Runnable scheduling, Generator issuing, Minted passes, double perSecond) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        scheduling.run();
                        Scheduling.prompt().run();
                        return issuing.open(passes.requestBytes, perSecond, phaseSeconds);
                    } catch (IOException failed) {
                        throw new CompletionException(failed);
                    }
                },
                work -> Thread.ofPlatform().name("asks-for-passes").daemon().start(work));
    }

    private LatencyTally report(LatencyTally latencyTally) {
        System.out.println(latencyTally);
        csv.add(latencyTally.csv().replace("HttpLoad.http", "PassesLoad.passes"));
        return latencyTally;
    }
}

package io.passgate.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.passgate.issuance.IssuanceQueue;
import io.passgate.issuance.IssuanceRequest;
import io.passgate.issuance.IssuanceResult;
import io.passgate.issuance.IssuingObserver;
import io.passgate.issuance.RequestKind;
import io.passgate.logging.RedactedStackTrace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What is counted of the issuing side: of providers, never of holders. */
public final class IssuingMetrics implements IssuingObserver {
    private static final Logger LOG = System.getLogger(IssuingMetrics.class.getName());

    private final MeterRegistry registry;
    private final Counter faults;
    private final Map<Stage, Timer> stages = new ConcurrentHashMap<>();
    private final Map<Decided, Counter> decisions = new ConcurrentHashMap<>();

    /** What decisions are counted by: each has few values. */
    private record Decided(String provider, String request, String outcome) {}

    /** @param faults of the whole gateway */
    IssuingMetrics(MeterRegistry registry, Counter faults) {
        this.registry = registry;
        this.faults = faults;
        for (Stage stage : Stage.values()) {
            stages.put(
                    stage,
                    Timer.builder("passgate.issuing.stage")
                            .description("Time of a part of issuing, once a batch of applications")
                            .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                            .publishPercentileHistogram()
                            .minimumExpectedValue(Duration.ofNanos(10_000))
                            .maximumExpectedValue(Duration.ofSeconds(10))
                            .register(registry));
        }
    }

    /**
     * Adds what is read of the queue when somebody looks. Once a gateway.
     *
     * @param issuanceQueue asked on the thread that makes the text of the metrics
     */
    public void watch(IssuanceQueue issuanceQueue) {
        Gauge.builder("passgate.issuing.queue.depth", issuanceQueue::queued)
                .description("Requests that wait in the issuance queue")
                .register(registry);
    }

    @Override
    public void stageTook(Stage stage, long ns) {
        Timer timer = stages.get(stage);
        if (timer != null) {
            timer.record(ns, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void decided(IssuanceRequest<?> issuanceRequest, IssuanceResult<?> issuanceResult) {
        String kind = switch (issuanceRequest.kind()) {
            case RequestKind.Pass _ -> "pass";
            case RequestKind.Certificates _ -> "certificates";
            case RequestKind.Registration() -> "registration";
        };
        decisions
                .computeIfAbsent(
                        new Decided(issuanceRequest.provider().name(), kind, outcome(issuanceResult)), this::counter)
                .increment();
    }

    private static String outcome(IssuanceResult<?> issuanceResult) {
        return switch (issuanceResult) {
            case IssuanceResult.Passed passed -> passed.shown().isEmpty() ? "entry_only" : "made";
            case IssuanceResult.Certified _ -> "made";
            case IssuanceResult.Proven _ -> "made";
            case IssuanceResult.Impossible _ -> "impossible";
            case IssuanceResult.TooLate() -> "late";
            case IssuanceResult.Denied(var why) ->
                switch (why) {
                    case IssuanceResult.Denial.ConsentUnknown() -> "consent_unknown";
                    case IssuanceResult.Denial.NothingConsented() -> "nothing_consented";
                    case IssuanceResult.Denial.NothingToCertify _ -> "nothing_to_certify";
                    case IssuanceResult.Denial.NotProven(var problem) -> problem.code();
                };
        };
    }

    private Counter counter(Decided decided) {
        return Counter.builder("passgate.issuing.decisions")
                .description("Applications by provider, what was asked for and what became of it")
                .tag("provider", decided.provider)
                .tag("request", decided.request)
                .tag("outcome", decided.outcome)
                .register(registry);
    }

    @Override
    public void failed(Throwable fault) {
        faults.increment();
        LOG.log(Level.ERROR, "issuing failed: {0}", RedactedStackTrace.of(fault));
    }
}

package io.passgate.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.passgate.checkin.CheckInObserver;
import io.passgate.checkin.CheckInResult;
import io.passgate.checkin.Duplicate;
import io.passgate.checkin.OneTimeUse.Memory;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.store.entrylog.CheckInStatus;
import io.passgate.store.secret.SecretPurpose;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is counted at doors: never whose pass it was, and not where. */
public final class CheckInMetrics implements CheckInObserver {
    private static final double TO_MILLIS = 1_000;

    private final MeterRegistry registry;
    private final Map<Memory, Counter> admitted = new EnumMap<>(Memory.class);
    private final Map<Reason, Counter> turnedAway = new EnumMap<>(Reason.class);
    private final Map<Duplicate, Counter> duplicates = new EnumMap<>(Duplicate.class);
    private final Counter wallets;

    CheckInMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Memory memory : Memory.values()) {
            admitted.put(memory, checkIns("accepted", "", name(memory)));
        }
        wallets = checkIns("accepted", "", "none");
        for (Reason reason : Reason.values()) {
            String verdict = reason.culprit() == Reason.Culprit.PAYLOAD ? "refused" : "indeterminate";
            turnedAway.put(reason, checkIns(verdict, reason.code(), "none"));
        }
        for (Duplicate duplicate : Duplicate.values()) {
            duplicates.put(
                    duplicate,
                    Counter.builder("passgate.checkins.duplicates")
                            .description("Check-ins whose holder had just been seen elsewhere")
                            .tag("by", name(duplicate))
                            .register(registry));
        }
    }

    private Counter checkIns(String verdict, String reason, String oneTime) {
        return Counter.builder("passgate.checkins")
                .description("Payloads checked in, by verdict, reason and who knows of the use")
                .tag("verdict", verdict)
                .tag("reason", reason)
                .tag("one_time", oneTime)
                .register(registry);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Adds what is read of check-ins when somebody looks. Once a gateway.
     *
     * @param status asked on the thread that makes the text of the metrics
     */
    public void watch(CheckInStatus status) {
        Gauge.builder("passgate.checkins.pending", status::pending)
                .description("Check-ins that wait for a store")
                .register(registry);
        Gauge.builder("passgate.onetime.shared", () -> status.isShared() ? 1 : 0)
                .description("1 while used passes are known by Redis")
                .register(registry);
        Gauge.builder("passgate.spool.bytes", status::spooledBytes)
                .description("Entries that wait in this gateway's spool")
                .register(registry);
        Gauge.builder(
                        "passgate.entries.waiting",
                        () -> status.waitingBatches().map(Long::doubleValue).orElse(Double.NaN))
                .description("Batches of entries in Redis that are not in PostgreSQL yet; NaN while Redis does not say")
                .register(registry);
        Gauge.builder(
                        "passgate.entries.waiting.seconds",
                        () -> status.waitingFor()
                                .map(oldest -> oldest.toMillis() / TO_MILLIS)
                                .orElse(Double.NaN))
                .description("How long the oldest of them has been there")
                .register(registry);
        Gauge.builder("passgate.audit.sequence", status::auditSequence)
                .description("The last audited event")
                .register(registry);
        Gauge.builder("passgate.audit.pending", status::auditPending)
                .description("Events that are not in the audit's chain yet, 10,000 at most")
                .register(registry);
        Gauge.builder(
                        "passgate.audit.waiting.seconds",
                        () -> status.auditWaiting().toSeconds())
                .description("How long the oldest of them has waited")
                .register(registry);
        for (SecretPurpose purpose : status.secrets()) {
            Gauge.builder("passgate.secret.known", () -> known(status.isKnown(purpose)))
                    .description("1 while the database knows this gateway's secret, 0 when it knows another one; NaN"
                            + " while that cannot be told")
                    .tag("purpose", purpose.code())
                    .register(registry);
        }
        FunctionCounter.builder("passgate.entries.written", status, CheckInStatus::written)
                .description("Entries that this gateway has carried from Redis into PostgreSQL")
                .register(registry);
    }

    private static double known(Optional<Boolean> isKnown) {
        return isKnown.map(known -> known ? 1.0 : 0.0).orElse(Double.NaN);
    }

    @Override
    public void decided(List<CheckInResult> results, Instant arrivedAt) {
        for (int i = 0; i < results.size(); i++) {
            CheckInResult result = results.get(i);
            increment(
                    switch (result.verificationResult().verdict()) {
                        case Verdict.Accepted _ ->
                            result.memory().isPresent()
                                    ? admitted.get(result.memory().get())
                                    : wallets;
                        case Verdict.Refused(var reason) -> turnedAway.get(reason);
                        case Verdict.Indeterminate(var reason) -> turnedAway.get(reason);
                    });
            result.duplicates().forEach(duplicate -> increment(duplicates.get(duplicate)));
        }
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }
}

package io.passgate.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.passgate.access.ClientDirectory;
import io.passgate.access.Role;
import io.passgate.app.lists.ListSource;
import io.passgate.engine.EngineObserver;
import io.passgate.http.Api;
import io.passgate.http.response.AuthenticationFailure;
import io.passgate.http.response.RequestObserver;
import io.passgate.logging.RedactedStackTrace;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Everything the gateway counts. No label holds anything of a payload. */
public final class GatewayMetrics implements EngineObserver, RequestObserver, AutoCloseable {
    private static final Logger LOG = System.getLogger(GatewayMetrics.class.getName());
    private static final double SECONDS_PER_DAY = 86_400;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
    private final Map<Reason, Counter> byReason = new EnumMap<>(Reason.class);
    private final Map<Answer, Timer> requests = new ConcurrentHashMap<>();
    private final ConnectionMetrics connections =
            new ConnectionMetrics(registry, status -> answered("other", status, 0));
    private final FormatId[] formats;
    private final Counter[] byFormat;
    private final Counter unrecognised = payloads("none");
    private final Counter accepted = verdicts("accepted", "");
    private final Counter expired;
    private final Counter faults;
    private final ImageMetrics images;
    private final Timer waits;
    private final DistributionSummary batches;

    /** What requests are counted by: a route of ours and a status, so that there are few. */
    private record Answer(String route, int status) {}

    /**
     * Counts from nothing, in a registry of its own.
     *
     * @param formats that payloads may be recognised as
     */
    public GatewayMetrics(List<FormatId> formats) {
        this.formats = formats.toArray(FormatId[]::new);
        this.byFormat = formats.stream().map(FormatId::code).map(this::payloads).toArray(Counter[]::new);
        for (Stage stage : Stage.values()) {
            stages.put(stage, histogram("passgate.stage", "Time of a stage, once a batch", "stage", name(stage)));
        }
        for (Reason reason : Reason.values()) {
            String verdict = reason.culprit() == Reason.Culprit.PAYLOAD ? "refused" : "indeterminate";
            Counter counter = verdicts(verdict, reason.code());
            byReason.put(reason, counter);
            if (reason == Reason.OVERLOADED) {
                FunctionCounter.builder("passgate.slow.path.refused", counter, Counter::count)
                        .description("Payloads that found the slow path full or waited there too long")
                        .register(registry);
            }
        }
        for (Role role : Role.values()) {
            var _ = limited(role.code());
        }
        for (AuthenticationFailure why : AuthenticationFailure.values()) {
            var _ = unauthenticated(why.code());
        }
        expired = Counter.builder("passgate.requests.expired")
                .description("Requests dropped unbegun because their deadline had passed")
                .register(registry);
        faults = Counter.builder("passgate.faults")
                .description("Batches and answers that ended in a fault of the gateway")
                .register(registry);
        images = new ImageMetrics(registry, faults);
        waits = histogram("passgate.queue.wait", "Longest wait in the queue, once a batch");
        batches = DistributionSummary.builder("passgate.batch.size")
                .description("Payloads judged together")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024)
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** {@return what becomes of connections} */
    public ConnectionMetrics connections() {
        return connections;
    }

    /**
     * Adds what is read when somebody looks. Once a gateway.
     *
     * @param queued how many payloads wait for a worker
     * @param source of the lists, whose ages and sizes are told
     * @param clock by which ages are told
     */
    public void watch(IntSupplier queued, ListSource source, InstantSource clock) {
        Gauge.builder("passgate.queue.depth", queued::getAsInt)
                .description("Payloads that wait for a worker")
                .register(registry);
        Gauge.builder("passgate.signers", () -> source.lists().trust().list().size())
                .description("Signers in the trust list")
                .register(registry);
        Gauge.builder(
                        "passgate.signers.expiry.days",
                        () -> days(source.lists().trust().list().nextExpiry(clock.instant()), clock))
                .description("Days to the earliest end of a signer certificate's validity; NaN when none has an end")
                .register(registry);
        Gauge.builder("passgate.trust.doubtful", () -> source.lists().trust().isDoubtful(clock.instant()) ? 1 : 0)
                .description("1 when the trust list has not been confirmed for longer than its warn age")
                .register(registry);
        Gauge.builder("passgate.trust.stale", () -> source.lists().trust().isStale(clock.instant()) ? 1 : 0)
                .description("1 when nothing can be told by the trust list any more")
                .register(registry);
        Gauge.builder(
                        "passgate.revocations",
                        () -> source.lists().revocations().list().size())
                .description("Entries in the revocation list")
                .register(registry);
        Gauge.builder(
                        "passgate.revocations.doubtful",
                        () -> source.lists().revocations().isDoubtful(clock.instant()) ? 1 : 0)
                .description("1 when the revocation list has not been confirmed for longer than its warn age")
                .register(registry);
        Gauge.builder(
                        "passgate.revocations.stale",
                        () -> source.lists().revocations().isStale(clock.instant()) ? 1 : 0)
                .description("1 when nobody can tell any more what is revoked")
                .register(registry);
        Gauge.builder(
                        "passgate.clients",
                        () -> source.clients().map(ClientDirectory::size).orElse(0))
                .description("Tokens that are known")
                .register(registry);
    }

    /**
     * Adds what the bodies of each part take. Once a gateway.
     *
     * @param bytesUnderWay the memory in bytes that is counted for a part
     */
    public void watch(ToLongFunction<Api.Part> bytesUnderWay) {
        for (Api.Part part : Api.Part.values()) {
            Gauge.builder("passgate.body.bytes.under.way", () -> bytesUnderWay.applyAsLong(part))
                    .description("Memory counted for the bodies of requests under way")
                    .tag("part", part.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    /**
     * Adds when the certificate of the public ports runs out.
     *
     * @param notAfter its end; empty where a proxy ends TLS
     * @param clock by which the days to it are told
     */
    public void watchTls(Supplier<Optional<Instant>> notAfter, InstantSource clock) {
        Gauge.builder("passgate.tls.certificate.expiry.days", () -> days(notAfter.get(), clock))
                .description("Days to the end of the certificate that the public ports use; NaN without TLS")
                .register(registry);
    }

    private static double days(Optional<Instant> end, InstantSource clock) {
        return end.map(instant -> Duration.between(clock.instant(), instant).toSeconds() / SECONDS_PER_DAY)
                .orElse(Double.NaN);
    }

    private Counter verdicts(String verdict, String reason) {
        return Counter.builder("passgate.verdicts")
                .description("Payloads by verdict and reason")
                .tag("verdict", verdict)
                .tag("reason", reason)
                .register(registry);
    }

    private Counter payloads(String format) {
        return Counter.builder("passgate.payloads")
                .description("Payloads by the format they were recognised as")
                .tag("format", format)
                .register(registry);
    }

    private Timer histogram(String name, String description, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(1_000))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }

    private static String name(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    /** {@return what is told of signatures} */
    public SignatureMetrics signatures() {
        return new SignatureMetrics(registry);
    }

    /** {@return what is counted of the stores} */
    public StoreMetrics stores() {
        return new StoreMetrics(registry);
    }

    /** {@return what is counted of the issuing side} */
    public IssuingMetrics issuing() {
        return new IssuingMetrics(registry, faults);
    }

    /** {@return what is counted of pictures} */
    public ImageMetrics images() {
        return images;
    }

    /** {@return what is counted of the process's own state} */
    public WatchMetrics watch() {
        return new WatchMetrics(registry);
    }

    /** {@return what is counted at doors} */
    public CheckInMetrics doors() {
        return new CheckInMetrics(registry);
    }

    /** {@return all of it in the Prometheus text format} */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void stageTook(Stage stage, long ns) {
        Timer timer = stages.get(stage);
        if (timer != null) {
            timer.record(ns, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void batchStarted(int items, long longestWaitNs) {
        batches.record(items);
        waits.record(longestWaitNs, TimeUnit.NANOSECONDS);
    }

    @Override
    public void judged(VerificationResult verificationResult) {
        counterOf(verificationResult).increment();
        switch (verificationResult.verdict()) {
            case Verdict.Accepted(var _) -> accepted.increment();
            case Verdict.Refused(var reason) -> increment(byReason.get(reason));
            case Verdict.Indeterminate(var reason) -> increment(byReason.get(reason));
        }
    }

    private Counter counterOf(VerificationResult verificationResult) {
        if (verificationResult.format().isPresent()) {
            FormatId format = verificationResult.format().get();
            for (int i = 0; i < formats.length; i++) {
                if (formats[i].equals(format)) {
                    return byFormat[i];
                }
            }
        }
        return unrecognised;
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void requestExpired() {
        expired.increment();
    }

    @Override
    public void failed(Throwable fault) {
        faults.increment();
        LOG.log(Level.ERROR, "a batch failed: {0}", RedactedStackTrace.of(fault));
    }

    /**
     * Counts a table of a key that could not be built: the key stays with the provider.
     *
     * @param fault whose message is not logged
     */
    public void tableFailed(Throwable fault) {
        faults.increment();
        LOG.log(Level.ERROR, "a key table could not be built: {0}", RedactedStackTrace.of(fault));
    }

    @Override
    public void answered(String route, int status, long tookNs) {
        requests.computeIfAbsent(new Answer(route, status), this::requestTimer).record(tookNs, TimeUnit.NANOSECONDS);
    }

    @Override
    public void unauthenticated(AuthenticationFailure why) {
        unauthenticated(why.code()).increment();
    }

    private Counter unauthenticated(String reason) {
        return Counter.builder("passgate.authentication.failures")
                .description("Requests whose token did not open their route")
                .tag("reason", reason)
                .register(registry);
    }

    @Override
    public void abandoned(String route) {
        Counter.builder("passgate.http.requests.abandoned")
                .description("Requests whose client left before its answer")
                .tag("route", route)
                .register(registry)
                .increment();
    }

    @Override
    public void limited(Role role) {
        limited(role.code()).increment();
    }

    private Counter limited(String role) {
        return Counter.builder("passgate.requests.limited")
                .description("Requests shed because their client asked too much")
                .tag("role", role)
                .register(registry);
    }

    private Timer requestTimer(Answer answer) {
        String status = Integer.toString(answer.status);
        return histogram(
                "passgate.http.requests", "Requests by route and status", "route", answer.route, "status", status);
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}

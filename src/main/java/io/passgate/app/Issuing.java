package io.passgate.app;

import io.passgate.app.config.IssuingSettings;
import io.passgate.app.metrics.IssuingMetrics;
import io.passgate.app.os.Scheduling;
import io.passgate.app.tracing.Tracing;
import io.passgate.app.watch.EventLoop;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.P256Verifier;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.dpop.DeviceProofs;
import io.passgate.holdertag.HolderTags;
import io.passgate.holdertag.TagKeyDays;
import io.passgate.http.ApiServer;
import io.passgate.http.issuing.IssuingSide;
import io.passgate.issuance.CertificateMaker;
import io.passgate.issuance.IssuanceLimits;
import io.passgate.issuance.IssuanceQueue;
import io.passgate.issuance.IssuanceWorker;
import io.passgate.issuance.PassMaker;
import io.passgate.issuance.wallet.WalletIssuer;
import io.passgate.logging.RedactedStackTrace;
import io.passgate.store.ClockCheck;
import io.passgate.store.StoreException;
import io.passgate.store.feed.ChangeFeed;
import io.passgate.store.issuing.IssuingStores;
import io.passgate.store.secret.SecretPurpose;
import io.passgate.store.secret.SecretWatch;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The issuing side of a gateway. It shares no queue, no thread, no event loop and no connection with the verifying
 * side, and its threads have little weight beside those of that side.
 */
final class Issuing {
    private static final Logger LOG = System.getLogger(Issuing.class.getName());
    private static final Duration TIDYING = Duration.ofMinutes(1);

    /** After its end a certificate can still be revoked for so long: clocks are not all alike. */
    private static final Duration CERTIFICATES_KEPT = Duration.ofDays(2);

    private final InstantSource clock;
    private final ClockCheck clockCheck;
    private final SecretWatch secrets;
    private final Vertx vertx;
    private final int eventLoops;
    private final IssuingStores stores;
    private final IssuanceQueue issuanceQueue;
    private final IssuingSide side;
    private final Runnable background = Scheduling.background();
    private volatile String deployment = "";
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("passgate-tidy").daemon().factory());

    /** What issuing takes from the gateway. */
    record Surroundings(
            ChangeFeed changeFeed,
            Supplier<SigningKeys> keys,
            InstantSource clock,
            IssuingMetrics metrics,
            SecretWatch secrets,
            Tracing tracing) {}

    Issuing(IssuingSettings settings, Surroundings gateway) {
        clock = gateway.clock;
        secrets = gateway.secrets;
        clockCheck = gateway.changeFeed.clockCheck();
        eventLoops = settings.eventLoops();
        vertx = gateway.tracing
                .trace(Vertx.builder())
                .with(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(eventLoops))
                .build();
        Provider provider = CryptoProviders.preferred();
        RandomGenerator random = CryptoProviders.random(provider);
        stores = new IssuingStores(
                settings.stores(),
                gateway.changeFeed,
                new IssuingStores.Surroundings(
                        vertx, settings.pepper(), random, System::nanoTime, gateway.changeFeed.observer()));
        secrets.onOther(SecretPurpose.PEPPER, stores::forgetTagKeys);
        IssuanceLimits limits = settings.queue();
        issuanceQueue = new IssuanceQueue(limits, gateway.metrics, System::nanoTime);
        DeviceProofs proofs = new DeviceProofs(new P256Verifier(provider));
        WalletIssuer issuer = settings.issuer();
        IssuanceWorker.Surroundings surroundings =
                new IssuanceWorker.Surroundings(clock, this::impossibleBecause, System::nanoTime, gateway.metrics);
        ThreadFactory threads =
                Thread.ofPlatform().name("passgate-issue-", 0).daemon().factory();
        issuanceQueue.start(
                work -> threads.newThread(first(background, work)),
                () -> new IssuanceWorker(
                        stores.standings(),
                        proofs,
                        stores.proofIds(),
                        new PassMaker(gateway.keys, stores.tagKeys(), new HolderTags(provider, random), random),
                        new CertificateMaker(gateway.keys, issuer, clock, random),
                        surroundings));
        side = new IssuingSide(
                settings.pepper(),
                stores.registry(),
                stores.consents(),
                stores.certificates(),
                issuanceQueue,
                settings.providers());
        gateway.metrics.watch(issuanceQueue);
        var _ = schedule.scheduleWithFixedDelay(this::tidy, 0, TIDYING.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Optional<String> impossibleBecause() {
        if (clockCheck.isOff()) {
            return Optional.of("This gateway's clock is off.");
        }
        return secrets.isOther(SecretPurpose.PEPPER)
                ? Optional.of("This gateway's pepper is not the one that the database knows.")
                : Optional.empty();
    }

    private static Runnable first(Runnable scheduling, Runnable work) {
        return () -> {
            scheduling.run();
            work.run();
        };
    }

    /** What the event loops of this side run first. */
    Runnable background() {
        return background;
    }

    IssuingSide side() {
        return side;
    }

    /** By a clock that nobody has confirmed nothing is let go of. */
    private void tidy() {
        if (clockCheck.offsets().isEmpty() || clockCheck.isOff()) {
            return;
        }
        try {
            Instant now = clock.instant();
            TagKeyDays days = TagKeyDays.at(now);
            stores.tidy(days.first(), now.minus(CERTIFICATES_KEPT));
            if (days.next().isPresent()) {
                var _ = stores.tagKeys().of(days.next().get());
            }
        } catch (StoreException lost) {
            LOG.log(Level.DEBUG, "tidying was cut short: {0}", lost.getMessage());
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.WARNING, "tidying failed: {0}", RedactedStackTrace.of(fault));
        }
    }

    /** Starts a server on each event loop of this side, and says when all of them listen. */
    Future<?> listen(Supplier<ApiServer> servers) {
        return vertx.deployVerticle(servers, new DeploymentOptions().setInstances(eventLoops))
                .onSuccess(deployed -> deployment = deployed);
    }

    /** Takes no more requests, and says when those under way are answered. */
    Future<?> stopListening() {
        return deployment.isEmpty() ? Future.succeededFuture() : vertx.undeploy(deployment);
    }

    /** The event loops of this side. */
    List<EventLoop> eventLoops() {
        return EventLoop.of("issuing", vertx);
    }

    /** Decides what waits, and stops. */
    void close(Stopping stopping) throws InterruptedException {
        var _ = schedule.shutdownNow();
        stopping.step("applications", left -> {
            if (!issuanceQueue.close(left)) {
                LOG.log(Level.WARNING, "some applications were still undecided after {0}", left);
            }
        });
        stopping.step("issuing-stores", left -> stores.close());
        stopping.step("issuing-event-loops", left -> Stopping.await(vertx.close(), left));
    }
}

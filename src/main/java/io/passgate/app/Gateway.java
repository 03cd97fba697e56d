package io.passgate.app;

import io.passgate.access.ClientDirectory;
import io.passgate.app.config.Config;
import io.passgate.app.config.InvalidConfig;
import io.passgate.app.config.IssuingSettings;
import io.passgate.app.config.StartCheck;
import io.passgate.app.keys.SigningKeyFile;
import io.passgate.app.lists.FileLists;
import io.passgate.app.lists.ListSource;
import io.passgate.app.lists.SharedLists;
import io.passgate.app.lists.TrustFiles;
import io.passgate.app.lists.TrustRefresher;
import io.passgate.app.metrics.CheckInMetrics;
import io.passgate.app.metrics.GatewayMetrics;
import io.passgate.app.metrics.StoreMetrics;
import io.passgate.app.os.Scheduling;
import io.passgate.app.tracing.Tracing;
import io.passgate.app.watch.EventLoop;
import io.passgate.crypto.VerificationKeys;
import io.passgate.engine.Engine;
import io.passgate.engine.EngineLimits;
import io.passgate.format.CredentialFormat;
import io.passgate.format.Formats;
import io.passgate.http.Api;
import io.passgate.http.connection.PublicPort;
import io.passgate.http.management.Management;
import io.passgate.http.management.ManagementPort;
import io.passgate.http.server.Drain;
import io.passgate.http.server.ServerTls;
import io.passgate.http.web.DoorSite;
import io.passgate.image.PictureQueue;
import io.passgate.policy.PolicyCatalog;
import io.passgate.policy.file.PolicyFiles;
import io.passgate.store.Migrations;
import io.passgate.store.StoreException;
import io.passgate.store.feed.ChangeFeed;
import io.passgate.trust.CertificateImporter;
import io.passgate.trust.Signer;
import io.passgate.trust.TrustImporter;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** One running gateway: wired from its configuration, started, and stopped in order. */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Gateway.class.getName());

    private final Config config;
    private final InstantSource clock;
    private final Formats formats;
    private final GatewayMetrics metrics;
    private final StoreMetrics stores;
    private final Signatures signatures;
    private final VerificationKeys keys;
    private final Predicate<Signer> mayBeTrusted;
    private final SigningKeyFile signingKeys;
    private final ListSource source;
    private Optional<ChangeFeed> feed = Optional.empty();
    private final Optional<Issuing> issuing;
    private final Optional<CheckInModule> doors;
    private final PublicServers servers;
    private final Optional<TlsRefresher> tls;
    private final Engine engine;
    private final PictureQueue pictures;
    private final PublicPort publicPort;
    private final Tracing tracing;
    private final Vertx vertx;
    private final ProcessWatch watch;
    private final Readiness readiness;
    private final Drain drain;
    private final Runnable onEventLoop;
    private final AtomicBoolean closing = new AtomicBoolean();
    private Optional<ManagementPort> management = Optional.empty();
    private String deployment = "";
    private volatile boolean isListening;
    private int port;
    private int issuingPort;

    private Gateway(
            Config config,
            Path relativeTo,
            boolean demo,
            InstantSource clock,
            List<CredentialFormat> credentialFormats) {
        this.config = config;
        this.clock = clock;
        formats = new Formats(credentialFormats);
        metrics = new GatewayMetrics(formats.ids());
        stores = metrics.stores();
        signatures = new Signatures(config.engine().keyTableBytes(), metrics::tableFailed);
        keys = new VerificationKeys(signatures.provider());
        mayBeTrusted = signer -> demo || !Demonstration.made(signer);
        signingKeys = new SigningKeyFile(
                config.issuing().place(relativeTo), signatures.provider(), key -> demo || !Demonstration.made(key));
        PolicyCatalog policies = PolicyFiles.read(relativeTo.resolve(config.policies()));
        int eventLoops = config.http().eventLoops();
        publicPort = config.http().publicPort(metrics.connections(), System::nanoTime);
        tracing = new Tracing(
                config.tracing().collector(),
                config.tracing().ratio(),
                () -> ThreadLocalRandom.current().nextDouble());
        vertx = tracing.trace(Vertx.builder())
                .with(new VertxOptions().setEventLoopPoolSize(eventLoops + 1))
                .withTransport(publicPort.transport())
                .build();
        source = config.isShared() ? shared(relativeTo) : alone(relativeTo);
        doors = feed.map(shared -> doors(shared, relativeTo));
        issuing = doors.filter(made -> config.issuing().isOn()).map(made -> issuing(made, relativeTo));
        onEventLoop = prompt(eventLoops);
        drain = new Drain(config.shutdownPatience());
        Optional<ServerTls> certificate = config.http().tls(relativeTo);
        servers = new PublicServers(config, publicPort, drain, certificate);
        tls = certificate.map(first ->
                new TlsRefresher(config.http().tls().files(relativeTo).orElseThrow(), first, clock, servers::take));
        watch = new ProcessWatch(config.watchdog(), loops(), metrics.watch());
        readiness = new Readiness(source, doors, watch, () -> isListening, closing::get, clock);
        EngineLimits limits = config.engineLimits();
        engine = new Engine(limits, policies, source::lists, metrics, System::nanoTime, formats);
        pictures = new PictureQueue(metrics.images(), System::nanoTime);
        pictures.start(Scheduling.background());
        metrics.images().watch(pictures);
        engine.start(signatures::batch, prompt(limits.workers()), Scheduling.prompt());
        signatures.start();
        metrics.watch(engine::queued, source, clock);
        metrics.watchTls(() -> tls.map(TlsRefresher::notAfter), clock);
        metrics.signatures().watch(signatures.tables(), signatures.provider().getName(), engine::inSlowPath);
    }

    private List<EventLoop> loops() {
        List<EventLoop> loops = new ArrayList<>(EventLoop.of("http", vertx));
        issuing.ifPresent(side -> loops.addAll(side.eventLoops()));
        return loops;
    }

    /** Where nothing is issued every thread runs wherever there is room, which at the limit is the faster. */
    private Runnable prompt(int crew) {
        return issuing.isPresent() ? Scheduling.prompt(crew) : Scheduling.prompt();
    }

    private ListSource alone(Path relativeTo) {
        List<Path> sources =
                config.trust().sources().stream().map(relativeTo::resolve).toList();
        TrustRefresher trust = new TrustRefresher(
                new TrustFiles(new TrustImporter(keys)),
                sources,
                new TrustRefresher.Ages(config.trust().warnAge(), config.trust().hardAge()),
                mayBeTrusted,
                clock);
        return new FileLists(trust, config.trust().reloadEvery(), config.clients());
    }

    private ListSource shared(Path relativeTo) {
        ChangeFeed.Settings settings = StartCheck.configured(() -> config.changeFeed(relativeTo));
        if (config.database().migrate()) {
            var _ = StartCheck.configured(() -> Migrations.migrateIfThere(settings.database()));
        }
        ChangeFeed shared = new ChangeFeed(
                settings,
                new ChangeFeed.Surroundings(vertx, keys, mayBeTrusted, clock, RandomGenerator.getDefault(), stores));
        stores.watch(shared, clock);
        feed = Optional.of(shared);
        return new SharedLists(shared);
    }

    private Issuing issuing(CheckInModule beside, Path relativeTo) {
        return new Issuing(
                StartCheck.configured(() -> IssuingSettings.read(config, relativeTo)),
                new Issuing.Surroundings(
                        feed.orElseThrow(), signingKeys, clock, metrics.issuing(), beside.secrets(), tracing));
    }

    private CheckInModule doors(ChangeFeed shared, Path relativeTo) {
        CheckInMetrics counted = metrics.doors();
        CheckInModule made = StartCheck.configured(() -> new CheckInModule(
                config,
                relativeTo,
                new CheckInModule.Surroundings(vertx, clock, shared.clockCheck(), shared.observer(), counted)));
        counted.watch(made.status());
        return made;
    }

    /**
     * Starts a gateway and returns when it answers.
     *
     * @param config what it is wired from
     * @param relativeTo the folder that relative paths of the configuration start from
     * @param demo whether signers of the demonstration may be trusted, and its keys sign
     * @return the running gateway, to be closed
     * @throws InvalidConfig if an address, a file or a secret that it names cannot be used, or the database is not
     *     there or refuses its user
     * @throws StoreException if the database refuses to be migrated
     */
    public static Gateway start(Config config, Path relativeTo, boolean demo) {
        return start(config, relativeTo, demo, InstantSource.system());
    }

    /**
     * The same by another clock than the system's. What it keeps for a time is kept by that clock.
     *
     * @param config what it is wired from
     * @param relativeTo the folder that relative paths of the configuration start from
     * @param demo whether signers of the demonstration may be trusted, and its keys sign
     * @param clock asked by many threads at once
     * @return the running gateway, to be closed
     */
    public static Gateway start(Config config, Path relativeTo, boolean demo, InstantSource clock) {
        return start(config, relativeTo, demo, clock, DefaultFormats.of(config));
    }

    /**
     * The same for other formats than the {@linkplain DefaultFormats#of usual} ones.
     *
     * @param config what it is wired from
     * @param relativeTo the folder that relative paths of the configuration start from
     * @param demo whether signers of the demonstration may be trusted, and its keys sign
     * @param clock asked by many threads at once
     * @param formats that payloads may be recognised as, each with its tolerances
     * @return the running gateway, to be closed
     */
    public static Gateway start(
            Config config, Path relativeTo, boolean demo, InstantSource clock, List<CredentialFormat> formats) {
        StartCheck.check(config, relativeTo);
        Gateway gateway = new Gateway(config, relativeTo, demo, clock, formats);
        try {
            gateway.listen();
            return gateway;
        } catch (RuntimeException failed) {
            gateway.close();
            throw failed;
        }
    }

    private void listen() {
        source.start();
        signingKeys.start();
        doors.ifPresent(CheckInModule::start);
        Api api = new Api(
                new Api.Judging(engine, pictures),
                new Api.Callers(source::clients, config.http().failures(publicPort, metrics)),
                () -> source.lists().trust(),
                new Api.Changes(source.authority(), new CertificateImporter(keys), formats.signers(), mayBeTrusted),
                issuing.map(Issuing::side),
                doors.map(CheckInModule::side),
                config.apiLimits(),
                config.rateLimits(System::nanoTime),
                metrics,
                new Api.Randomness(clock, RandomGenerator.getDefault()),
                new Api.Browsers(
                        config.http().cors().origins(),
                        config.http().docs(),
                        config.http().door() ? Optional.of(DoorSite.read()) : Optional.empty()));
        metrics.watch(api::bytesUnderWay);
        management = Optional.of(manage());
        deployment = await(PublicServers.named(
                vertx.deployVerticle(
                        () -> servers.next(api, Api.Part.VERIFYING, onEventLoop),
                        new DeploymentOptions().setInstances(config.http().eventLoops())),
                "http",
                config.http().port()));
        port = servers.port(Api.Part.VERIFYING);
        issuing.ifPresent(side -> issue(side, api));
        tls.ifPresent(TlsRefresher::start);
        isListening = true;
        LOG.log(
                Level.INFO,
                "listening on {0}:{1,number,#}, management on {2}:{3,number,#}; {4} signers, {5} clients",
                config.http().host(),
                port,
                config.management().host(),
                managementPort(),
                source.lists().trust().list().size(),
                source.clients().map(ClientDirectory::size).orElse(0));
    }

    private ManagementPort manage() {
        Config.Management at = config.management();
        try {
            return new Management(metrics::scrape, watch::notLiveBecause, readiness::notReadyBecause, this::warnings)
                    .listen(at.host(), at.port(), new ManagementPort.Bounds(at.maxConnections(), at.patience()));
        } catch (IOException | UnresolvedAddressException refused) {
            throw PublicServers.cannotListen("management", at.port(), refused);
        }
    }

    private List<String> warnings() {
        List<String> all = new ArrayList<>(readiness.warnings());
        tls.ifPresent(followed -> all.addAll(followed.warnings()));
        return all;
    }

    private void issue(Issuing side, Api api) {
        var _ = await(PublicServers.named(
                side.listen(() -> servers.next(api, Api.Part.ISSUING, side.background())),
                "issuing",
                config.issuing().port()));
        issuingPort = servers.port(Api.Part.ISSUING);
        LOG.log(Level.INFO, "issuing on {0}:{1,number,#}", config.http().host(), issuingPort);
    }

    /** {@return the port of the public interface, also when the system chose it} */
    public int port() {
        return port;
    }

    /** {@return the port of the issuing side, also when the system chose it; 0 where there is none} */
    public int issuingPort() {
        return issuingPort;
    }

    /** {@return the port of the management interface, also when the system chose it} */
    public int managementPort() {
        return management.map(ManagementPort::port).orElse(0);
    }

    /** Stops when the process is told to end (SIGTERM or SIGINT), and ends the process if that does not. */
    public void stopWithProcess() {
        Stopping.withProcess(this::close, config.shutdownPatience());
    }

    /**
     * Stops in order: says not ready, takes no new requests after a while, answers those under way, finishes what is
     * queued, lets go of the rest. Takes {@code shutdownPatience} and 2 s at most.
     */
    @Override
    public void close() {
        drain.begin();
        if (closing.getAndSet(true)) {
            return;
        }
        LOG.log(Level.INFO, "stopping");
        try {
            stop(new Stopping(config.shutdownPatience(), System::nanoTime));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        management.ifPresent(ManagementPort::close);
        metrics.close();
        LOG.log(Level.INFO, "stopped");
    }

    private void stop(Stopping stopping) throws InterruptedException {
        tls.ifPresent(TlsRefresher::close);
        if (!deployment.isEmpty()) {
            stopping.step("drain", left -> Thread.sleep(config.http().drain()));
        }
        stopping.step("ports", left -> {
            Future<?> issuingStopped = issuing.map(Issuing::stopListening).orElseGet(Future::succeededFuture);
            Future<?> stopped = deployment.isEmpty() ? Future.succeededFuture() : vertx.undeploy(deployment);
            Stopping.await(Future.join(stopped, issuingStopped), left);
        });
        stopping.step("pictures", left -> {
            var _ = pictures.close(left);
        });
        stopping.step("requests", left -> {
            if (!engine.close(left)) {
                LOG.log(Level.WARNING, "some requests were still queued after {0}", left);
            }
        });
        if (issuing.isPresent()) {
            issuing.get().close(stopping);
        }
        stopping.step("doors", left -> doors.ifPresent(kept -> kept.close(left)));
        stopping.step("signing-keys", left -> signingKeys.close());
        stopping.step("signatures", left -> signatures.close());
        stopping.step("lists", source::close);
        watch.close();
        stopping.step("event-loops", left -> Stopping.await(vertx.close(), left));
        stopping.step("spans", left -> tracing.close());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IllegalStateException(cause.getMessage(), cause);
        }
    }
}

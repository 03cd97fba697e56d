package io.passgate.testing.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Client;
import io.passgate.access.ClientDirectory;
import io.passgate.access.RateLimits;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.crypto.VerificationKeys;
import io.passgate.engine.Engine;
import io.passgate.engine.EngineLimits;
import io.passgate.engine.TrustContext;
import io.passgate.http.Api;
import io.passgate.http.ApiServer;
import io.passgate.http.connection.ConnectionEnd;
import io.passgate.http.connection.ConnectionLimits;
import io.passgate.http.connection.ConnectionObserver;
import io.passgate.http.connection.PublicPort;
import io.passgate.http.connection.TrustedProxies;
import io.passgate.http.response.AuthenticationFailure;
import io.passgate.http.response.RequestObserver;
import io.passgate.http.server.ApiLimits;
import io.passgate.http.server.Drain;
import io.passgate.http.server.Endpoint;
import io.passgate.http.server.FailedAuthentications;
import io.passgate.image.PictureObserver;
import io.passgate.image.PictureQueue;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.Gate;
import io.passgate.testing.HeardEngine;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.CertificateImporter;
import io.passgate.trust.TrustSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** The public interface on a port of 127.0.0.1 that the system chose, over an engine behind a gate. */
public final class RunningApi implements AutoCloseable {
    public static final Instant NOON = Instant.parse("2021-08-01T12:00:00Z");
    public static final Instant TOKENS_END = Instant.parse("2021-09-01T00:00:00Z");
    public static final Duration MAX_WAIT = Duration.ofSeconds(2);
    public static final TestIssuer ISSUER = TestIssuer.ec256("XX");
    /** Requests at once of the role trust-admin. */
    public static final int LIMIT = 50;

    public static final int MAX_BODY = 8_192;

    /** Tests fail to authenticate more often than anybody. */
    public static final FailedAuthentications.Limits HASTY =
            new FailedAuthentications.Limits(Duration.ofMillis(1), 100, 100, Duration.ofMinutes(1));

    public final Gate gate = new Gate();
    public final HeardEngine heard = new HeardEngine();
    public final ManualTime time = new ManualTime(NOON);
    public volatile TrustSnapshot trust = TrustSnapshot.given(TestIssuer.trusting(ISSUER));
    public volatile Supplier<Optional<ClientDirectory>> clients = () -> Optional.of(clients());
    final RateLimits rates;
    public final FakeAuthority authority = new FakeAuthority();
    public final FakeIssuing issuing = new FakeIssuing(time);
    public final FakeDoors doors = new FakeDoors();
    public final Set<String> answered = ConcurrentHashMap.newKeySet();
    public final Queue<AuthenticationFailure> failed = new ConcurrentLinkedQueue<>();
    public final Set<String> abandoned = ConcurrentHashMap.newKeySet();
    public final Connected connected = new Connected();
    public final PublicPort publicPort;
    final Drain drain = new Drain(Duration.ofSeconds(30));
    public final Vertx vertx;
    public final Engine engine;
    public final PictureQueue pictures = new PictureQueue(PictureObserver.NONE, System::nanoTime);
    public final Api api;
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    public final int port;
    private final String deployment;
    private final Api.Browsers browsers;

    public RunningApi(int maxQueued, ApiLimits limits, PolicyCatalog policies) {
        this(maxQueued, limits, policies, usualConnections(), TrustedProxies.none());
    }

    public RunningApi(FailedAuthentications.Limits failures) {
        this(
                10,
                limits(4 * MAX_BODY),
                new PolicyCatalog(List.of()),
                usualConnections(),
                TrustedProxies.none(),
                failures);
        gate.open();
    }

    public RunningApi(
            int maxQueued,
            ApiLimits limits,
            PolicyCatalog policies,
            ConnectionLimits connections,
            TrustedProxies proxies) {
        this(maxQueued, limits, policies, connections, proxies, HASTY);
    }

    RunningApi(
            int maxQueued,
            ApiLimits limits,
            PolicyCatalog policies,
            ConnectionLimits connections,
            TrustedProxies proxies,
            FailedAuthentications.Limits failures) {
        this(
                new EngineLimits(1, 256, 64, maxQueued, MAX_WAIT),
                limits,
                policies,
                connections,
                proxies,
                failures,
                time -> new RateLimits(generous(), time));
    }

    public RunningApi(
            EngineLimits engineLimits,
            ApiLimits limits,
            PolicyCatalog policies,
            ConnectionLimits connections,
            TrustedProxies proxies,
            FailedAuthentications.Limits failures,
            Function<ManualTime, RateLimits> rates) {
        this(engineLimits, limits, policies, connections, proxies, failures, rates, Api.Browsers.NONE);
    }

    private RunningApi(
            EngineLimits engineLimits,
            ApiLimits limits,
            PolicyCatalog policies,
            ConnectionLimits connections,
            TrustedProxies proxies,
            FailedAuthentications.Limits failures,
            Function<ManualTime, RateLimits> rates,
            Api.Browsers browsers) {
        this.browsers = browsers;
        this.rates = rates.apply(time);
        publicPort = new PublicPort(connections, proxies, connected, System::nanoTime);
        vertx = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(1))
                .withTransport(publicPort.transport())
                .build();
        engine = new Engine(engineLimits, policies, () -> TrustContext.trusting(trust), heard, time, UsualFormats.ALL);
        engine.start(capacity -> gate.guard(new JcaSignatureBatch(CryptoProviders.preferred(), capacity)));
        pictures.start(() -> {});
        api = new Api(
                new Api.Judging(engine, pictures),
                new Api.Callers(
                        () -> clients.get(),
                        new FailedAuthentications(failures, proxies::addressOf, observer(), System::nanoTime)),
                () -> trust,
                new Api.Changes(
                        Optional.of(authority),
                        new CertificateImporter(new VerificationKeys(CryptoProviders.preferred())),
                        UsualFormats.ALL.signers(),
                        signer -> true),
                Optional.of(issuing.side()),
                Optional.of(doors.side()),
                limits,
                this.rates,
                observer(),
                new Api.Randomness(time, new Random(7)),
                browsers);
        ApiServer server = new ApiServer(
                api,
                EnumSet.allOf(Api.Part.class),
                new Endpoint("127.0.0.1", 0, Optional.empty(), limits.idle(), 1 << 17, Duration.ofSeconds(30)),
                publicPort,
                drain,
                () -> {});
        deployment = await(vertx.deployVerticle(server));
        port = server.port();
    }

    public static ConnectionLimits usualConnections() {
        return new ConnectionLimits(1_000, 1_000, 64 << 20, 4 << 20, Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    /** What was heard of connections. */
    public static final class Connected implements ConnectionObserver {
        public final Queue<ConnectionEnd> ends = new ConcurrentLinkedQueue<>();
        public final Queue<Integer> refused = new ConcurrentLinkedQueue<>();

        @Override
        public void ended(ConnectionEnd why) {
            ends.add(why);
        }

        @Override
        public void refused(int status) {
            refused.add(status);
        }
    }

    private RequestObserver observer() {
        return new RequestObserver() {
            @Override
            public void answered(String route, int status, long tookNs) {
                answered.add(route + " " + status);
            }

            @Override
            public void unauthenticated(AuthenticationFailure why) {
                failed.add(why);
            }

            @Override
            public void abandoned(String route) {
                abandoned.add(route);
            }
        };
    }

    /** An interface whose engine answers at once. */
    public static RunningApi open() {
        RunningApi running = gated(16_384);
        running.gate.open();
        return running;
    }

    /** An interface for browsers, whose engine answers at once. */
    public static RunningApi open(Api.Browsers browsers) {
        RunningApi running = new RunningApi(
                new EngineLimits(1, 256, 64, 16_384, MAX_WAIT),
                limits(4 * MAX_BODY),
                new PolicyCatalog(List.of()),
                usualConnections(),
                TrustedProxies.none(),
                HASTY,
                time -> new RateLimits(generous(), time),
                browsers);
        running.gate.open();
        return running;
    }

    /** An interface whose engine waits at its gate. */
    public static RunningApi gated(int maxQueued) {
        return new RunningApi(maxQueued, limits(4 * MAX_BODY), new PolicyCatalog(List.of()));
    }

    public static ApiLimits limits(long maxBytesUnderWay) {
        return limits(maxBytesUnderWay, Duration.ofSeconds(30));
    }

    /**
     * Three times the bytes, since each body counts three times; no client's share is a bound before that of all is.
     */
    public static ApiLimits limits(long bodiesUnderWay, Duration bodyPatience) {
        return new ApiLimits(
                MAX_BODY,
                3 * bodiesUnderWay,
                6 * bodiesUnderWay,
                1_024,
                bodyPatience,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30));
    }

    public static ClientDirectory clients() {
        Map<TokenHash, Client> clients = new HashMap<>();
        for (Role role : Role.values()) {
            clients.put(TokenHash.ofToken(token(role)), new Client(role.code(), role, TOKENS_END));
        }
        return ClientDirectory.of(clients);
    }

    public static Map<Role, RateLimits.Limit> generous() {
        Map<Role, RateLimits.Limit> limits = new HashMap<>();
        for (Role role : Role.values()) {
            limits.put(role, new RateLimits.Limit(1_000, role == Role.TRUST_ADMIN ? LIMIT : 100_000));
        }
        return limits;
    }

    public static String token(Role role) {
        return "token-of-" + role.code();
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    /** A good request but for its body. */
    public HttpRequest.Builder post(HttpRequest.BodyPublisher body) {
        return request("/v1/verifications")
                .header("authorization", "Bearer " + token(Role.VERIFIER))
                .header("content-type", "application/json")
                .POST(body);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return sendAsync(request).join();
    }

    public CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String body) {
        return send(post(BodyPublishers.ofString(body)));
    }

    public CompletableFuture<HttpResponse<String>> postAsync(String body) {
        return sendAsync(post(BodyPublishers.ofString(body)));
    }

    /** A body of {@code count} payloads that are refused. */
    public static String payloads(int count) {
        return "{\"payloads\":[" + "\"x\",".repeat(count - 1) + "\"x\"]}";
    }

    /** Stops the server; it may take a while. */
    public Future<?> stop() {
        return vertx.undeploy(deployment);
    }

    /** Looks until something is so, because only a socket's other end knows when. */
    public static void until(BooleanSupplier isSo) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("it did not happen");
            }
            Thread.onSpinWait();
        }
    }

    public static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(40, TimeUnit.SECONDS)
                .join();
    }

    /** A file of the page, or the answer to a preflight: the document has neither. */
    private boolean isForBrowsers(String answer) {
        return browsers.docs() && answer.startsWith("/docs")
                || !browsers.origins().isEmpty() && answer.endsWith(" 204");
    }

    /** Ends everything, and holds what was answered against the OpenAPI document. */
    @Override
    public void close() {
        gate.open();
        http.close();
        try {
            assertThat(pictures.close(Duration.ofSeconds(20))).isTrue();
            assertThat(engine.close(Duration.ofSeconds(20))).isTrue();
            issuing.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        var _ = await(vertx.close());
        Set<String> documented = OpenApiDocument.read().answers();
        assertThat(answered).isNotEmpty().allSatisfy(answer -> {
            if (!answer.startsWith("other ") && !answer.endsWith(" 405") && !isForBrowsers(answer)) {
                assertThat(documented).contains(answer);
            }
        });
    }
}

package io.passgate.http;

import io.passgate.access.Clients;
import io.passgate.access.Role;
import io.passgate.engine.Engine;
import io.passgate.trust.TrustSnapshot;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The public interface: every route with what guards it. One instance serves all event loops. */
public final class Api {
    private static final Logger LOG = System.getLogger(Api.class.getName());
    private static final String JSON = "application/json";

    private final Engine engine;
    private final Supplier<Clients> clients;
    private final ApiLimits limits;
    private final RequestObserver observer;
    private final InstantSource clock;
    private final RetryAfter retryAfter;
    private final SignersHandler signers;
    private final OpenApiHandler openApi = new OpenApiHandler();
    private final AtomicLong bytesUnderWay = new AtomicLong();

    public Api(
            Engine engine,
            Supplier<Clients> clients,
            Supplier<TrustSnapshot> trust,
            ApiLimits limits,
            RequestObserver observer,
            Randomness randomness) {
        this.engine = engine;
        this.clients = clients;
        this.limits = limits;
        this.observer = observer;
        this.clock = randomness.clock();
        this.retryAfter = new RetryAfter(randomness.random());
        this.signers = new SignersHandler(trust);
    }

    /** Time and chance, as the process has them. */
    public record Randomness(InstantSource clock, RandomGenerator random) {}

    /** The routes, for one event loop. */
    public Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.route().handler(this::observe);

        router.post("/v1/verifications")
                .handler(new Authentication(clients, Role.VERIFIER, clock))
                .handler((SecurityPolicyHandler) Api::requireJson)
                .handler(admission())
                .handler(body())
                .handler(new VerificationsHandler(engine, clock, limits.maxPayloads(), retryAfter));
        router.get("/v1/signers").handler(signers);
        router.get("/openapi.yaml").handler(openApi);

        problemOn(router, ProblemType.NOT_FOUND);
        problemOn(router, ProblemType.METHOD_NOT_ALLOWED);
        problemOn(router, ProblemType.BODY_TOO_LARGE);
        problemOn(router, ProblemType.UNSUPPORTED_MEDIA_TYPE);
        router.errorHandler(
                400, context -> Problem.of(ProblemType.MALFORMED_REQUEST).send(context));
        router.errorHandler(500, Api::fault);
        return router;
    }

    private SecurityPolicyHandler admission() {
        return new Admission(
                engine::isFull, bytesUnderWay, limits.maxBytesUnderWay(), limits.maxBodyBytes(), retryAfter);
    }

    private BodyHandler body() {
        return BodyHandler.create(false).setBodyLimit(limits.maxBodyBytes());
    }

    private static void requireJson(RoutingContext context) {
        String type = context.request().getHeader("content-type");
        if (type != null
                && (type.equals(JSON) || type.strip().toLowerCase(Locale.ROOT).startsWith(JSON))) {
            context.next();
        } else {
            Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE).send(context);
        }
    }

    private static void problemOn(Router router, ProblemType type) {
        router.errorHandler(type.status(), context -> Problem.of(type).send(context));
    }

    private static void fault(RoutingContext context) {
        LOG.log(Level.ERROR, "a request to {0} failed: {1}", routeOf(context), FaultText.of(context.failure()));
        Problem.of(ProblemType.GATEWAY_FAULT).send(context);
    }

    private void observe(RoutingContext context) {
        long startedNs = System.nanoTime();
        context.addEndHandler(ended ->
                observer.answered(routeOf(context), context.response().getStatusCode(), System.nanoTime() - startedNs));
        context.next();
    }

    /** The path of a route we have; any other path may hold anything and is not repeated. */
    private static String routeOf(RoutingContext context) {
        Route route = context.currentRoute();
        String path = route == null ? null : route.getPath();
        return path == null ? "other" : path;
    }

    /** The methods and paths of all routes, as {@code GET /openapi.yaml}; for the check against the document. */
    static List<String> routes(Router router) {
        return router.getRoutes().stream()
                .filter(route -> route.getPath() != null && route.methods() != null)
                .flatMap(route ->
                        route.methods().stream().map(HttpMethod::name).map(method -> method + " " + route.getPath()))
                .distinct()
                .toList();
    }
}

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
import java.util.stream.Collectors;

/** The public interface: every route with what guards it. One instance serves all event loops. */
public final class Api {
    private static final Logger LOG = System.getLogger(Api.class.getName());
    private static final String JSON = "application/json";

    /** The status that Vert.x's body handler fails an exchange with when the connection ends before the body. */
    private static final int CLIENT_LEFT = 200;

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
        router.route().handler(context -> observe(router, context));

        router.post("/v1/verifications")
                .handler(new Authentication(clients, Role.VERIFIER, clock))
                .handler((SecurityPolicyHandler) Api::requireJson)
                .handler(admission())
                .handler(new BodyDeadline(limits.bodyPatience()))
                .handler(body())
                .handler(Api::bodyArrived)
                .handler(new VerificationsHandler(engine, clock, limits.maxPayloads(), retryAfter));
        router.get("/v1/signers").handler(signers);
        router.get("/openapi.yaml").handler(openApi);

        problemOn(router, ProblemType.NOT_FOUND);
        router.errorHandler(405, context -> methodNotAllowed(router, context));
        problemOn(router, ProblemType.BODY_TOO_LARGE);
        problemOn(router, ProblemType.UNSUPPORTED_MEDIA_TYPE);
        router.errorHandler(
                400, context -> Problem.of(ProblemType.MALFORMED_REQUEST).send(context));
        router.errorHandler(CLIENT_LEFT, context -> LOG.log(Level.DEBUG, "a client left in the middle of its request"));
        router.errorHandler(500, context -> fault(router, context));
        return router;
    }

    private SecurityPolicyHandler admission() {
        return new Admission(
                engine::isFull, bytesUnderWay, limits.maxBytesUnderWay(), limits.maxBodyBytes(), retryAfter);
    }

    private BodyHandler body() {
        return BodyHandler.create(false).setBodyLimit(limits.maxBodyBytes());
    }

    private static void bodyArrived(RoutingContext context) {
        BodyDeadline.arrived(context);
        if (Responses.isOpen(context.response())) {
            context.next();
        }
    }

    private static void requireJson(RoutingContext context) {
        String type = context.request().getHeader("content-type");
        if (type != null && (type.equals(JSON) || essence(type).equals(JSON))) {
            context.next();
        } else {
            Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE).send(context);
        }
    }

    /** The media type without its parameters. */
    private static String essence(String type) {
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static void methodNotAllowed(Router router, RoutingContext context) {
        String path = " " + context.normalizedPath();
        String allowed = routes(router).stream()
                .filter(route -> route.endsWith(path))
                .map(route -> route.substring(0, route.length() - path.length()))
                .collect(Collectors.joining(", "));
        context.response().putHeader("allow", allowed);
        Problem.of(ProblemType.METHOD_NOT_ALLOWED).send(context);
    }

    private static void problemOn(Router router, ProblemType type) {
        router.errorHandler(type.status(), context -> Problem.of(type).send(context));
    }

    private static void fault(Router router, RoutingContext context) {
        LOG.log(Level.ERROR, "a request to {0} failed: {1}", routeOf(router, context), FaultText.of(context.failure()));
        Problem.of(ProblemType.GATEWAY_FAULT).send(context);
    }

    /** Tells the observer once the answer is out; a client that left before it has none. */
    private void observe(Router router, RoutingContext context) {
        long startedNs = System.nanoTime();
        context.addEndHandler(ended -> {
            if (ended.succeeded()) {
                observer.answered(
                        routeOf(router, context), context.response().getStatusCode(), System.nanoTime() - startedNs);
            }
        });
        context.next();
    }

    /**
     * The path of a route we have; any other path may hold anything and is not repeated. A failed exchange has left its
     * route, and is known by its path only.
     */
    private static String routeOf(Router router, RoutingContext context) {
        Route route = context.currentRoute();
        if (route != null && route.getPath() != null) {
            return route.getPath();
        }
        String path = context.normalizedPath();
        return router.getRoutes().stream().anyMatch(ours -> path.equals(ours.getPath())) ? path : "other";
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

package io.passgate.http;

import io.passgate.access.ClientDirectory;
import io.passgate.access.ClientUse;
import io.passgate.access.RateLimits;
import io.passgate.access.Role;
import io.passgate.checkin.Traces;
import io.passgate.engine.Engine;
import io.passgate.http.admin.AdminCalls;
import io.passgate.http.admin.AdminOperations;
import io.passgate.http.admin.RevocationsHandler;
import io.passgate.http.admin.SignerChangesHandler;
import io.passgate.http.admin.SignersHandler;
import io.passgate.http.checkin.CheckInSide;
import io.passgate.http.checkin.CheckInsHandler;
import io.passgate.http.checkin.TracesHandler;
import io.passgate.http.docs.Docs;
import io.passgate.http.docs.DocsFile;
import io.passgate.http.docs.DocsHandler;
import io.passgate.http.issuing.Applications;
import io.passgate.http.issuing.CertificatesHandler;
import io.passgate.http.issuing.ConsentsHandler;
import io.passgate.http.issuing.DevicesHandler;
import io.passgate.http.issuing.IssuingSide;
import io.passgate.http.issuing.PassesHandler;
import io.passgate.http.issuing.RecordsHandler;
import io.passgate.http.response.CrossOrigin;
import io.passgate.http.response.Exchanges;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.RefusalAnswers;
import io.passgate.http.response.RequestChecks;
import io.passgate.http.response.RequestIds;
import io.passgate.http.response.RequestObserver;
import io.passgate.http.response.RetryAfter;
import io.passgate.http.response.RouteNames;
import io.passgate.http.server.Admission;
import io.passgate.http.server.ApiLimits;
import io.passgate.http.server.Authentication;
import io.passgate.http.server.BodyReader;
import io.passgate.http.server.BodyRoom;
import io.passgate.http.server.BodyType;
import io.passgate.http.server.Completions;
import io.passgate.http.server.Deadlines;
import io.passgate.http.server.FailedAuthentications;
import io.passgate.http.server.RateLimiting;
import io.passgate.http.server.Shedding;
import io.passgate.http.server.SlowRefusals;
import io.passgate.http.verify.PayloadVerification;
import io.passgate.http.verify.RequestPayloads;
import io.passgate.http.verify.VerificationsHandler;
import io.passgate.http.web.WebPages;
import io.passgate.http.web.WebSite;
import io.passgate.image.PictureQueue;
import io.passgate.image.PictureReader;
import io.passgate.trust.CertificateImporter;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKinds;
import io.passgate.trust.TrustSnapshot;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The public interface: every route with what guards it. One instance serves all event loops. */
public final class Api {
    private static final String IDENTITY = "identity";
    private static final Problem NEITHER =
            new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, "This route takes image/png and image/jpeg as well.");
    private static final RequestChecks CHECKS = new RequestChecks();

    private static final Set<Role> AT_DOORS = Set.of(Role.FACILITY, Role.CARE_FACILITY);

    private final Engine engine;
    private final PictureQueue pictures;
    private final Callers callers;
    private final ApiLimits limits;
    private final RateLimits rates;
    private final RequestObserver observer;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final RetryAfter retryAfter;
    private final SignersHandler signers;
    private final Changes changes;
    private final Optional<IssuingSide> issuing;
    private final Optional<CheckInSide> doors;
    private final OpenApiHandler openApi = new OpenApiHandler();
    private final Docs docs = new Docs();
    private final Map<Part, BodyRoom> rooms = new EnumMap<>(Part.class);
    private final Shedding shedding;
    private final Browsers browsers;

    /**
     * The interface over what answers it.
     *
     * @param judging what judges payloads, also those of check-ins
     * @param callers who may ask
     * @param trust the list in force; asked at each request for it
     * @param changes how the lists are changed
     * @param issuing empty where this gateway issues nothing
     * @param doors empty where nobody can be checked in or traced through this gateway
     * @param limits bounds on a request, and on all under way of each part
     * @param rates what each client may ask
     * @param observer hears of every answer
     * @param randomness time and chance
     * @param browsers what is there for them
     */
    public Api(
            Judging judging,
            Callers callers,
            Supplier<TrustSnapshot> trust,
            Changes changes,
            Optional<IssuingSide> issuing,
            Optional<CheckInSide> doors,
            ApiLimits limits,
            RateLimits rates,
            RequestObserver observer,
            Randomness randomness,
            Browsers browsers) {
        this.engine = judging.engine;
        this.pictures = judging.pictures;
        this.callers = callers;
        this.limits = limits;
        this.rates = rates;
        this.observer = observer;
        this.clock = randomness.clock();
        this.random = randomness.random();
        this.retryAfter = new RetryAfter(randomness.random());
        this.shedding = new Shedding(retryAfter, observer);
        this.signers = new SignersHandler(trust);
        this.changes = changes;
        this.issuing = issuing;
        this.doors = doors;
        this.browsers = browsers;
        for (Part part : Part.values()) {
            rooms.put(part, new BodyRoom(limits.maxBytesUnderWay(), limits.maxBytesPerClient()));
        }
    }

    /**
     * From a picture or a payload to its verdict.
     *
     * @param engine judges payloads
     * @param pictures finds the payloads in pictures
     */
    public record Judging(Engine engine, PictureQueue pictures) {}

    /**
     * Who may ask, and what becomes of the others.
     *
     * @param clients empty as long as they have not been loaded
     * @param failures how long the answer to a failed authentication waits
     */
    public record Callers(Supplier<Optional<ClientDirectory>> clients, FailedAuthentications failures) {}

    /**
     * What changes of the lists need.
     *
     * @param authority empty where the lists cannot be changed through this gateway
     * @param certificates reads the certificate of an added signer
     * @param kinds that an added signer may be of
     * @param mayBeTrusted whether a signer may be trusted at all
     */
    public record Changes(
            Optional<AdminOperations> authority,
            CertificateImporter certificates,
            SignerKinds kinds,
            Predicate<Signer> mayBeTrusted) {}

    /**
     * Time and chance, as the process has them.
     *
     * @param clock when requests arrive and tokens expire
     * @param random for request ids and {@code Retry-After}, by which nothing is guarded
     */
    public record Randomness(InstantSource clock, RandomGenerator random) {}

    /**
     * What is there for browsers.
     *
     * @param origins of pages whose scripts may ask, see {@link CrossOrigin}; none: no header of an answer speaks of it
     * @param docs whether {@code /docs} is there, see {@link DocsFile}
     * @param door what people see of the verifying part; empty where only programs ask
     */
    public record Browsers(List<String> origins, boolean docs, Optional<WebSite> door) {
        /** Nothing. */
        public static final Browsers NONE = new Browsers(List.of(), false, Optional.empty());

        /** Copies the list. */
        public Browsers {
            origins = List.copyOf(origins);
        }
    }

    /** What has a port, event loops and limits of its own where a gateway has both. */
    public enum Part {
        /** Verifications and check-ins, and whom and what all gateways trust. */
        VERIFYING,
        /** What registrars and providers ask for. */
        ISSUING
    }

    /** What belongs to one event loop. */
    private record Loop(Vertx vertx, Completions completions, Deadlines bodies, SlowRefusals refusals) {}

    /** The routes of some parts, for one event loop. */
    Router router(Vertx vertx, Set<Part> parts) {
        Router router = Router.router(vertx);
        RouteNames routes = new RouteNames(router);
        Exchanges exchanges = new Exchanges(routes, observer, new RequestIds(random));
        router.route().handler(context -> {
            exchanges.begin(context);
            context.next();
        });
        Optional<CrossOrigin> crossOrigin =
                browsers.origins.isEmpty() ? Optional.empty() : Optional.of(new CrossOrigin(browsers.origins, routes));
        crossOrigin.ifPresent(router.route()::handler);
        router.route().handler(CHECKS);
        crossOrigin.ifPresent(handler -> router.route().handler(handler::preflight));
        Loop loop = new Loop(
                vertx,
                new Completions(vertx, limits.patience(), retryAfter),
                new Deadlines(vertx, limits.bodyPatience()),
                new SlowRefusals(vertx, callers.failures));
        if (parts.contains(Part.VERIFYING)) {
            verifying(router, loop);
            browsers.door.ifPresent(site -> new WebPages(site).addTo(router));
        }
        if (parts.contains(Part.ISSUING)) {
            issuing(router, loop);
        }
        readable(router, "/openapi.yaml").handler(openApi);
        if (browsers.docs) {
            for (DocsFile file : DocsFile.values()) {
                readable(router, file.path()).handler(new DocsHandler(docs, file, routes::all, loop.completions));
            }
        }
        exchanges.takeFailuresOf(router);
        return router;
    }

    /** What says why a request was refused that no route saw. */
    RefusalAnswers refusalAnswers(boolean isTls) {
        return new RefusalAnswers(new RequestIds(random), isTls, CrossOrigin.ofRefusal(browsers.origins));
    }

    /** A route to read from: HEAD is GET without what is read. */
    private static Route readable(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void verifying(Router router, Loop loop) {
        PayloadVerification payloadVerification = new PayloadVerification(engine, loop.completions, shedding);
        RequestPayloads payloads = new RequestPayloads(pictures, loop.completions, limits.maxPayloads());
        withPayloads(router.post("/v1/verifications"), Set.of(Role.VERIFIER), payloadVerification::isFull, loop)
                .handler(new VerificationsHandler(payloads, payloadVerification, clock));
        CheckInsHandler checkIns = new CheckInsHandler(payloads, payloadVerification, doors, clock, loop.completions);
        withPayloads(router.post("/v1/check-ins"), AT_DOORS, checkIns::isFull, loop)
                .handler(checkIns);
        Duration tracing = limits.patience().plus(Traces.PATIENCE);
        withBody(router.post("/v1/traces"), Role.TRACER, Part.VERIFYING, client -> false, loop)
                .handler(new TracesHandler(doors, new Completions(loop.vertx, tracing, retryAfter)));
        readable(router, "/v1/signers").handler(signers);
        AdminCalls adminCalls = new AdminCalls(changes.authority, loop.completions);
        SignerChangesHandler signerChanges =
                new SignerChangesHandler(adminCalls, changes.certificates, changes.kinds, changes.mayBeTrusted);
        withBody(router.post("/v1/signers"), Role.TRUST_ADMIN, Part.VERIFYING, client -> false, loop)
                .handler(signerChanges::add);
        only(router.delete("/v1/signers/:id"), Role.TRUST_ADMIN, loop).handler(signerChanges::remove);
        RevocationsHandler revocations = new RevocationsHandler(adminCalls);
        withBody(router.post("/v1/revocations"), Role.TRUST_ADMIN, Part.VERIFYING, client -> false, loop)
                .handler(revocations::add);
        only(router.delete("/v1/revocations/:id"), Role.TRUST_ADMIN, loop).handler(revocations::remove);
    }

    private void issuing(Router router, Loop loop) {
        Applications applications = new Applications(issuing, clock, loop.completions);
        withBody(router.post("/v1/records"), Role.REGISTRAR, Part.ISSUING, client -> false, loop)
                .handler(new RecordsHandler(applications)::take);
        ConsentsHandler consents = new ConsentsHandler(applications, clock);
        withBody(router.post("/v1/consents"), Role.PROVIDER, Part.ISSUING, client -> false, loop)
                .handler(consents::give);
        only(router.delete("/v1/consents/:id"), Role.PROVIDER, loop).handler(consents::withdraw);
        withBody(router.post("/v1/devices"), Role.PROVIDER, Part.ISSUING, client -> applications.isFull(), loop)
                .handler(new DevicesHandler(applications)::register);
        withBody(router.post("/v1/passes"), Role.PROVIDER, Part.ISSUING, client -> applications.isFull(), loop)
                .handler(new PassesHandler(applications)::make);
        CertificatesHandler certificates = new CertificatesHandler(applications);
        withBody(router.post("/v1/certificates"), Role.PROVIDER, Part.ISSUING, client -> applications.isFull(), loop)
                .handler(certificates::make);
        only(router.delete("/v1/certificates/:id"), Role.PROVIDER, loop).handler(certificates::revoke);
    }

    private Route only(Route route, Role role, Loop loop) {
        return only(route, Set.of(role), loop);
    }

    private Route only(Route route, Set<Role> roles, Loop loop) {
        return route.handler(new Authentication(callers.clients, roles, clock, retryAfter, loop.refusals))
                .handler(new RateLimiting(rates, shedding));
    }

    /** A route of one role that takes JSON, within bounds of size and time. */
    private Route withBody(Route route, Role role, Part part, Predicate<ClientUse> saturated, Loop loop) {
        return withBody(
                only(route, role, loop).handler((SecurityPolicyHandler) Api::requireJson), part, saturated, loop);
    }

    /** A route that takes payloads, as JSON or in a picture. */
    private Route withPayloads(Route route, Set<Role> roles, Predicate<ClientUse> saturated, Loop loop) {
        Route guarded = only(route, roles, loop).handler((SecurityPolicyHandler) Api::requireJsonOrPicture);
        return withBody(guarded, Part.VERIFYING, saturated, loop);
    }

    private Route withBody(Route guarded, Part part, Predicate<ClientUse> saturated, Loop loop) {
        return guarded.handler(new Admission(loop.vertx, saturated, room(part), limits, shedding))
                .handler(new BodyReader(limits.maxBodyBytes(), loop.bodies, shedding));
    }

    /**
     * {@return the bytes that a part's bodies under way are counted as, {@value BodyRoom#COPIES} for each received} Any
     * thread.
     *
     * @param part whose bodies; each part counts by itself
     */
    public long bytesUnderWay(Part part) {
        return room(part).bytes();
    }

    /** A part's bodies count by themselves: those of one never shed requests of the other. */
    private BodyRoom room(Part part) {
        BodyRoom room = rooms.get(part);
        if (room == null) {
            throw new IllegalStateException("every part has its room");
        }
        return room;
    }

    private static void requireJson(RoutingContext context) {
        if (BodyType.of(context).filter(BodyType.JSON::equals).isPresent()) {
            requireIdentity(context);
        } else {
            Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE).send(context);
        }
    }

    /** A picture has a bound of its own. */
    private static void requireJsonOrPicture(RoutingContext context) {
        Optional<BodyType> type = BodyType.of(context);
        if (type.isEmpty()) {
            NEITHER.send(context);
        } else if (type.get() == BodyType.PICTURE && Admission.announced(context) > PictureReader.MOST_BYTES) {
            Problem.of(ProblemType.BODY_TOO_LARGE).send(context);
        } else {
            requireIdentity(context);
        }
    }

    /** A compressed body is not taken, and the answer says which coding is (RFC 9110 section 15.5.16). */
    private static void requireIdentity(RoutingContext context) {
        String coding = context.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding == null || coding.strip().equalsIgnoreCase(IDENTITY)) {
            context.next();
        } else {
            context.response().putHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
            Problem.of(ProblemType.UNSUPPORTED_CONTENT_CODING).send(context);
        }
    }

    /** The methods and paths of all routes, as {@code GET /openapi.yaml}; for the check against the document. */
    static List<String> routes(Router router) {
        return new RouteNames(router).all();
    }
}

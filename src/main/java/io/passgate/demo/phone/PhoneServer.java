package io.passgate.demo.phone;

import io.passgate.http.connection.PublicPort;
import io.passgate.http.response.Exchanges;
import io.passgate.http.response.RefusalAnswers;
import io.passgate.http.response.RequestChecks;
import io.passgate.http.response.RequestIds;
import io.passgate.http.response.Responses;
import io.passgate.http.response.RouteNames;
import io.passgate.http.web.WebPages;
import io.passgate.http.web.WebSite;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The page and what it asks for, on one event loop. */
final class PhoneServer extends VerticleBase {
    private static final String HOST = "127.0.0.1";
    private static final int IDLE_SECONDS = 30;
    private static final int MOST_BODY_BYTES = 1 << 12;
    private static final int MOST_PEOPLE = 1_000;

    private final PhonePlan plan;
    private final PublicPort port;
    private final WebSite site;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable HttpServer server;

    PhoneServer(PhonePlan plan, PublicPort port, WebSite site) {
        this.plan = plan;
        this.port = port;
        this.site = site;
    }

    /** What the page has done for a request of its. */
    private interface Deed {
        Future<JsonObject> of(PageRequest asked) throws PhoneFault;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        RefusalAnswers answers = new RefusalAnswers(new RequestIds(random), false, "");
        PublicPort.Guard guard = port.guard(vertx, options, answers::of);
        HttpServer starting =
                vertx.createHttpServer(options).connectionHandler(guard::guard).requestHandler(router());
        server = starting;
        return starting.listen(plan.port(), HOST);
    }

    /** The port it listens on, also when the system chose it. Any thread, once it has started. */
    int port() {
        HttpServer running = server;
        return running == null ? 0 : running.actualPort();
    }

    private Router router() {
        Router router = Router.router(vertx);
        Exchanges exchanges =
                new Exchanges(new RouteNames(router), (route, status, tookNs) -> {}, new RequestIds(random));
        router.route().handler(context -> {
            exchanges.begin(context);
            context.next();
        });
        router.route().handler(new RequestChecks());
        router.route().handler(OwnPage::byOwnName);
        new WebPages(site).addTo(router);
        ProviderSide side =
                new ProviderSide(plan, new IssuingClient(vertx, plan), new InventedPeople(MOST_PEOPLE, random));
        post(router, "people", side::invent);
        post(router, "doses", side::vaccinate);
        post(router, "consents", side::consent);
        post(router, "withdrawals", side::withdraw);
        post(router, "devices", side::register);
        post(router, "passes", side::pass);
        post(router, "certificates", side::certify);
        exchanges.takeFailuresOf(router);
        return router;
    }

    private void post(Router router, String what, Deed deed) {
        String path = PhoneSite.PATH + '/' + what;
        router.post(path).handler(OwnPage::byOwnPage);
        router.post(path)
                .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
                .handler(context -> answer(context, deed));
    }

    private void answer(RoutingContext context, Deed deed) {
        Future<JsonObject> done;
        try {
            done = deed.of(PageRequest.of(context));
        } catch (PhoneFault fault) {
            done = Future.failedFuture(fault);
        }
        done.onComplete(answer -> Responses.json(context, 200, stamped(answer)), failed -> {
            if (failed instanceof PhoneFault fault) {
                tell(context, fault);
            } else {
                context.fail(failed);
            }
        });
    }

    private void tell(RoutingContext context, PhoneFault fault) {
        if (fault.retryAfterSeconds() > 0 && Responses.isOpen(context.response())) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(fault.retryAfterSeconds()));
        }
        Responses.json(context, fault.status(), stamped(new JsonObject().put("problem", fault.code())));
    }

    /** With the time of day, by which the page's proofs are of now also where the phone's clock is off. */
    private JsonObject stamped(JsonObject answer) {
        return answer.put("now", plan.clock().millis());
    }
}

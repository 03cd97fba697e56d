package io.passgate.http.response;

import io.passgate.logging.RedactedStackTrace;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The beginning and the end of every request of one event loop: each is named, counted once, and where it fails
 * answered with a problem, also when no route of ours ever sees it. What is refused below Vert.x is counted there.
 */
public final class Exchanges {
    private static final Logger LOG = System.getLogger(Exchanges.class.getName());
    private static final int FIRST_ERROR = 400;
    private static final int LAST_ERROR = 599;
    private static final int FAULT = 500;

    private final RouteNames routes;
    private final RequestObserver observer;
    private final RequestIds ids;

    /**
     * The exchanges of one event loop's router.
     *
     * @param routes name the route of a request, for metrics and the log
     * @param observer hears the end of each
     * @param ids name the requests
     */
    public Exchanges(RouteNames routes, RequestObserver observer, RequestIds ids) {
        this.routes = routes;
        this.observer = observer;
        this.ids = ids;
    }

    /**
     * Takes over what a router would otherwise answer by itself, in text and with its own line in the log.
     *
     * @param router the one of this event loop
     */
    public void takeFailuresOf(Router router) {
        for (int status = FIRST_ERROR; status <= LAST_ERROR; status++) {
            int failed = status;
            var _ = router.errorHandler(status, context -> fail(context, failed));
        }
    }

    /**
     * Names a request and sees to it that it is counted; does nothing the second time.
     *
     * @param context of a request whose headers have arrived
     */
    public void begin(RoutingContext context) {
        if (!RequestIds.of(context).isEmpty()) {
            return;
        }
        long startedNs = System.nanoTime();
        ResponseHeaders.begin(context.request(), ids.name(context.request()));
        var _ = context.addEndHandler(ended -> {
            if (ended.succeeded()) {
                int status = context.response().getStatusCode();
                observer.answered(routes.of(context), status, System.nanoTime() - startedNs);
            } else {
                observer.abandoned(routes.of(context));
            }
        });
    }

    private void fail(RoutingContext context, int status) {
        begin(context);
        switch (status) {
            case 404 -> Problem.of(ProblemType.NOT_FOUND).send(context);
            case 405 -> {
                context.response().putHeader("allow", routes.allowed(context));
                Problem.of(ProblemType.METHOD_NOT_ALLOWED).send(context);
            }
            case 413 -> Problem.of(ProblemType.BODY_TOO_LARGE).send(context);
            case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE).send(context);
            default -> {
                if (status < FAULT) {
                    Problem.of(ProblemType.AMBIGUOUS_REQUEST).send(context);
                } else {
                    fault(context);
                }
            }
        }
    }

    private void fault(RoutingContext context) {
        LOG.log(
                Level.ERROR,
                "request {0}: a request to {1} failed: {2}",
                RequestIds.of(context),
                routes.of(context),
                RedactedStackTrace.of(context.failure()));
        Problem.of(ProblemType.GATEWAY_FAULT).send(context);
    }
}

package io.passgate.http.docs;

import io.passgate.http.response.EntityTags;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.passgate.http.server.Completions;
import io.passgate.http.web.WebFile;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** {@code GET} of one file of {@code /docs}. One event loop. */
public final class DocsHandler implements Handler<RoutingContext> {
    /**
     * The page runs our scripts, asks its own port, and does nothing else. Swagger UI's style sheet has pictures in it.
     */
    private static final CharSequence POLICY = HttpHeaders.createOptimized("default-src 'none'; script-src 'self';"
            + " style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'");

    /** Kept, and asked for each time whether it is still the same: the files of two versions do not fit each other. */
    private static final CharSequence REVALIDATED = HttpHeaders.createOptimized("no-cache");

    private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");
    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("content-security-policy");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("referrer-policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");

    private static final Completions.Otherwise UNREAD =
            new Completions.Otherwise(Problem.of(ProblemType.OVERLOADED), "a file of the page was not read");

    private final Docs docs;
    private final DocsFile file;
    private final Supplier<List<String>> routes;
    private final Completions completions;

    /**
     * The route of a file.
     *
     * @param docs what is kept of the files, for all event loops
     * @param file the one that is asked for
     * @param routes of the port, such as {@code GET /openapi.yaml}; asked when all are there
     * @param completions by which a file comes back that is read
     */
    public DocsHandler(Docs docs, DocsFile file, Supplier<List<String>> routes, Completions completions) {
        this.docs = docs;
        this.file = file;
        this.routes = routes;
        this.completions = completions;
    }

    @Override
    public void handle(RoutingContext context) {
        Set<String> known = file == DocsFile.DOCUMENT ? new HashSet<>(routes.get()) : Set.of();
        Future<Docs.Stored> there = docs.read(file, known);
        if (there.succeeded()) {
            answer(context, there.result());
        } else {
            completions.await(context, () -> there, UNREAD, stored -> answer(context, stored));
        }
    }

    private void answer(RoutingContext context, Docs.Stored stored) {
        HttpServerResponse response = context.response();
        String codings = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean isCompressed = stored.gzip().isPresent() && codings != null && WebFile.takesGzip(codings);
        Docs.Form form = isCompressed ? stored.gzip().orElseThrow() : stored.plain();
        response.headers()
                .set(CONTENT_SECURITY_POLICY, POLICY)
                .set(REFERRER_POLICY, NO_REFERRER)
                .set(HttpHeaders.CACHE_CONTROL, REVALIDATED)
                .set(HttpHeaders.ETAG, form.etag())
                .add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (EntityTags.match(context.request(), form.etag())) {
            Responses.end(context, 304);
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
        if (isCompressed) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
        }
        Responses.end(context, form.bytes());
    }
}

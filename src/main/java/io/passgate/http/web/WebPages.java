package io.passgate.http.web;

import io.passgate.http.response.EntityTags;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The routes of a site, for the routers of all event loops: begun, bounded, counted and ended as every other one is. */
public final class WebPages {
    private final WebSite site;

    /**
     * Creates the routes of a site.
     *
     * @param site what is served
     */
    public WebPages(WebSite site) {
        this.site = site;
    }

    /**
     * Adds the route of the page, and that of its files below {@code /web/}.
     *
     * @param router of one event loop
     */
    public void addTo(Router router) {
        var _ = router.route(site.path())
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::sendPage);
        var _ = router.route(WebSite.FILES + ":version/:file")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::sendFile);
    }

    private void sendPage(RoutingContext context) {
        guarded(context.response())
                .putHeader(HttpHeaders.CACHE_CONTROL, WebSite.ASK_AGAIN)
                .putHeader(HttpHeaders.ETAG, "W/" + site.pageTag());
        if (EntityTags.match(context.request(), site.pageTag())) {
            context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            Responses.end(context, 304);
        } else {
            send(context, site.page());
        }
    }

    private void sendFile(RoutingContext context) {
        Optional<WebFile> file = site.file(context.pathParam("version"), context.pathParam("file"));
        if (file.isEmpty()) {
            Problem.of(ProblemType.NOT_FOUND).send(context);
        } else {
            guarded(context.response()).putHeader(HttpHeaders.CACHE_CONTROL, WebSite.FOR_GOOD);
            send(context, file.get());
        }
    }

    private HttpServerResponse guarded(HttpServerResponse response) {
        site.guards().forEach(response::putHeader);
        return response;
    }

    private static void send(RoutingContext context, WebFile file) {
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, file.mediaType())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        String codings = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        if (codings != null && WebFile.takesGzip(codings)) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            Responses.end(context, file.gzip());
        } else {
            Responses.end(context, file.plain());
        }
    }
}

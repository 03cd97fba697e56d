package io.passgate.demo.phone;

import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets in what is asked at this machine by its own names, and posts of the page itself only. */
final class OwnPage {
    private static final String JSON = "application/json";
    private static final int FORBIDDEN = 403;

    /** RFC 9110 section 15.5.20. */
    private static final int MISDIRECTED = 421;

    private OwnPage() {}

    /** For every request: another name in Host is a page elsewhere whose name was made to lead here. */
    static void byOwnName(RoutingContext context) {
        if (isOwnName(context.request())) {
            context.next();
        } else {
            tell(context, MISDIRECTED, "another-name");
        }
    }

    /** For every post: JSON from the page of the same origin (RFC 6454). */
    static void byOwnPage(RoutingContext context) {
        HttpServerRequest request = context.request();
        String own = "http://" + request.getHeader(HttpHeaders.HOST);
        if (request.headers().getAll(HttpHeaders.ORIGIN).size() != 1
                || !own.equalsIgnoreCase(request.getHeader(HttpHeaders.ORIGIN))) {
            tell(context, FORBIDDEN, "another-page");
        } else if (!isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE).send(context);
        } else {
            context.response().putHeader("cross-origin-resource-policy", "same-origin");
            context.next();
        }
    }

    private static void tell(RoutingContext context, int status, String problem) {
        Responses.json(context, status, new JsonObject().put("problem", problem));
    }

    private static boolean isOwnName(HttpServerRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        int port = request.localAddress().port();
        return ("127.0.0.1:" + port).equals(host) || ("localhost:" + port).equalsIgnoreCase(host);
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON);
    }
}

package io.passgate.http.web;

import io.passgate.http.response.EntityTags;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.passgate.model.Digests;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The pages and their files, for the routers of all event loops.
 *
 * <p>All files of the pages are below one path with the hash of all of them in it: they refer to each other by their
 * plain names, and are kept for good. A page itself is asked for anew each time, by its ETag.
 *
 * <p>They are a table in memory and not Vert.x's {@code StaticHandler}: there is no path into a file system that could
 * be left, no cache that could grow, and each answer is begun, bounded, counted and ended as every other one is.
 */
public final class WebPages {
    /** What a page may load and run: its own files, and pictures that it has in memory. */
    static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; worker-src 'self';"
            + " manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String PERMISSIONS =
            "camera=(self), fullscreen=(self), screen-wake-lock=(self), autoplay=(self),"
                    + " microphone=(), geolocation=(), payment=(), usb=()";

    private static final String DOOR = "door.html";

    /** Without the pages. Each is there when the gateway starts, or it does not start. */
    private static final List<String> FILES = List.of(
            "answer-accepted.svg",
            "answer-none.svg",
            "answer-refused.svg",
            "answer-unknown.svg",
            "answer-waiting.svg",
            "answers.js",
            "camera.js",
            "check-ins.js",
            "code-worker.js",
            "codes.js",
            "device.js",
            "door.css",
            "door.js",
            "door.webmanifest",
            "hand-scanner.js",
            "icon.svg",
            "qr.js",
            "screen.js",
            "settings.js",
            "sounds.js",
            "texts.js",
            "token.js");

    /** Where a page names the folder of its files. */
    private static final String FOLDER_MARK = "{{files}}";

    private static final int HASH_BYTES = 10;
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";

    private final Map<String, WebFile> files = new HashMap<>();
    private final String version;
    private final WebFile door;
    private final String doorTag;

    private WebPages() {
        MessageDigest all = Digests.sha256();
        for (String name : FILES) {
            byte[] content = WebFile.read(name);
            all.update((name + '\n' + content.length + '\n').getBytes(StandardCharsets.UTF_8));
            all.update(content);
            files.put(name, WebFile.of(name, content));
        }
        version = HexFormat.of().formatHex(all.digest(), 0, HASH_BYTES);
        byte[] page = new String(WebFile.read(DOOR), StandardCharsets.UTF_8)
                .replace(FOLDER_MARK, "/web/" + version)
                .getBytes(StandardCharsets.UTF_8);
        door = WebFile.of(DOOR, page);
        doorTag = '"' + HexFormat.of().formatHex(Digests.sha256().digest(page), 0, HASH_BYTES) + '"';
    }

    /**
     * {@return the pages, as the jar has them}
     *
     * @throws IllegalStateException if the jar lacks a file of them
     */
    public static WebPages read() {
        return new WebPages();
    }

    /** The names of all files that are served. */
    static List<String> names() {
        return FILES;
    }

    /**
     * Adds the routes of the door: {@code /door}, and its files below {@code /web/}.
     *
     * @param router of one event loop
     */
    public void addDoorTo(Router router) {
        var _ = router.route("/door")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::sendDoor);
        var _ = router.route("/web/:version/:file")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::sendFile);
    }

    private void sendDoor(RoutingContext context) {
        guarded(context.response())
                .putHeader(HttpHeaders.CACHE_CONTROL, ASK_AGAIN)
                .putHeader(HttpHeaders.ETAG, "W/" + doorTag);
        if (EntityTags.match(context.request(), doorTag)) {
            context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            Responses.end(context, 304);
        } else {
            send(context, door);
        }
    }

    private void sendFile(RoutingContext context) {
        WebFile file = version.equals(context.pathParam("version")) ? files.get(context.pathParam("file")) : null;
        if (file == null) {
            Problem.of(ProblemType.NOT_FOUND).send(context);
        } else {
            guarded(context.response()).putHeader(HttpHeaders.CACHE_CONTROL, FOR_GOOD);
            send(context, file);
        }
    }

    private static HttpServerResponse guarded(HttpServerResponse response) {
        return response.putHeader("content-security-policy", CONTENT_POLICY)
                .putHeader("permissions-policy", PERMISSIONS)
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cross-origin-opener-policy", "same-origin")
                .putHeader("cross-origin-resource-policy", "same-origin");
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

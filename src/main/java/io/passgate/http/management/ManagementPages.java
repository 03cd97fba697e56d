package io.passgate.http.management;

import io.passgate.http.response.EntityTags;
import io.passgate.http.web.WebFile;
import io.passgate.http.web.WebJar;
import io.passgate.http.web.WebSite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pages of this port: that of operations, and the chapter that its alarms lead to. All answers are made at the
 * start: what is asked for later needs neither a file nor a class.
 */
final class ManagementPages {
    /** The page of operations. */
    static final String OPERATIONS = "/";

    /** The chapter on operations, which the build makes of its Markdown. */
    static final String CHAPTER = "/chapter";

    private static final String NOTHING_ELSE = "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Its own scripts and the metrics beside them; uPlot sets styles by the object model, which no policy is asked for. */
    static final String OPERATIONS_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'" + NOTHING_ELSE;

    /** A text that runs nothing. */
    static final String CHAPTER_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'" + NOTHING_ELSE;

    private static final String PERMISSIONS =
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), fullscreen=(), autoplay=()";

    private final Map<String, Served> served = new HashMap<>();

    /** A path's answers. A file has no tag: it is kept for good. */
    private record Served(String tag, ManagementAnswer plain, ManagementAnswer gzip, ManagementAnswer unchanged) {
        private static Served of(WebFile file, String tag, String headers) {
            return new Served(
                    tag,
                    ManagementAnswer.file(file, false, headers),
                    ManagementAnswer.file(file, true, headers),
                    ManagementAnswer.unchanged(headers));
        }
    }

    /** Reads all files. */
    ManagementPages() {
        add(WebSite.read(operations()));
        add(WebSite.read(new WebSite.Plan(
                CHAPTER,
                "operations/chapter.html",
                List.of("operations/chapter.css", "operations/icon.svg"),
                CHAPTER_POLICY,
                PERMISSIONS)));
    }

    /** What belongs to the page of operations. */
    static WebSite.Plan operations() {
        return new WebSite.Plan(
                OPERATIONS,
                "operations/index.html",
                List.of(
                        "operations/alarm-rules.js",
                        "operations/alarms.js",
                        "operations/icon.svg",
                        "operations/looks.js",
                        "operations/metrics.js",
                        "operations/operations.css",
                        "operations/operations.js",
                        "operations/plots.js",
                        "operations/poller.js",
                        "operations/rates.js",
                        "operations/series.js",
                        "operations/texts.js",
                        WebJar.path("org.webjars.npm", "uplot", "dist/uPlot.esm.js"),
                        WebJar.path("org.webjars.npm", "uplot", "dist/uPlot.min.css")),
                OPERATIONS_POLICY,
                PERMISSIONS);
    }

    private void add(WebSite site) {
        StringBuilder guards = new StringBuilder("vary: accept-encoding\r\n");
        site.guards().forEach((name, value) -> guards.append(header(name, value)));
        String page = header("etag", "W/" + site.pageTag()) + header("cache-control", WebSite.ASK_AGAIN) + guards;
        served.put(site.path(), Served.of(site.page(), site.pageTag(), page));
        String file = header("cache-control", WebSite.FOR_GOOD) + guards;
        site.files().forEach((path, content) -> served.put(path, Served.of(content, "", file)));
    }

    private static String header(String name, String value) {
        return name + ": " + value + "\r\n";
    }

    /** The answer to a request for a page or a file of one; empty where there is none. */
    Optional<ManagementAnswer> answer(RequestHead.Asked asked) {
        return Optional.ofNullable(served.get(asked.path())).map(there -> choose(there, asked));
    }

    private static ManagementAnswer choose(Served there, RequestHead.Asked asked) {
        boolean isKnown = EntityTags.match(asked.field("if-none-match"), there.tag);
        boolean takesGzip = WebFile.takesGzip(asked.field("accept-encoding"));
        return isKnown && !there.tag.isEmpty() ? there.unchanged : takesGzip ? there.gzip : there.plain;
    }
}

package io.passgate.http.docs;

import io.passgate.http.web.WebJar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/** All that is served under {@code /docs}: Swagger UI from its WebJar, our page and script, and our document. */
public enum DocsFile {
    /** Our page. */
    PAGE("/docs", "text/html; charset=utf-8"),
    /** What starts Swagger UI, with its settings. */
    SCRIPT("/docs/docs.js", "text/javascript; charset=utf-8"),
    /** Swagger UI itself. */
    BUNDLE("/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
    /** How it looks. */
    STYLE("/docs/swagger-ui.css", "text/css; charset=utf-8"),
    /** Its icon. */
    ICON("/docs/favicon-32x32.png", "image/png"),
    /** The operations of the port that is asked. */
    DOCUMENT("/docs/openapi.json", "application/json");

    private final String path;
    private final String type;

    DocsFile(String path, String type) {
        this.path = path;
        this.type = type;
    }

    /** {@return its path, by which it is asked for} */
    public String path() {
        return path;
    }

    /** Its media type. */
    String type() {
        return type;
    }

    /** Its content, read anew; {@code routes} are those of the port, such as {@code GET /openapi.yaml}. */
    byte[] read(Set<String> routes) {
        return switch (this) {
            case PAGE -> resource("/web/docs/index.html");
            case SCRIPT -> resource("/web/docs/docs.js");
            case BUNDLE, STYLE, ICON ->
                resource(WebJar.path("org.webjars", "swagger-ui", path.substring(path.lastIndexOf('/') + 1)));
            case DOCUMENT -> DocsDocument.of(resource("/openapi/openapi.yaml"), routes);
        };
    }

    private static byte[] resource(String name) {
        try (InputStream in = DocsFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package io.passgate.http.server;

import io.passgate.http.response.Responses;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a request's body is said to be. Which picture it really is, its own first bytes say. */
public enum BodyType {
    /** JSON (RFC 8259). */
    JSON,
    /** A PNG or a JPEG. */
    PICTURE;

    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg");

    /**
     * {@return the type that {@code Content-Type} names; empty where it is not there, or another one}
     *
     * @param context of a request with a body
     */
    public static Optional<BodyType> of(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return Optional.empty();
        }
        String essence = type.equals(Responses.JSON_TYPE) ? type : essence(type);
        if (essence.equals(Responses.JSON_TYPE)) {
            return Optional.of(JSON);
        }
        return PICTURES.contains(essence) ? Optional.of(PICTURE) : Optional.empty();
    }

    /** The media type without its parameters. */
    private static String essence(String type) {
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}

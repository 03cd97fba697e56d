package io.passgate.http.response;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Names requests: by the client's {@code X-Request-Id} where that is one, and else by 96 random bits. The name is on
 * the answer, in a problem, and in each line that is logged of the request. Nobody guards anything by it. One event
 * loop.
 */
public final class RequestIds {
    static final CharSequence HEADER = HttpHeaders.createOptimized("x-request-id");

    private static final int MAX_CHARS = 64;
    static final int MADE_CHARS = 24;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final int BITS_PER_DIGIT = 4;

    private final SplittableRandom random;

    /**
     * The ids of one event loop.
     *
     * @param seeds asked once, for where the ids begin
     */
    public RequestIds(RandomGenerator seeds) {
        this.random = new SplittableRandom(seeds.nextLong());
    }

    /** The id of a request that has just arrived. */
    String name(HttpServerRequest request) {
        String given = request.getHeader(HEADER);
        return given != null && isId(given) ? given : made();
    }

    /**
     * {@return the id of a request that is being answered; empty where it has none yet}
     *
     * @param context of the request
     */
    public static String of(RoutingContext context) {
        return of(context.response());
    }

    /** The same by its answer; empty where it has none yet. */
    static String of(HttpServerResponse response) {
        @Nullable String id = response.headers().get(HEADER);
        return id == null ? "" : id;
    }

    static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MAX_CHARS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fits = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** An id that no other request has. */
    String made() {
        byte[] id = new byte[MADE_CHARS];
        long bits = 0;
        for (int i = 0; i < MADE_CHARS; i++) {
            if (i % (Long.SIZE / BITS_PER_DIGIT) == 0) {
                bits = random.nextLong();
            }
            id[i] = DIGITS[(int) bits & 0xf];
            bits >>>= BITS_PER_DIGIT;
        }
        return new String(id, StandardCharsets.ISO_8859_1);
    }
}

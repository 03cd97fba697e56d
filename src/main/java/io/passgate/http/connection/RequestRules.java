package io.passgate.http.connection;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Whether the head of a request can be read in one way only. What a proxy before us might read otherwise than we do is not
 * read at all: two readings of one byte stream are two different requests (RFC 9112 section 11.2).
 */
final class RequestRules {
    /** {@code tchar} of RFC 9110 section 5.6.2, by its code. */
    private static final boolean[] TOKEN =
            table("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /** What a host and a port are written with (RFC 3986 section 3.2). */
    private static final boolean[] HOST =
            table("-._~!$&'()*+,;=:[]%0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /** 18 digits fit a long. */
    private static final int MAX_LENGTH_DIGITS = 18;

    private static final String HIXIE_KEY = "sec-websocket-key1";

    private RequestRules() {}

    private static boolean[] table(String characters) {
        boolean[] table = new boolean[128];
        characters.chars().forEach(character -> table[character] = true);
        return table;
    }

    /** Whether the request has one reading. */
    static boolean hold(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        return (version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0)
                && isOf(TOKEN, request.method().name())
                && isTarget(request.uri())
                && fieldsHold(request.headers())
                && isFramedOnce(request.headers(), version)
                && isAddressedOnce(request.headers(), version);
    }

    private static boolean isOf(boolean[] allowed, CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            if (character >= allowed.length || !allowed[character]) {
                return false;
            }
        }
        return length > 0;
    }

    private static boolean isTarget(String target) {
        for (int i = 0; i < target.length(); i++) {
            char character = target.charAt(i);
            if (character <= ' ' || character >= 0x7f) {
                return false;
            }
        }
        return !target.isEmpty();
    }

    private static boolean fieldsHold(HttpHeaders fields) {
        Iterator<Map.Entry<CharSequence, CharSequence>> all = fields.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = all.next();
            if (!isOf(TOKEN, field.getKey()) || !isValue(field.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Visible characters, blanks, tabs, and what is beyond ASCII (RFC 9110 section 5.5). */
    private static boolean isValue(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if ((character < ' ' && character != '\t') || character == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** One length, or one coding that is {@code chunked} and nothing else, or no body (RFC 9112 section 6). */
    private static boolean isFramedOnce(HttpHeaders fields, HttpVersion version) {
        List<String> lengths = fields.getAll(HttpHeaderNames.CONTENT_LENGTH);
        List<String> codings = fields.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            // An old draft of WebSocket has eight bytes of body that no other reader expects.
            return !fields.contains(HIXIE_KEY)
                    && (lengths.isEmpty() || (lengths.size() == 1 && isLength(lengths.getFirst())));
        }
        return lengths.isEmpty()
                && version == HttpVersion.HTTP_1_1
                && codings.size() == 1
                && codings.getFirst().equalsIgnoreCase("chunked");
    }

    private static boolean isLength(String digits) {
        return !digits.isEmpty()
                && digits.length() <= MAX_LENGTH_DIGITS
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /** One Host (RFC 9112 section 3.2), and nobody who asks in the name of two. */
    private static boolean isAddressedOnce(HttpHeaders fields, HttpVersion version) {
        List<String> hosts = fields.getAll(HttpHeaderNames.HOST);
        boolean hasHost =
                hosts.isEmpty() ? version == HttpVersion.HTTP_1_0 : hosts.size() == 1 && isHost(hosts.getFirst());
        return hasHost && fields.getAll(HttpHeaderNames.AUTHORIZATION).size() <= 1;
    }

    /** A client that has no authority sends an empty one. */
    private static boolean isHost(String host) {
        return host.isEmpty() || isOf(HOST, host);
    }
}

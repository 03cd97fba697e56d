package io.passgate.http.connection;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;

/**
 * Whether the head of a request can be read in one way only. What a proxy before us might read otherwise than we do is
 * not read at all: two readings of one byte stream are two different requests (RFC 9112 section 11.2).
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

    /** An old draft of WebSocket has eight bytes of body that no other reader expects. */
    private static final String HIXIE_KEY = "sec-websocket-key1";

    private static final int TOO_MANY = 2;

    private RequestRules() {}

    private static boolean[] table(String characters) {
        boolean[] table = new boolean[128];
        characters.chars().forEach(character -> table[character] = true);
        return table;
    }

    /**
     * Whether the request has one reading. One pass over its fields, and nothing allocated but their iterator. Netty has
     * one object for each version as it should be written; one of another case is equal to it, but not the same.
     */
    @SuppressWarnings("ReferenceEquality")
    static boolean hold(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        boolean isOld = version == HttpVersion.HTTP_1_0;
        if (!(isOld || version == HttpVersion.HTTP_1_1)
                || !isOf(TOKEN, request.method().name())
                || !isTarget(request.uri())) {
            return false;
        }
        int hosts = 0;
        int tokens = 0;
        int framings = 0;
        Iterator<Map.Entry<CharSequence, CharSequence>> fields =
                request.headers().iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            CharSequence name = field.getKey();
            CharSequence value = field.getValue();
            if (!isOf(TOKEN, name) || !isValue(value)) {
                return false;
            }
            if (AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.HOST)) {
                hosts += isHost(value) ? 1 : TOO_MANY;
            } else if (AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.AUTHORIZATION)) {
                tokens++;
            } else if (AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.CONTENT_LENGTH)) {
                framings += isLength(value) ? 1 : TOO_MANY;
            } else if (AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.TRANSFER_ENCODING)) {
                framings += isChunked(value) && !isOld ? 1 : TOO_MANY;
            } else if (AsciiString.contentEqualsIgnoreCase(name, HIXIE_KEY)) {
                return false;
            }
        }
        return framings <= 1 && tokens <= 1 && (hosts == 1 || (hosts == 0 && isOld));
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

    private static boolean isLength(CharSequence digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return digits.length() > 0 && digits.length() <= MAX_LENGTH_DIGITS;
    }

    /** The one coding that says where a body ends (RFC 9112 section 6.1); another one beside it has another reading. */
    private static boolean isChunked(CharSequence coding) {
        return AsciiString.contentEqualsIgnoreCase(coding, HttpHeaderValues.CHUNKED);
    }

    /** A client that has no authority sends an empty one (RFC 9112 section 3.2). */
    private static boolean isHost(CharSequence host) {
        return host.isEmpty() || isOf(HOST, host);
    }
}

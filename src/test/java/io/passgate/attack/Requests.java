package io.passgate.attack;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** Requests as they go over the wire. */
public final class Requests {
    /** Stands in requests that no log may quote. */
    public static final String NEEDLE = "NEEDLE4d1c";

    private Requests() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nhost: gateway\r\n\r\n";
    }

    /** A request with a body whose length is announced. */
    public static String post(String path, String token, String body) {
        return post(path, token, "", body);
    }

    /** The same with lines of headers more, each with its end. */
    public static String post(String path, String token, String lines, String body) {
        return head(path, token, lines + "content-length: " + body.length() + "\r\n") + body;
    }

    /** All of a request before its body. */
    public static String head(String path, String token, String lines) {
        return "POST " + path + " HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer " + token
                + "\r\ncontent-type: application/json\r\n" + lines + "\r\n";
    }

    /** A body with these payloads. */
    public static String payloads(List<String> payloads) {
        return "{\"payloads\":[\"" + String.join("\",\"", payloads) + "\"]}";
    }

    public static String payloads(String payload, int count) {
        return payloads(Collections.nCopies(count, payload));
    }
}

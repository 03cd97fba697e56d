package io.passgate.http.management;

import io.passgate.http.response.ProblemType;
import io.passgate.http.web.WebFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One answer, as a whole: the connection ends with it. */
final class ManagementAnswer {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private static final String NOT_STORED = "cache-control: no-store\r\n";

    private final int status;
    private final String headers;
    private final byte[] body;

    private ManagementAnswer(int status, String headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    private static ManagementAnswer text(int status, String type, String further, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return new ManagementAnswer(status, content(type, body) + further + NOT_STORED, body);
    }

    private static String content(String type, byte[] body) {
        return "content-type: " + type + "\r\ncontent-length: " + body.length + "\r\n";
    }

    /** A file as it is, or by gzip, with the headers of its page. */
    static ManagementAnswer file(WebFile file, boolean isCompressed, String headers) {
        byte[] body = (isCompressed ? file.gzip() : file.plain()).getBytes();
        String coding = isCompressed ? "content-encoding: gzip\r\n" : "";
        return new ManagementAnswer(200, content(file.mediaType(), body) + coding + headers, body);
    }

    /** That the client has what it asks for; with the headers that the answer itself would have. */
    static ManagementAnswer unchanged(String headers) {
        return new ManagementAnswer(304, headers, new byte[0]);
    }

    /** Metrics in the Prometheus text format. */
    static ManagementAnswer metrics(String text) {
        return text(200, PROMETHEUS, "", text);
    }

    /** Up, or down because of something; with what is not as it should be in either case. */
    static ManagementAnswer health(List<String> because, List<String> warnings) {
        JsonObject health = new JsonObject().put("status", because.isEmpty() ? "up" : "down");
        if (!because.isEmpty()) {
            health.put("because", new JsonArray(because));
        }
        if (!warnings.isEmpty()) {
            health.put("warnings", new JsonArray(warnings));
        }
        return text(because.isEmpty() ? 200 : 503, JSON, "", health.encode());
    }

    /** A problem (RFC 9457); {@code detail} is ours and repeats nothing of the request. */
    static ManagementAnswer problem(ProblemType type, String detail) {
        JsonObject problem = new JsonObject()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status());
        if (!detail.isEmpty()) {
            problem.put("detail", detail);
        }
        String further = type == ProblemType.METHOD_NOT_ALLOWED ? "allow: GET, HEAD\r\n" : "";
        return text(type.status(), PROBLEM, further, problem.encode());
    }

    /** What is sent; to a HEAD all but the body. */
    byte[] bytes(boolean withBody) {
        String head = "HTTP/1.1 " + status + " " + reason() + "\r\n" + headers
                + "x-content-type-options: nosniff\r\nconnection: close\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + body.length);
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        if (withBody) {
            all.writeBytes(body);
        }
        return all.toByteArray();
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 304 -> "Not Modified";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}

package io.passgate.http.management;

import io.passgate.http.response.ProblemType;
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

    private final int status;
    private final String type;
    private final String further;
    private final byte[] body;

    private ManagementAnswer(int status, String type, String further, String body) {
        this.status = status;
        this.type = type;
        this.further = further;
        this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    /** Metrics in the Prometheus text format. */
    static ManagementAnswer metrics(String text) {
        return new ManagementAnswer(200, PROMETHEUS, "", text);
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
        return new ManagementAnswer(because.isEmpty() ? 200 : 503, JSON, "", health.encode());
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
        return new ManagementAnswer(type.status(), PROBLEM, further, problem.encode());
    }

    /** What is sent; to a HEAD all but the body. */
    byte[] bytes(boolean withBody) {
        String head = "HTTP/1.1 " + status + " " + reason() + "\r\ncontent-type: " + type + "\r\ncontent-length: "
                + body.length + "\r\n" + further
                + "cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n";
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
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}

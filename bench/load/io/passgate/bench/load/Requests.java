package io.passgate.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whole HTTP requests, rendered before anything is measured, of {@code batch} payloads each. */
final class Requests {
    private final List<ByteBuffer> rendered = new ArrayList<>();
    private final int batch;
    private int next;

    Requests(List<String> texts, int batch, int port, String token) {
        this.batch = batch;
        for (int first = 0; first + batch <= texts.size(); first += batch) {
            String payloads = texts.subList(first, first + batch).stream()
                    .map(text -> '"' + text + '"')
                    .collect(Collectors.joining(",", "{\"payloads\":[", "]}"));
            rendered.add(render(payloads, port, token));
        }
    }

    /** Base45 needs no escapes in JSON and is ASCII. */
    private static ByteBuffer render(String body, int port, String token) {
        String request = "POST /v1/verifications HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Payloads of one request. */
    int batch() {
        return batch;
    }

    /** The next request, in a view of its own. */
    ByteBuffer next() {
        ByteBuffer request = rendered.get(next);
        next = (next + 1) % rendered.size();
        return request.duplicate();
    }
}

package io.passgate.bench.load;

import io.passgate.testing.load.PassHolders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whole HTTP requests, rendered before anything is measured, and what a good answer to each of them is. */
public final class RequestBytes {
    private final List<ByteBuffer> rendered;
    private final int batch;
    private final int accepted;
    private int next;

    private RequestBytes(List<ByteBuffer> rendered, int batch, int accepted) {
        this.rendered = rendered;
        this.batch = batch;
        this.accepted = accepted;
    }

    /** Requests of {@code batch} payloads each, which the gateway accepts. */
    public static RequestBytes verifications(List<String> texts, int batch, int port, String token) {
        List<ByteBuffer> rendered = new ArrayList<>();
        for (int first = 0; first + batch <= texts.size(); first += batch) {
            String payloads = texts.subList(first, first + batch).stream()
                    .map(text -> '"' + text + '"')
                    .collect(Collectors.joining(",", "{\"payloads\":[", "]}"));
            rendered.add(render("/v1/verifications", "", payloads, port, token));
        }
        return new RequestBytes(rendered, batch, batch);
    }

    /**
     * Requests of a pass each, at consecutive instants of a constant rate: each has a proof of its own, and can be sent
     * once.
     *
     * @param start when the first one is going to be sent
     */
    public static RequestBytes passes(
            PassHolders holders, int count, double perSecond, Instant start, String htu, int port, String token) {
        List<PassHolders.Holder> asking =
                Stream.generate(holders::next).limit(count).toList();
        List<ByteBuffer> rendered = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> {
                    PassHolders.Holder holder = asking.get(i);
                    Instant due = start.plusNanos((long) (i / perSecond * 1e9));
                    String jti = UUID.randomUUID().toString();
                    String proof =
                            holder.phone().proof(htu, holder.consent(), due.truncatedTo(ChronoUnit.SECONDS), jti);
                    String body = "{\"consent\":\"" + holder.consent() + "\"}";
                    return render("/v1/passes", "DPoP: " + proof + "\r\n", body, port, token);
                })
                .toList();
        return new RequestBytes(rendered, 1, 0);
    }

    /** Requests of {@code batch} passes each, by facilities in turn; each can be sent once. */
    public static RequestBytes checkIns(List<String> passes, int batch, int port, List<String> tokens) {
        List<ByteBuffer> rendered = IntStream.range(0, passes.size() / batch)
                .parallel()
                .mapToObj(i -> {
                    String payloads = passes.subList(i * batch, (i + 1) * batch).stream()
                            .map(text -> '"' + text + '"')
                            .collect(Collectors.joining(",", "{\"payloads\":[", "]}"));
                    String key = "Idempotency-Key: " + UUID.randomUUID() + "\r\n";
                    return render("/v1/check-ins", key, payloads, port, tokens.get(i % tokens.size()));
                })
                .toList();
        return new RequestBytes(rendered, batch, batch);
    }

    /** The request that {@link PlainServer} answers. */
    static RequestBytes plain(int port) {
        return new RequestBytes(List.of(direct("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")), 1, 0);
    }

    /** Base45 needs no escapes in JSON and is ASCII. */
    private static ByteBuffer render(String path, String header, String body, int port, String token) {
        String request = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nAuthorization: Bearer " + token
                + "\r\n" + header + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
        return direct(request);
    }

    private static ByteBuffer direct(String request) {
        byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Payloads of one request; 1 of a request without any. */
    public int batch() {
        return batch;
    }

    /** Payloads that a good answer accepts. */
    int accepted() {
        return accepted;
    }

    /** The next request, in a view of its own. */
    public ByteBuffer next() {
        ByteBuffer request = rendered.get(next);
        next = (next + 1) % rendered.size();
        return request.duplicate();
    }
}

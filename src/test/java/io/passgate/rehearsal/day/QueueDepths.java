package io.passgate.rehearsal.day;

import io.passgate.rehearsal.GatewayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What waits in all gateways, read each second from their metrics by a thread of its own. */
final class QueueDepths implements AutoCloseable {
    private static final String DOORS = "passgate_queue_depth ";
    private static final String ISSUING = "passgate_issuing_queue_depth ";
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final List<URI> metrics;
    private final long startNs = System.nanoTime();
    private final List<Depth> depths = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Thread reader;

    /** What waited at an instant. */
    private record Depth(long elapsedNs, double atDoors, double issuing) {}

    /** Begins to read. */
    QueueDepths(List<GatewayNode> gateways) {
        metrics = gateways.stream()
                .map(gateway -> URI.create("http://127.0.0.1:" + gateway.managementPort + "/metrics"))
                .toList();
        reader = Thread.ofPlatform().daemon().name("queue-depths").start(this::read);
    }

    private void read() {
        try {
            while (true) {
                double atDoors = 0;
                double issuing = 0;
                for (URI one : metrics) {
                    String text = metrics(one);
                    atDoors += value(text, DOORS);
                    issuing += value(text, ISSUING);
                }
                depths.add(new Depth(System.nanoTime() - startNs, atDoors, issuing));
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty of a gateway that does not answer, where nobody waits. */
    private String metrics(URI uri) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException none) {
            return "";
        }
    }

    private static double value(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .filter(Double::isFinite)
                .findFirst()
                .orElse(0);
    }

    /** Ends reading, and tells what was read. */
    void tell(LaneTally doors, LaneTally issuing) throws InterruptedException {
        close();
        for (Depth depth : depths) {
            doors.queue(depth.elapsedNs(), depth.atDoors());
            issuing.queue(depth.elapsedNs(), depth.issuing());
        }
    }

    @Override
    public void close() throws InterruptedException {
        reader.interrupt();
        reader.join();
        http.close();
    }
}

package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.api.RawConnection;
import io.passgate.testing.api.RunningApi;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Stopping takes no new connections and waits for what is under way. */
final class ShutdownTest {
    private static boolean refusesConnections(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void aRequestUnderWay_getsItsAnswer() {
        try (RunningApi running = RunningApi.gated(10)) {
            CompletableFuture<HttpResponse<String>> atTheGate = running.postAsync(RunningApi.payloads(1));
            running.gate.awaitArrival();
            CompletableFuture<HttpResponse<String>> queued = running.postAsync(RunningApi.payloads(3));
            RunningApi.until(() -> running.engine.queued() == 3);
            Future<?> stopped = running.stop();
            RunningApi.until(() -> refusesConnections(running.port));
            assertThat(stopped.isComplete()).isFalse();
            running.gate.open();
            assertThat(atTheGate.join().statusCode()).isEqualTo(200);
            assertThat(queued.join().statusCode()).isEqualTo(200);
            var _ = RunningApi.await(stopped);
        }
    }

    @Test
    void anIdleConnection_doesNotHoldUpTheStop() throws IOException {
        try (RunningApi running = RunningApi.open();
                RawConnection idle = new RawConnection(running.port)) {
            String body = RunningApi.payloads(1);
            idle.say(RawConnection.headers("token-of-verifier", "content-length: " + body.length()) + body);
            assertThat(idle.status()).isEqualTo(200);
            long startedNs = System.nanoTime();
            var _ = RunningApi.await(running.stop());
            assertThat(System.nanoTime() - startedNs).isLessThan(15_000_000_000L);
        }
    }
}

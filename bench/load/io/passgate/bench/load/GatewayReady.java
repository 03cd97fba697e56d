package io.passgate.bench.load;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a gateway on this machine to say that it is ready. */
public final class GatewayReady {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private GatewayReady() {}

    /**
     * Asks again and again.
     *
     * @throws IllegalStateException if it is not ready after 30 s
     */
    public static void await(int managementPort) throws IOException {
        URI ready = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
        long last = System.nanoTime() + PATIENCE_NS;
        while (!isReady(ready)) {
            if (System.nanoTime() - last > 0) {
                throw new IllegalStateException("the gateway is not ready");
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private static boolean isReady(URI ready) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
        connection.setConnectTimeout(1_000);
        connection.setReadTimeout(1_000);
        try {
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        } finally {
            connection.disconnect();
        }
    }
}

package io.passgate.bench.load;

import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** PostgreSQL, Redis and a gateway as processes of their own on this machine. */
public final class Deployment implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    public final TestStores stores;
    private final Process gateway;

    private Deployment(TestStores stores, Process gateway) {
        this.stores = stores;
        this.gateway = gateway;
    }

    /** Starts the gateway of a layout by a configuration, and waits until it is ready. */
    public static Deployment start(TestStores stores, Path layout, Path config, int managementPort) throws IOException {
        Path log = config.resolveSibling("gateway.log");
        Process gateway = new ProcessBuilder(
                        layout.resolve("bin/passgate").toString(), "serve", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Deployment deployment = new Deployment(stores, gateway);
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::destroyForcibly));
        try {
            GatewayReady.await(managementPort);
            return deployment;
        } catch (IllegalStateException notReady) {
            deployment.close();
            throw new IllegalStateException("the gateway did not start; see " + log, notReady);
        }
    }

    /** What the gateway's process and its children are known by. */
    public ProcessHandle gateway() {
        return gateway.toHandle();
    }

    @Override
    public void close() throws IOException {
        gateway.destroy();
        try {
            if (!gateway.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                gateway.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

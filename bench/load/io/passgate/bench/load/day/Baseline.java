package io.passgate.bench.load.day;

import io.passgate.rehearsal.BaselineNode;
import io.passgate.rehearsal.HaProxy;
import io.passgate.rehearsal.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** As many servers of the baseline as there are gateways, behind a HAProxy, on the stores of a rehearsal. */
final class Baseline implements AutoCloseable {
    private final List<BaselineNode> servers = new ArrayList<>();
    private final HaProxy haProxy;

    /** Starts it. */
    Baseline(Rehearsal rehearsal, Path folder) throws IOException, InterruptedException {
        haProxy = new HaProxy(folder.resolve("haproxy"));
        for (int i = 0; i < rehearsal.gateways().size(); i++) {
            BaselineNode server = new BaselineNode(
                    folder.resolve("server-" + i),
                    rehearsal.stores(),
                    rehearsal.pepper(),
                    Rehearsal.HTU,
                    List.of(rehearsal.javaOptions.split(" ")));
            servers.add(server);
            server.start();
        }
        haProxy.start(servers.stream().map(BaselineNode::backend).toList(), List.of());
        for (BaselineNode server : servers) {
            server.awaitReady();
        }
    }

    /** Where everything is asked for. */
    int port() {
        return haProxy.port;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        haProxy.close();
        for (BaselineNode server : servers) {
            server.close();
        }
    }
}

package io.passgate.rehearsal;

import io.passgate.testing.CuttableLink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Three gateways of a rehearsal: one reaches PostgreSQL over a link that can be cut, and one has a clock that can be
 * set.
 */
public final class BreakableGateways implements AutoCloseable {
    public final CuttableLink link;
    public final ShiftedClock clock;

    /** It reaches PostgreSQL over the link. */
    public final GatewayNode linked;

    /** It has nothing that can be broken but itself. */
    public final GatewayNode plain;

    /** It has the clock. */
    public final GatewayNode clocked;

    /**
     * Adds them before the rehearsal's start.
     *
     * @param folder where the clock is kept
     */
    public BreakableGateways(Rehearsal rehearsal, Path folder) throws IOException {
        link = new CuttableLink(rehearsal.haProxy.databasePort);
        clock = new ShiftedClock(folder.resolve("clock"));
        linked = rehearsal.add(link.port(), GatewayNode.laidOut());
        plain = rehearsal.add();
        clocked = rehearsal.add(rehearsal.haProxy.databasePort, clock.program(rehearsal.javaOptions));
    }

    /** All three. */
    public List<GatewayNode> all() {
        return List.of(linked, plain, clocked);
    }

    /** Mends the link and sets the clock right. */
    public void mend() throws IOException {
        link.mend();
        clock.set(0);
    }

    /** Closes the link; the rehearsal ends the gateways. */
    @Override
    public void close() throws IOException {
        link.close();
    }
}

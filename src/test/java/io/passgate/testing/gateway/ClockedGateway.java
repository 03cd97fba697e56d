package io.passgate.testing.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.passgate.app.Gateway;
import io.passgate.app.config.ConfigFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A gateway as a process of its own, whose clock does harm once a line has come in: it is asked for the time on event
 * loops, which is where it keeps them, or takes all of their memory.
 */
public final class ClockedGateway {
    private static final int PIECE = 1 << 16;

    private static final List<ByteBuf> TAKEN = new ArrayList<>();
    private static volatile String harm = "";

    private ClockedGateway() {}

    /** The configuration is the only argument; what comes in is {@code stuck} or {@code starved}. */
    public static void main(String[] arguments) throws IOException {
        Path config = Path.of(arguments[0]);
        InstantSource clock = () -> {
            if (!harm.isEmpty() && Thread.currentThread().getName().startsWith("vert.x-eventloop")) {
                harm();
            }
            return Instant.now();
        };
        Gateway.start(ConfigFile.read(config), config.resolveSibling(""), false, clock)
                .stopWithProcess();
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)).readLine();
        harm = line == null ? "" : line;
        System.err.println("harm is done");
    }

    private static void harm() {
        if (harm.equals("stuck")) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            while (true) {
                TAKEN.add(ByteBufAllocator.DEFAULT.directBuffer(PIECE));
            }
        } catch (OutOfMemoryError usedUp) {
            harm = "";
        }
    }
}

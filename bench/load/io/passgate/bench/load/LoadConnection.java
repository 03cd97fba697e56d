package io.passgate.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A kept connection to the gateway on this machine, with one request on it at a time. */
final class LoadConnection {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final LoadAnswer loadAnswer = new LoadAnswer();
    private ByteBuffer request = NOTHING;
    private long intendedNs;
    private long answeredNs;
    private boolean busy;

    LoadConnection(Selector selector, int port) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sends a request that should have gone out at {@code intendedNs}. */
    void send(ByteBuffer whole, long intendedNs) throws IOException {
        this.request = whole;
        this.intendedNs = intendedNs;
        this.busy = true;
        loadAnswer.clear();
        write();
    }

    /** Sends on as far as the socket takes it. */
    void write() throws IOException {
        channel.write(request);
        int wanted = request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    /**
     * Reads what is there.
     *
     * @return whether the answer is whole now
     * @throws IOException if the gateway closed the connection
     */
    boolean read(ByteBuffer scratch) throws IOException {
        scratch.clear();
        if (channel.read(scratch) < 0) {
            throw new IOException("closed by the gateway");
        }
        if (!loadAnswer.take(scratch.flip())) {
            return false;
        }
        busy = false;
        answeredNs = System.nanoTime();
        return true;
    }

    LoadAnswer answer() {
        return loadAnswer;
    }

    long intendedNs() {
        return intendedNs;
    }

    long answeredNs() {
        return answeredNs;
    }

    boolean isBusy() {
        return busy;
    }

    void close() throws IOException {
        channel.close();
    }
}

package io.passgate.testing.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A kept connection to the gateway on this machine, with one request on it at a time. */
public final class LoadConnection {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final LoadAnswer loadAnswer = new LoadAnswer();
    private ByteBuffer request = NOTHING;
    private long intendedNs;
    private long answeredNs;
    private boolean busy;

    /** A new connection, whose key's attachment it is. */
    public LoadConnection(Selector selector, int port) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sends a request that should have gone out at {@code intendedNs}. */
    public void send(ByteBuffer whole, long intendedNs) throws IOException {
        this.request = whole;
        this.intendedNs = intendedNs;
        this.busy = true;
        loadAnswer.clear();
        write();
    }

    /** Whether the last request went out whole, so that another one may follow it. */
    public boolean isSent() {
        return !request.hasRemaining();
    }

    /** Sends the last request again. */
    public void sendAgain(long nowNs) throws IOException {
        send(request.rewind(), nowNs);
    }

    /** The last request, which may be sent on another connection. */
    public ByteBuffer request() {
        return request.rewind();
    }

    /** Sends on as far as the socket takes it. */
    public void write() throws IOException {
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
    public boolean read(ByteBuffer scratch) throws IOException {
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

    public LoadAnswer answer() {
        return loadAnswer;
    }

    public long intendedNs() {
        return intendedNs;
    }

    public long answeredNs() {
        return answeredNs;
    }

    public boolean isBusy() {
        return busy;
    }

    public void close() throws IOException {
        channel.close();
    }
}

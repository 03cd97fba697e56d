package io.passgate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/**
 * A link to a server that can be cut: nothing gets through then, no connection is told so, and new ones stay silent.
 * When it is mended, what was sent meanwhile arrives, as it does when packets are sent again.
 */
public final class CuttableLink implements AutoCloseable {
    private static final int CONNECTIONS = 200;

    private final ServerSocket listening = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress());
    private final int target;
    private boolean isCut;

    /** @param target the server's port of 127.0.0.1 */
    public CuttableLink(int target) throws IOException {
        this.target = target;
        var _ = Thread.ofVirtual().start(this::accept);
    }

    /** Where the server is reached over this link, at 127.0.0.1. */
    public int port() {
        return listening.getLocalPort();
    }

    public URI redis() {
        return URI.create("redis://127.0.0.1:" + port());
    }

    public synchronized void cut() {
        isCut = true;
    }

    public synchronized void mend() {
        isCut = false;
        notifyAll();
    }

    private synchronized void awaitMended() throws InterruptedException {
        while (isCut) {
            wait();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                var _ = Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                // Nobody to serve.
            }
        }
    }

    private void connect(Socket client) {
        try {
            awaitMended();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            var _ = Thread.ofVirtual().start(() -> pump(client, server));
            pump(server, client);
        } catch (IOException | InterruptedException gone) {
            close(client);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] bytes = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                awaitMended();
                out.write(bytes, 0, length);
            }
            awaitMended();
        } catch (IOException | InterruptedException gone) {
            // One side has left, and so does the other.
        }
        close(from);
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed.
        }
    }

    @Override
    public void close() throws IOException {
        mend();
        listening.close();
    }
}

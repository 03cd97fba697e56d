package io.passgate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Stands between a gateway and a server, and, once it is told to, keeps the answer to a question to itself. */
public final class MuteProxy implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final CountDownLatch swallowed = new CountDownLatch(1);
    private volatile String question = "";

    public MuteProxy(int target) throws IOException {
        this.target = target;
        var _ = Thread.ofPlatform().daemon().start(this::accept);
    }

    public URI uri() {
        return URI.create("redis://127.0.0.1:" + listening.getLocalPort());
    }

    /** From now on the answer to whatever holds this text is kept back, and all that follows it. */
    public void swallowTheAnswerTo(String text) {
        question = text;
    }

    /** Waits until the server has answered such a question. */
    public void awaitAnswer() throws InterruptedException {
        swallowed.await();
    }

    /** Answers are passed on again, on connections to come. */
    public void speak() {
        question = "";
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                CountDownLatch asked = new CountDownLatch(1);
                var _ = Thread.ofPlatform().daemon().start(() -> pump(client, server, asked, true));
                var _ = Thread.ofPlatform().daemon().start(() -> pump(server, client, asked, false));
            } catch (IOException closed) {
                // Nobody to serve.
            }
        }
    }

    private void pump(Socket from, Socket to, CountDownLatch asked, boolean isOut) {
        byte[] bytes = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                if (isOut
                        && !question.isEmpty()
                        && new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(question)) {
                    asked.countDown();
                }
                if (!isOut && asked.getCount() == 0) {
                    swallowed.countDown();
                } else {
                    out.write(bytes, 0, length);
                }
            }
        } catch (IOException gone) {
            // One side has left, and so has the other now.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}

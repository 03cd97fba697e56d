package io.passgate.testing.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A client that says exactly what a test wants, byte by byte. */
public final class RawConnection implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    public RawConnection(int port) throws IOException {
        this(new Socket("127.0.0.1", port));
    }

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    /** A client whose system takes little of what it does not read. */
    public static RawConnection withSmallWindow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSendBufferSize(1 << 16);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        return new RawConnection(socket);
    }

    /** Headers of a good request whose body is to follow. */
    public static String headers(String token, String framing) {
        return "POST /v1/verifications HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + token
                + "\r\ncontent-type: application/json\r\n" + framing + "\r\n\r\n";
    }

    public RawConnection say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends without waiting for long; false if the other end takes no more. */
    public boolean sayWhatFits(String text) {
        Thread sender = Thread.ofVirtual().start(() -> {
            try {
                var _ = say(text);
            } catch (IOException ended) {
                // The other end has had enough.
            }
        });
        try {
            return sender.join(Duration.ofMillis(200));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The next answer up to its body, each line with its end. */
    public String head() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    /** The status of the next answer; its headers and body are passed over. */
    public int status() throws IOException {
        return status(true);
    }

    /** The same of an answer to HEAD, which has no body. */
    public int headStatus() throws IOException {
        return status(false);
    }

    private int status(boolean hasBody) throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("closed without an answer");
        }
        int length = 0;
        for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        for (int i = 0; hasBody && i < length; i++) {
            if (in.read() < 0) {
                throw new IOException("closed in the middle of an answer");
            }
        }
        return Integer.parseInt(line.split(" ", 3)[1]);
    }

    /** Whether the server has ended the connection; waits for it. */
    public boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    /** Reads to the connection's end, which the server makes. */
    public void drain() throws IOException {
        while (in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package io.passgate.attack;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One connection on which a test says what it wants byte by byte, and reads what comes back. */
public final class Wire implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int PATIENCE_MS = 10_000;

    private final Socket socket;
    private final InputStream in;

    /** An answer; the names of its headers in small letters. */
    public record Answer(int status, Map<String, String> headers, String body) {}

    /**
     * Everything that came.
     *
     * @param isClosed whether the other end closed in time
     */
    public record Heard(List<Answer> answers, String rest, boolean isClosed) {
        public List<Integer> statuses() {
            return answers.stream().map(Answer::status).toList();
        }
    }

    /** Talks over a connection that stands. */
    public Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static Wire to(int port) throws IOException {
        return from(HOST, port);
    }

    /** Connects from one of this machine's addresses. */
    public static Wire from(String source, int port) throws IOException {
        return from(source, port, PATIENCE_MS);
    }

    /** The same, waiting no longer than so for a connection, and then for each piece of an answer. */
    public static Wire from(String source, int port, int patienceMs) throws IOException {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(source, 0));
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(HOST, port), patienceMs);
            Wire wire = new Wire(socket);
            return wire.patience(patienceMs);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    public Wire patience(int ms) throws IOException {
        socket.setSoTimeout(ms);
        return this;
    }

    public Wire say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Wire say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Says nothing more, and goes on listening. */
    public Wire halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next answer but for those of the 100s. */
    public Answer answer() throws IOException {
        return answer(false);
    }

    /**
     * The same.
     *
     * @param isToHead whether it has no body, whatever its length says
     */
    public Answer answer(boolean isToHead) throws IOException {
        while (true) {
            String line = line();
            if (!line.startsWith("HTTP/1.")) {
                throw new IOException("not an answer: " + line);
            }
            int status = Integer.parseInt(line.substring(9, 12));
            Map<String, String> headers = headers();
            if (status >= 200) {
                return new Answer(status, headers, isToHead || status == 204 || status == 304 ? "" : body(headers));
            }
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            var _ = headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            StringBuilder body = new StringBuilder();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.append(text(size));
                var _ = line();
            }
            var _ = line();
            return body.toString();
        }
        String length = headers.get("content-length");
        return length == null ? new String(in.readAllBytes(), StandardCharsets.UTF_8) : text(Integer.parseInt(length));
    }

    private String text(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed in the middle of an answer");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException(line.size() == 0 ? "closed" : "closed in the middle of a line");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Reads to the end of the connection, or until nothing has come for as long as it has patience. */
    public Heard toTheEnd() {
        return toTheEnd(false);
    }

    /**
     * The same.
     *
     * @param isToHead whether no answer has a body, whatever its length says
     */
    public Heard toTheEnd(boolean isToHead) {
        List<Answer> answers = new ArrayList<>();
        try {
            while (true) {
                answers.add(answer(isToHead));
            }
        } catch (SocketTimeoutException silent) {
            return new Heard(answers, "silence", false);
        } catch (EOFException closed) {
            return new Heard(answers, String.valueOf(closed.getMessage()), true);
        } catch (IOException broken) {
            return new Heard(answers, String.valueOf(broken.getMessage()), true);
        }
    }

    /** What came first, as it came; empty where the connection was closed or nothing came. */
    public byte[] firstBytes(int count) {
        try {
            return in.readNBytes(count);
        } catch (IOException nothing) {
            return new byte[0];
        }
    }

    /** Leaves without a word (RST). */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

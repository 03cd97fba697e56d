package io.passgate.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A PNG file (ISO/IEC 15948). Of its chunks IHDR, PLTE, tRNS, IDAT and IEND count; of an animation that is the picture
 * which is shown where it cannot be played.
 *
 * @param file all of it
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param depth bits a sample, one that the colour type allows
 * @param colour the colour type: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
 */
record PngFile(byte[] file, int width, int height, int depth, int colour) implements PictureFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int TRNS = 0x74524e53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;

    private static final int HEADER_BYTES = 13;

    /** There is one of each, and both are 0. */
    private static final short COMPRESSION_AND_FILTER = 0;

    /** A chunk's length, type and checksum. */
    private static final int CHUNK_BYTES = 12;

    /** Set in the type of a chunk that a decoder may pass over. */
    private static final int ANCILLARY = 0x2000_0000;

    private static final int PALETTE = 3;
    private static final int MOST_PALETTE_BYTES = 3 * 256;

    static boolean isPng(byte[] file) {
        return file.length >= SIGNATURE.length
                && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /** @throws PictureRefusal if the header is none */
    static PngFile read(byte[] file) throws PictureRefusal {
        ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE.length);
        if (in.remaining() < CHUNK_BYTES + HEADER_BYTES || in.getInt() != HEADER_BYTES || in.getInt() != IHDR) {
            throw PictureRefusal.unreadable("The PNG has no header.");
        }
        int width = in.getInt();
        int height = in.getInt();
        int depth = in.get();
        int colour = in.get();
        boolean isUsual = in.getShort() == COMPRESSION_AND_FILTER && (in.get() & ~1) == 0;
        if (width < 1 || height < 1 || !isUsual || !isDepth(depth, colour)) {
            throw PictureRefusal.unreadable("The PNG's header is not one.");
        }
        return new PngFile(file, width, height, depth, colour);
    }

    private static boolean isDepth(int depth, int colour) {
        return switch (colour) {
            case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case 2, 4, 6 -> depth == 8 || depth == 16;
            default -> false;
        };
    }

    @Override
    public String format() {
        return "png";
    }

    /** One sample more than the colours have, since a transparent colour becomes alpha. */
    @Override
    public int bytesPerPixel() {
        int samples = switch (colour) {
            case 0, 4 -> 2;
            case PALETTE -> 1;
            default -> 4;
        };
        return samples * (depth == 16 ? 2 : 1);
    }

    @Override
    public byte[] essentials() throws PictureRefusal {
        ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE.length);
        ByteBuffer head = ByteBuffer.allocate(
                SIGNATURE.length + 3 * CHUNK_BYTES + HEADER_BYTES + MOST_PALETTE_BYTES + MOST_PALETTE_BYTES);
        byte[] data = new byte[file.length];
        int dataBytes = 0;
        int paletteBytes = 0;
        boolean isEnded = false;
        head.put(SIGNATURE);
        while (!isEnded) {
            if (in.remaining() < CHUNK_BYTES) {
                throw PictureRefusal.unreadable("The PNG is cut off.");
            }
            int length = in.getInt();
            int start = in.position();
            int type = in.getInt();
            if (length < 0 || length > in.remaining() - 4) {
                throw PictureRefusal.unreadable("The PNG is cut off.");
            }
            in.position(start + 4 + length + 4);
            switch (type) {
                case IHDR -> {
                    require(start == SIGNATURE.length + 4);
                    keep(head, start, length);
                }
                case PLTE -> {
                    require(paletteBytes == 0 && dataBytes == 0 && length > 0 && length % 3 == 0);
                    require(length <= MOST_PALETTE_BYTES);
                    paletteBytes = length;
                    if (colour == PALETTE) {
                        keep(head, start, length);
                    }
                }
                case TRNS -> {
                    require(head.remaining() > MOST_PALETTE_BYTES);
                    if (dataBytes == 0 && length == transparencyBytes(length, paletteBytes)) {
                        keep(head, start, length);
                    }
                }
                case IDAT -> {
                    check(start, length);
                    System.arraycopy(file, start + 4, data, dataBytes, length);
                    dataBytes += length;
                }
                case IEND -> isEnded = true;
                default -> require((type & ANCILLARY) != 0);
            }
        }
        require(dataBytes > 0 && (colour != PALETTE || paletteBytes > 0));
        return whole(head.flip(), data, dataBytes);
    }

    /** How long a tRNS chunk has to be; one of another length is passed over. */
    private int transparencyBytes(int length, int paletteBytes) {
        return switch (colour) {
            case 0 -> 2;
            case 2 -> 6;
            case PALETTE -> Math.min(length, paletteBytes / 3);
            default -> -1;
        };
    }

    private static void require(boolean isSo) throws PictureRefusal {
        if (!isSo) {
            throw PictureRefusal.unreadable("The PNG's chunks are not those of one picture.");
        }
    }

    private void keep(ByteBuffer head, int start, int length) throws PictureRefusal {
        check(start, length);
        require(head.remaining() >= length + CHUNK_BYTES);
        head.put(file, start - 4, length + CHUNK_BYTES);
    }

    /** Holds a chunk to its checksum, which is over its type and its data. */
    private void check(int start, int length) throws PictureRefusal {
        CRC32 checksum = new CRC32();
        checksum.update(file, start, 4 + length);
        if (ByteBuffer.wrap(file).getInt(start + 4 + length) != (int) checksum.getValue()) {
            throw PictureRefusal.unreadable("A checksum in the PNG does not fit.");
        }
    }

    private static byte[] whole(ByteBuffer head, byte[] data, int dataBytes) {
        ByteBuffer out = ByteBuffer.allocate(head.remaining() + 2 * CHUNK_BYTES + dataBytes);
        out.put(head);
        putChunk(out, IDAT, data, dataBytes);
        putChunk(out, IEND, data, 0);
        return out.array();
    }

    private static void putChunk(ByteBuffer out, int type, byte[] data, int length) {
        out.putInt(length);
        int start = out.position();
        out.putInt(type).put(data, 0, length);
        CRC32 checksum = new CRC32();
        checksum.update(out.slice(start, 4 + length));
        out.putInt((int) checksum.getValue());
    }

    /** What the header says: the rest may be a person's. */
    @Override
    public String toString() {
        return "PngFile[" + width + " x " + height + "]";
    }
}

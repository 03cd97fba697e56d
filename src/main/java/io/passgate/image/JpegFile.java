package io.passgate.image;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A JPEG file (ITU-T T.81), baseline, extended or progressive, in Huffman coding, grey or of three components. Of its
 * segments the tables, the frame and the scans count, and of APP0 and APP14 which colours the components are.
 *
 * @param file all of it
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param components 1 or 3
 */
record JpegFile(byte[] file, int width, int height, int components) implements PictureFile {
    private static final int MARK = 0xff;
    private static final int SOF0 = 0xc0;
    private static final int SOF2 = 0xc2;
    private static final int DHT = 0xc4;
    private static final int RST0 = 0xd0;
    private static final int RST7 = 0xd7;
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int DQT = 0xdb;
    private static final int DRI = 0xdd;
    private static final int APP0 = 0xe0;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COM = 0xfe;
    private static final int TEM = 0x01;

    /** Segments before the frame; a camera writes a dozen. */
    private static final int MOST_SEGMENTS = 500;

    /** Scans; encoders write 10, and the most eager of them 20. */
    private static final int MOST_SCANS = 64;

    /** Each scan walks over all pixels, whatever few bytes it has. */
    private static final long MOST_SCANNED_PIXELS = 200_000_000;

    private static final int BYTES_PER_COMPONENT = 3;
    private static final int FRAME_BYTES = 8;

    /** Version 1.1, without a thumbnail. */
    private static final byte[] JFIF = {
        (byte) MARK, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };

    private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};
    private static final int ADOBE_BYTES = 14;

    /** The picture, or empty if it is no JPEG. */
    static Optional<JpegFile> read(byte[] file) throws PictureRefusal {
        if (file.length < 4 || (file[0] & 0xff) != MARK || (file[1] & 0xff) != SOI || (file[2] & 0xff) != MARK) {
            return Optional.empty();
        }
        Segments segments = new Segments(file);
        for (int i = 0; i < MOST_SEGMENTS; i++) {
            segments.next();
            if (segments.marker == SOS || segments.marker == EOI) {
                break;
            }
            if (isFrame(segments.marker)) {
                return Optional.of(frame(file, segments));
            }
        }
        throw PictureRefusal.unreadable("The JPEG has no header.");
    }

    private static boolean isFrame(int marker) {
        return marker >= SOF0 && marker <= 0xcf && marker != DHT && marker != 0xc8 && marker != 0xcc;
    }

    private static JpegFile frame(byte[] file, Segments segments) throws PictureRefusal {
        if (segments.marker > SOF2) {
            throw PictureRefusal.unreadable("The JPEG is arithmetic, lossless or hierarchical.");
        }
        ByteBuffer in = segments.content();
        if (in.remaining() < FRAME_BYTES - 2) {
            throw PictureRefusal.unreadable("The JPEG's header is not one.");
        }
        int depth = in.get() & 0xff;
        int height = in.getShort() & 0xffff;
        int width = in.getShort() & 0xffff;
        int components = in.get() & 0xff;
        if (depth != 8 || height == 0 || width == 0 || in.remaining() != BYTES_PER_COMPONENT * components) {
            throw PictureRefusal.unreadable("The JPEG's header is not one of 8 bits a sample.");
        }
        if (components != 1 && components != 3) {
            throw PictureRefusal.unreadable("The JPEG is neither grey nor of three colours.");
        }
        return new JpegFile(file, width, height, components);
    }

    @Override
    public String format() {
        return "jpeg";
    }

    @Override
    public int bytesPerPixel() {
        return components;
    }

    @Override
    public byte[] essentials() throws PictureRefusal {
        ByteBuffer out = ByteBuffer.allocate(file.length + JFIF.length + ADOBE_BYTES + 4);
        out.put((byte) MARK).put((byte) SOI);
        Segments segments = new Segments(file);
        int frames = 0;
        int scans = 0;
        boolean isJfif = false;
        for (segments.next(); segments.marker != EOI; segments.next()) {
            int marker = segments.marker;
            if (marker == APP0 && !isJfif && segments.isNamed(JFIF, 4, 5)) {
                isJfif = true;
                out.put(JFIF);
            } else if (marker == APP14 && segments.isNamed(ADOBE, 0, ADOBE.length)) {
                adobe(segments.content(), out);
            } else if (marker == DQT || marker == DHT || marker == DRI) {
                segments.copy(out);
            } else if (isFrame(marker)) {
                frames++;
                require(frames == 1 && marker <= SOF2);
                segments.copy(out);
            } else if (marker == SOS) {
                scans++;
                require(frames == 1 && scans <= MOST_SCANS);
                require((long) scans * width * height <= MOST_SCANNED_PIXELS);
                segments.copy(out);
                segments.copyScan(out);
            } else {
                require(marker >= APP0 && marker <= APP15 || marker == COM || segments.isBare());
            }
        }
        require(scans > 0);
        out.put((byte) MARK).put((byte) EOI);
        byte[] whole = new byte[out.flip().remaining()];
        out.get(whole);
        return whole;
    }

    /** Says again which colours the components are, and nothing else. */
    private static void adobe(ByteBuffer content, ByteBuffer out) throws PictureRefusal {
        require(content.remaining() >= ADOBE_BYTES - 2 && out.remaining() >= ADOBE_BYTES + 2);
        int transform = content.get(content.position() + ADOBE_BYTES - 3);
        out.put((byte) MARK).put((byte) APP14).putShort((short) ADOBE_BYTES).put(ADOBE);
        out.putShort((short) 100).putShort((short) 0).putShort((short) 0).put((byte) transform);
    }

    private static void require(boolean isSo) throws PictureRefusal {
        if (!isSo) {
            throw PictureRefusal.unreadable("The JPEG's segments are not those of one picture.");
        }
    }

    /** A walk over the segments of a file, from behind its first marker on. */
    private static final class Segments {
        private final byte[] file;
        private int marker;

        /** Of the segment's content, which does not include its length. */
        private int start = 2;

        private int end = 2;

        private Segments(byte[] file) {
            this.file = file;
        }

        /** Goes on to the next marker. */
        private void next() throws PictureRefusal {
            int at = end;
            if (at >= file.length || (file[at] & 0xff) != MARK) {
                throw cutOff();
            }
            while (at < file.length && (file[at] & 0xff) == MARK) {
                at++;
            }
            if (at == file.length) {
                throw cutOff();
            }
            marker = file[at] & 0xff;
            start = at + 1;
            end = start;
            if (!isBare() && marker != EOI) {
                if (file.length - start < 2) {
                    throw cutOff();
                }
                int length = (file[start] & 0xff) << 8 | file[start + 1] & 0xff;
                if (length < 2 || length > file.length - start) {
                    throw cutOff();
                }
                end = start + length;
                start += 2;
            }
        }

        private static PictureRefusal cutOff() {
            return PictureRefusal.unreadable("The JPEG is cut off.");
        }

        /** Whether the marker stands alone. */
        private boolean isBare() {
            return marker == TEM || marker >= RST0 && marker <= RST7;
        }

        private ByteBuffer content() {
            return ByteBuffer.wrap(file, start, end - start);
        }

        private boolean isNamed(byte[] name, int offset, int length) {
            return end - start >= length
                    && ByteBuffer.wrap(file, start, length).equals(ByteBuffer.wrap(name, offset, length));
        }

        private void copy(ByteBuffer out) throws PictureRefusal {
            require(out.remaining() >= end - start + 4);
            out.put((byte) MARK).put((byte) marker).put(file, start - 2, end - start + 2);
        }

        /** Copies what follows the head of a scan, up to a marker that does not belong to it. */
        private void copyScan(ByteBuffer out) throws PictureRefusal {
            int from = end;
            int at = from;
            while (at + 1 < file.length && !((file[at] & 0xff) == MARK && isEndOfScan(file[at + 1] & 0xff))) {
                at++;
            }
            if (at + 1 >= file.length) {
                throw cutOff();
            }
            require(out.remaining() >= at - from + 2);
            out.put(file, from, at - from);
            end = at;
        }

        private static boolean isEndOfScan(int next) {
            return next != 0 && next != MARK && (next < RST0 || next > RST7);
        }
    }

    /** What the header says: the rest may be a person's. */
    @Override
    public String toString() {
        return "JpegFile[" + width + " x " + height + "]";
    }
}

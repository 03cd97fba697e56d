package io.passgate.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Decodes a picture by the JDK's own reader of its format, and makes it grey. Transparent pixels lie on white. Colour
 * profiles do not count.
 */
final class GreyDecoder {
    /** Memory for decoded pixels: of a small heap a sixteenth, so that no picture ends the process. */
    private static final long MOST_RASTER_BYTES =
            Math.clamp(Runtime.getRuntime().maxMemory() >> 4, 8L << 20, 64L << 20);

    /** The module that the JDK's readers are in: no other reader is asked, whatever the class path holds. */
    private static final String JDK = "java.desktop";

    private static final int RED = 306;
    private static final int GREEN = 601;
    private static final int BLUE = 117;
    private static final int SHIFT = 10;
    private static final int WHITE = 0xff;

    static {
        // Nothing of a picture is written to a disk, and no display is asked for.
        ImageIO.setUseCache(false);
        if (System.getProperty("java.awt.headless") == null) {
            var _ = System.setProperty("java.awt.headless", "true");
        }
    }

    private GreyDecoder() {}

    /**
     * Decodes a picture.
     *
     * @throws PictureRefusal if it cannot be, or takes too long
     */
    static Grey decode(PictureFile picture, Deadline deadline) throws PictureRefusal {
        byte[] essentials = picture.essentials();
        deadline.check();
        ImageReader reader = reader(picture.format());
        try (Source in = new Source(essentials, deadline)) {
            reader.setInput(in, true, true);
            reader.addIIOReadProgressListener(new TimeLimit(deadline));
            ImageReadParam wanted = reader.getDefaultReadParam();
            int step = step(picture);
            wanted.setSourceSubsampling(step, step, 0, 0);
            return grey(reader.read(0, wanted), deadline);
        } catch (IOException | RuntimeException unreadable) {
            deadline.check();
            throw PictureRefusal.unreadable("The picture could not be decoded.");
        } finally {
            reader.dispose();
        }
    }

    /** Of a picture that would take too much, every second pixel of every second row is kept, or every third. */
    private static int step(PictureFile picture) {
        long bytes = (long) picture.width() * picture.height() * picture.bytesPerPixel();
        int step = 1;
        while (bytes / ((long) step * step) > MOST_RASTER_BYTES) {
            step++;
        }
        return step;
    }

    private static ImageReader reader(String format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (JDK.equals(reader.getClass().getModule().getName())) {
                return reader;
            }
        }
        throw new IllegalStateException("the JDK has no reader of " + format);
    }

    /** The bytes that a reader reads, which end when the time is over: it has no other interruption. */
    private static final class Source extends ImageInputStreamImpl {
        private final byte[] bytes;
        private final Deadline deadline;

        private Source(byte[] bytes, Deadline deadline) {
            this.bytes = bytes;
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            bitOffset = 0;
            return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (deadline.isOver()) {
                throw new IOException("the time is over");
            }
            bitOffset = 0;
            int left = (int) Math.max(0, bytes.length - streamPos);
            if (left == 0) {
                return -1;
            }
            int read = Math.min(left, length);
            System.arraycopy(bytes, (int) streamPos, into, offset, read);
            streamPos += read;
            return read;
        }

        @Override
        public long length() {
            return bytes.length;
        }
    }

    private static Grey grey(BufferedImage image, Deadline deadline) throws PictureRefusal {
        Raster raster = image.getRaster();
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] grey = new byte[width * height];
        Row row = row(image, raster);
        for (int y = 0; y < height; y++) {
            deadline.check();
            row.read(y, grey, y * width);
        }
        return new Grey(grey, width, height);
    }

    /** Makes one row grey. */
    private interface Row {
        void read(int y, byte[] grey, int offset);
    }

    private static Row row(BufferedImage image, Raster raster) throws PictureRefusal {
        int bands = raster.getNumBands();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return indexed(raster, palette);
        }
        if (bands > 4) {
            throw PictureRefusal.unreadable("The picture has colours of a kind that is not read.");
        }
        if (raster.getDataBuffer() instanceof DataBufferByte data
                && raster.getSampleModel() instanceof ComponentSampleModel model
                && data.getNumBanks() == 1) {
            return interleaved(data.getData(), model, raster.getWidth(), bands);
        }
        return sampled(raster, bands);
    }

    private static Row indexed(Raster raster, IndexColorModel palette) {
        byte[] greys = new byte[1 << raster.getSampleModel().getSampleSize(0)];
        for (int i = 0; i < Math.min(greys.length, palette.getMapSize()); i++) {
            greys[i] = grey(palette.getRed(i), palette.getGreen(i), palette.getBlue(i), palette.getAlpha(i));
        }
        int width = raster.getWidth();
        int[] samples = new int[width];
        return (y, grey, offset) -> {
            var _ = raster.getSamples(0, y, width, 1, 0, samples);
            for (int x = 0; x < width; x++) {
                grey[offset + x] = greys[samples[x]];
            }
        };
    }

    /** The usual picture, without a call for each sample. */
    private static Row interleaved(byte[] data, ComponentSampleModel model, int width, int bands) {
        int[] offsets = model.getBandOffsets();
        int step = model.getPixelStride();
        return (y, grey, offset) -> {
            int at = y * model.getScanlineStride();
            for (int x = 0; x < width; x++, at += step) {
                int first = data[at + offsets[0]] & 0xff;
                grey[offset + x] = switch (bands) {
                    case 1 -> (byte) first;
                    case 2 -> grey(first, first, first, data[at + offsets[1]] & 0xff);
                    default ->
                        grey(
                                first,
                                data[at + offsets[1]] & 0xff,
                                data[at + offsets[2]] & 0xff,
                                bands == 4 ? data[at + offsets[3]] & 0xff : WHITE);
                };
            }
        };
    }

    /** Samples of any width. */
    private static Row sampled(Raster raster, int bands) {
        int width = raster.getWidth();
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        int[] samples = new int[width * bands];
        return (y, grey, offset) -> {
            var _ = raster.getPixels(0, y, width, 1, samples);
            for (int x = 0, at = 0; x < width; x++, at += bands) {
                int first = samples[at] >> shift;
                grey[offset + x] = switch (bands) {
                    case 1 -> (byte) first;
                    case 2 -> grey(first, first, first, samples[at + 1] >> shift);
                    default ->
                        grey(
                                first,
                                samples[at + 1] >> shift,
                                samples[at + 2] >> shift,
                                bands == 4 ? samples[at + 3] >> shift : WHITE);
                };
            }
        };
    }

    /** Each from 0 to 255. */
    private static byte grey(int red, int green, int blue, int alpha) {
        int grey = (RED * red + GREEN * green + BLUE * blue) >> SHIFT;
        return (byte) (alpha == WHITE ? grey : (grey * alpha + WHITE * (WHITE - alpha)) / WHITE);
    }
}

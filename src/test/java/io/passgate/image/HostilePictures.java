package io.passgate.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Files that somebody made to cost as much as they can: each with a name that says how. */
public final class HostilePictures {
    private static final int SIDE = 4_096;

    private HostilePictures() {}

    /** What a header tells: refused before anything is decoded. */
    static Map<String, byte[]> byHeader() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("no byte", new byte[0]);
        all.put("a text", "GIF89a, or so it says".getBytes(StandardCharsets.US_ASCII));
        all.put("4 MiB of nothing", new byte[PictureFile.MOST_BYTES]);
        all.put("a byte more than 4 MiB", Arrays.copyOf(Pictures.png(Pictures.code("A", 100)), (4 << 20) + 1));
        all.put("a PNG of 30,000 pixels a side", sized(30_000, 30_000));
        all.put("a PNG of 30,000 pixels in one row", sized(30_000, 1));
        all.put("a PNG of 2^31 - 1 pixels a side", sized(Integer.MAX_VALUE, Integer.MAX_VALUE));
        all.put("a PNG of a negative side", sized(-1, 4));
        all.put("a PNG of no row", sized(4, 0));
        all.put("a PNG of a pixel more than 16 megapixels", sized(SIDE, SIDE + 1));
        all.put("a PNG of 3 bits a pixel", new PngWriter().header(4, 4, 3, 0, 0).end());
        all.put(
                "a PNG of a colour type that is none",
                new PngWriter().header(4, 4, 8, 5, 0).end());
        all.put(
                "a PNG of another interlace",
                new PngWriter().header(4, 4, 8, 0, 2).end());
        all.put("a PNG without a header", new PngWriter().end());
        all.put("a JPEG of 65,535 pixels a side", framed(0xc0, 65_535, 65_535, 3));
        all.put("a JPEG of 65,535 pixels in one row", framed(0xc0, 65_535, 1, 1));
        all.put("a JPEG of no row", framed(0xc0, 4, 0, 1));
        all.put("a JPEG of four colours", framed(0xc0, 4, 4, 4));
        all.put("a JPEG of two colours", framed(0xc0, 4, 4, 2));
        for (int marker : new int[] {0xc3, 0xc5, 0xc9, 0xca, 0xcd}) {
            all.put("a JPEG of the kind " + Integer.toHexString(marker), framed(marker, 64, 64, 3));
        }
        all.put("a JPEG of a million comments", comments());
        return all;
    }

    private static byte[] sized(int width, int height) {
        return new PngWriter().header(width, height, 8, 2, 0).data(100, i -> 0).end();
    }

    /** A JPEG as far as its frame. */
    private static byte[] framed(int marker, int width, int height, int components) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) marker, 0, (byte) (8 + 3 * components)});
        out.writeBytes(new byte[] {8, (byte) (height >> 8), (byte) height, (byte) (width >> 8), (byte) width});
        out.write(components);
        for (int i = 1; i <= components; i++) {
            out.writeBytes(new byte[] {(byte) i, 0x11, 0});
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        return out.toByteArray();
    }

    private static byte[] comments() {
        byte[] file = new byte[PictureFile.MOST_BYTES];
        for (int i = 2; i < file.length; i += 4) {
            file[i] = (byte) 0xff;
            file[i + 1] = (byte) 0xfe;
            if (i + 3 < file.length) {
                file[i + 3] = 2;
            }
        }
        file[0] = (byte) 0xff;
        file[1] = (byte) 0xd8;
        return file;
    }

    /** What a look at the whole file tells, or the decoder: no picture comes of it. */
    static Map<String, byte[]> broken() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        byte[] png = Pictures.png(Pictures.code("BROKEN", 200));
        byte[] jpeg = Pictures.jpeg(Pictures.code("BROKEN", 200));
        all.put("a PNG cut off in its pixels", Arrays.copyOf(png, png.length / 2));
        all.put("a PNG cut off before its end", Arrays.copyOf(png, png.length - 12));
        all.put("a JPEG cut off in its pixels", Arrays.copyOf(jpeg, jpeg.length / 2));
        all.put("a JPEG cut off before its end", Arrays.copyOf(jpeg, jpeg.length - 2));
        byte[] pixels = PngWriter.deflated(101 * 100, i -> i % 101 == 0 ? 0 : 0xff);
        all.put(
                "a PNG with a wrong checksum",
                new PngWriter()
                        .header(100, 100, 8, 0, 0)
                        .chunk("IDAT", pixels, 1)
                        .end());
        all.put(
                "a PNG without pixels",
                new PngWriter().header(100, 100, 8, 0, 0).end());
        all.put(
                "a PNG without its palette",
                new PngWriter().header(100, 100, 8, 3, 0).chunk("IDAT", pixels).end());
        all.put(
                "a PNG with a chunk that nobody knows and everybody needs",
                new PngWriter()
                        .header(100, 100, 8, 0, 0)
                        .chunk("WHAT", pixels)
                        .chunk("IDAT", pixels)
                        .end());
        all.put(
                "a PNG with two headers",
                new PngWriter()
                        .header(100, 100, 8, 0, 0)
                        .header(9, 9, 8, 0, 0)
                        .chunk("IDAT", pixels)
                        .end());
        all.put(
                "a PNG whose pixels are not deflated",
                new PngWriter()
                        .header(100, 100, 8, 0, 0)
                        .chunk("IDAT", new byte[500])
                        .end());
        all.put(
                "a PNG whose pixels are too few",
                new PngWriter().header(900, 900, 8, 6, 1).chunk("IDAT", pixels).end());
        all.put("a JPEG without tables", framed(0xc0, 64, 64, 3));
        all.put("a progressive JPEG of thousands of scans", scans(5_000, 64));
        return all;
    }

    /** The last scan of a progressive JPEG, again and again: each is walked over all of the picture. */
    private static byte[] scans(int times, int pixels) {
        byte[] jpeg = Pictures.progressive(Pictures.code("SCANS", pixels), "jpeg");
        int last = jpeg.length - 2;
        while ((jpeg[last] & 0xff) != 0xff || (jpeg[last + 1] & 0xff) != 0xda) {
            last--;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, last);
        for (int i = 0; i < times; i++) {
            out.write(jpeg, last, jpeg.length - 2 - last);
        }
        out.write(jpeg, jpeg.length - 2, 2);
        return out.toByteArray();
    }

    /** What is a picture, and has to be worked on. */
    static Map<String, byte[]> laborious() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        byte[] pixels = PngWriter.deflated(101 * 100, i -> i % 101 == 0 ? 0 : 0xff);
        all.put(
                "an animated PNG",
                new PngWriter()
                        .header(100, 100, 8, 0, 0)
                        .chunk("acTL", new byte[] {0, 0, 0x7f, 0, 0, 0, 0, 0})
                        .chunk("IDAT", pixels)
                        .chunk("fcTL", new byte[26])
                        .chunk("fdAT", pixels)
                        .end());
        byte[] bomb = PngWriter.deflated(100 << 20, i -> 0);
        byte[] text = new byte[bomb.length + 5];
        System.arraycopy(new byte[] {'b', 'o', 'm', 0, 0}, 0, text, 0, 5);
        System.arraycopy(bomb, 0, text, 5, bomb.length);
        all.put(
                "a PNG with 100 MiB of text and of a profile",
                new PngWriter()
                        .header(100, 100, 8, 0, 0)
                        .chunk("zTXt", text)
                        .chunk("iCCP", text)
                        .chunk("IDAT", pixels)
                        .end());
        all.put(
                "a PNG whose pixels go on for 100 MiB",
                new PngWriter().header(100, 100, 8, 0, 0).chunk("IDAT", bomb).end());
        all.put("16 megapixels of one colour, 64 bits each", deep(0));
        all.put("the same interlaced", deep(1));
        all.put("16 megapixels of noise in two colours", oneBit(new Random(1)));
        all.put("16 megapixels of stripes", PngWriter.grey(SIDE, SIDE, (x, y) -> stripe(x)));
        all.put("a tall picture of stripes", PngWriter.grey(560, 29_900, (x, y) -> stripe(x)));
        all.put("a wide picture of stripes", PngWriter.grey(29_900, 560, (x, y) -> stripe(y)));
        all.put("a carpet of finder patterns", PngWriter.grey(SIDE, SIDE, (x, y) -> finder(x % 9, y % 9)));
        all.put(
                "a carpet of larger finder patterns",
                PngWriter.grey(SIDE, SIDE, (x, y) -> finder(x / 4 % 10, y / 4 % 10)));
        all.put(
                "a loose carpet of finder patterns",
                PngWriter.grey(2_200, 2_200, (x, y) -> finder(x / 2 % 25, y / 2 % 25)));
        all.put(
                "16 megapixels of progressive JPEG",
                Pictures.progressive(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "jpeg"));
        all.put("a progressive JPEG of 60 scans", scans(50, 1_700));
        return all;
    }

    private static byte[] deep(int interlace) {
        return new PngWriter()
                .header(SIDE, SIDE, 16, 6, interlace)
                .data((8 * SIDE + 1) * SIDE + 2 * SIDE, i -> 0)
                .end();
    }

    /** A bit a pixel, so that it can be noise within 4 MiB. */
    public static byte[] oneBit(Random random) {
        return new PngWriter()
                .header(SIDE, SIDE, 1, 0, 0)
                .data((SIDE / 8 + 1) * SIDE, i -> i % (SIDE / 8 + 1) == 0 ? 0 : random.nextInt())
                .end();
    }

    private static int stripe(int at) {
        int place = at % 8;
        return place == 1 || place == 5 || place == 7 ? 0xff : 0;
    }

    /** A finder pattern of 7 by 7 at the corner of its place. */
    private static int finder(int x, int y) {
        int ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
        return ring == 2 || ring > 3 ? 0xff : 0;
    }
}

package io.passgate.image;

import com.google.zxing.LuminanceSource;
import java.util.Arrays;

/** A picture of grey pixels, a byte each, row after row from the top; 0 is black. */
final class Grey extends LuminanceSource {
    private final byte[] pixels;

    /** @param pixels width times height of them; not copied */
    Grey(byte[] pixels, int width, int height) {
        super(width, height);
        this.pixels = pixels;
    }

    long size() {
        return (long) getWidth() * getHeight();
    }

    @Override
    public byte[] getRow(int y, byte[] row) {
        int width = getWidth();
        byte[] into = row == null || row.length < width ? new byte[width] : row;
        System.arraycopy(pixels, y * width, into, 0, width);
        return into;
    }

    /** The pixels themselves: whoever asks only reads. */
    @Override
    public byte[] getMatrix() {
        return pixels;
    }

    /** Half as wide and high, each pixel the mean of four. */
    Grey halved() {
        int width = getWidth() / 2;
        int height = getHeight() / 2;
        byte[] half = new byte[width * height];
        for (int y = 0; y < height; y++) {
            int upper = 2 * y * getWidth();
            int lower = upper + getWidth();
            for (int x = 0; x < width; x++) {
                int sum = (pixels[upper + 2 * x] & 0xff)
                        + (pixels[upper + 2 * x + 1] & 0xff)
                        + (pixels[lower + 2 * x] & 0xff)
                        + (pixels[lower + 2 * x + 1] & 0xff);
                half[y * width + x] = (byte) (sum >> 2);
            }
        }
        return new Grey(half, width, height);
    }

    /** Twice as wide and high, with a slope between pixels. */
    Grey doubled() {
        int width = getWidth();
        int height = getHeight();
        byte[] twice = new byte[4 * width * height];
        for (int y = 0; y < 2 * height; y++) {
            int near = y >> 1;
            int far = Math.clamp((y & 1) == 0 ? near - 1L : near + 1L, 0, height - 1);
            for (int x = 0; x < 2 * width; x++) {
                int beside = x >> 1;
                int beyond = Math.clamp((x & 1) == 0 ? beside - 1L : beside + 1L, 0, width - 1);
                int sum = 9 * (pixels[near * width + beside] & 0xff)
                        + 3 * (pixels[near * width + beyond] & 0xff)
                        + 3 * (pixels[far * width + beside] & 0xff)
                        + (pixels[far * width + beyond] & 0xff);
                twice[2 * y * width + x] = (byte) (sum >> 4);
            }
        }
        return new Grey(twice, 2 * width, 2 * height);
    }

    /**
     * The same with white around it: a code may reach to the edge.
     *
     * @param frame how many pixels of white there are at each edge
     */
    Grey framed(int frame) {
        int width = getWidth() + 2 * frame;
        int height = getHeight() + 2 * frame;
        byte[] framed = new byte[width * height];
        Arrays.fill(framed, (byte) 0xff);
        for (int y = 0; y < getHeight(); y++) {
            System.arraycopy(pixels, y * getWidth(), framed, (y + frame) * width + frame, getWidth());
        }
        return new Grey(framed, width, height);
    }
}

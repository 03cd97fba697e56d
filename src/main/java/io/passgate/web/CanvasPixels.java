package io.passgate.web;

import com.google.zxing.LuminanceSource;
import org.jspecify.annotations.Nullable;

/** A picture as a canvas gives it, in shades of grey. */
final class CanvasPixels extends LuminanceSource {
    private static final int BYTES_A_PIXEL = 4;

    /** Red, green and blue in 1,024ths (ITU-R BT.601), as ZXing weighs them. */
    private static final int RED = 306;

    private static final int GREEN = 601;
    private static final int BLUE = 117;
    private static final int HALF = 512;
    private static final int SHIFT = 10;

    private final byte[] grey;

    private CanvasPixels(byte[] grey, int width, int height) {
        super(width, height);
        this.grey = grey;
    }

    /** @param rgba {@code 4 * width * height} bytes, row by row: red, green, blue and alpha, which is passed over */
    static CanvasPixels of(byte[] rgba, int width, int height) {
        if (width < 1 || height < 1 || rgba.length != BYTES_A_PIXEL * width * height) {
            throw new IllegalArgumentException("the bytes are not those of such a picture");
        }
        byte[] grey = new byte[width * height];
        int at = 0;
        for (int i = 0; i < grey.length; i++) {
            int weighed = RED * (rgba[at] & 0xff) + GREEN * (rgba[at + 1] & 0xff) + BLUE * (rgba[at + 2] & 0xff);
            grey[i] = (byte) ((weighed + HALF) >> SHIFT);
            at += BYTES_A_PIXEL;
        }
        return new CanvasPixels(grey, width, height);
    }

    @Override
    public byte[] getRow(int y, byte @Nullable [] row) {
        int width = getWidth();
        byte[] filled = row == null || row.length < width ? new byte[width] : row;
        System.arraycopy(grey, y * width, filled, 0, width);
        return filled;
    }

    @Override
    public byte[] getMatrix() {
        return grey;
    }
}

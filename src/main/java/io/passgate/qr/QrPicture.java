package io.passgate.qr;

import java.util.Arrays;

/**
 * A {@link QrCode} in a square of a wanted size, black on white: every module has the same whole number of pixels a
 * side, as many as fit, and the code is in the middle.
 */
public final class QrPicture implements QrDrawing {
    /** The smallest picture, in pixels a side. */
    public static final int LEAST_PIXELS = 200;

    /** The largest picture, in pixels a side. */
    public static final int MOST_PIXELS = 1000;

    /** The size of a picture when none is asked for, in pixels a side. */
    public static final int USUAL_PIXELS = 400;

    /** The fewest pixels a side of a module that scanners are sure to read. */
    static final int LEAST_MODULE_PIXELS = 2;

    private static final byte EIGHT_LIGHT = (byte) 0xff;

    private final QrCode code;
    private final int pixels;
    private final int modulePixels;
    private final int margin;

    /** @param pixels at least {@link #LEAST_MODULE_PIXELS} for each module, those of the quiet zone included */
    QrPicture(QrCode code, int pixels) {
        this.code = code;
        this.pixels = pixels;
        modulePixels = pixels / (code.modules() + 2 * QrCode.QUIET_MODULES);
        margin = (pixels - code.modules() * modulePixels) / 2;
    }

    /** {@return the picture as a PNG file of one bit a pixel} The caller owns it. */
    public byte[] png() {
        OneBitPng png = new OneBitPng(pixels, pixels);
        byte[] row = new byte[png.rowBytes()];
        Arrays.fill(row, EIGHT_LIGHT);
        png.append(row, margin);
        for (int y = 0; y < code.modules(); y++) {
            Arrays.fill(row, EIGHT_LIGHT);
            for (int x = 0; x < code.modules(); x++) {
                if (code.isDark(x, y)) {
                    darken(row, margin + x * modulePixels);
                }
            }
            png.append(row, modulePixels);
        }
        Arrays.fill(row, EIGHT_LIGHT);
        png.append(row, pixels - margin - code.modules() * modulePixels);
        return png.toByteArray();
    }

    /** Makes one module of a row dark, of which {@code from} is the leftmost pixel. */
    private void darken(byte[] row, int from) {
        for (int x = from; x < from + modulePixels; x++) {
            row[x >> 3] &= (byte) ~(0x80 >> (x & 7));
        }
    }

    /** {@return the picture as an SVG document} Its unit is the pixel, and it may be scaled. */
    public String svg() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + pixels + "\" height=\"" + pixels
                + "\" viewBox=\"0 0 " + pixels + ' ' + pixels + "\" shape-rendering=\"crispEdges\">"
                + "<path fill=\"#fff\" d=\"M0 0h" + pixels + 'v' + pixels + "H0z\"/>"
                + "<path fill=\"#000\" transform=\"translate(" + margin + ' ' + margin + ") scale(" + modulePixels
                + ")\" d=\"" + darkRuns() + "\"/></svg>\n";
    }

    /** A path of one rectangle for each run of dark modules in a row. */
    private String darkRuns() {
        StringBuilder path = new StringBuilder(16 * 1024);
        for (int y = 0; y < code.modules(); y++) {
            int x = 0;
            while (x < code.modules()) {
                int start = x;
                while (code.isDark(x, y)) {
                    x++;
                }
                if (x > start) {
                    path.append('M').append(start).append(' ').append(y);
                    path.append('h')
                            .append(x - start)
                            .append("v1H")
                            .append(start)
                            .append('z');
                } else {
                    x++;
                }
            }
        }
        return path.toString();
    }
}

package io.passgate.qr;

/** What comes of drawing a {@link QrCode} at a wanted size. */
public sealed interface QrDrawing permits QrPicture, QrDrawing.TooSmall {
    /**
     * Nothing was drawn: a module would have had less than {@link QrPicture#LEAST_MODULE_PIXELS} pixels a side.
     *
     * @param leastPixels the smallest size at which this code can be drawn, at most {@link QrPicture#MOST_PIXELS}
     */
    record TooSmall(int leastPixels) implements QrDrawing {}
}

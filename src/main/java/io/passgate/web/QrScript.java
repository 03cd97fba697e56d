package io.passgate.web;

import org.teavm.jso.JSByRef;
import org.teavm.jso.JSExport;

/** What {@code qr.js} exports to the pages' Web Worker. */
public final class QrScript {
    private static final FrameReader READER = new FrameReader();

    private QrScript() {}

    /**
     * The entry point that TeaVM asks for; does nothing.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {}

    /**
     * {@return the text of the first code that is found in a camera's frame, or an empty text}
     *
     * @param rgba as {@code ImageData} has it: {@code 4 * width * height} bytes
     * @param width in pixels
     * @param height in pixels
     * @param isHard whether dearer ways are tried as well, such as light codes on dark ground
     */
    @JSExport
    public static String readOne(@JSByRef byte[] rgba, int width, int height, boolean isHard) {
        return READER.readOne(CanvasPixels.of(rgba, width, height), isHard).orElse("");
    }

    /**
     * {@return the texts of all codes that are found in a picture, each once}
     *
     * @param rgba as {@code ImageData} has it: {@code 4 * width * height} bytes
     * @param width in pixels
     * @param height in pixels
     */
    @JSExport
    public static String[] readAll(@JSByRef byte[] rgba, int width, int height) {
        return READER.readAll(CanvasPixels.of(rgba, width, height)).toArray(String[]::new);
    }
}

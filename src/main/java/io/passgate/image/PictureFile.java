package io.passgate.image;

import java.util.Optional;

/**
 * A picture's file, as far as its header says what it is. Nothing is decoded yet, and no pixel has memory.
 *
 * <p>What is handed to a decoder is written anew by {@link #essentials}: it holds what the pixels need and no more.
 */
sealed interface PictureFile permits PngFile, JpegFile {
    /** Bytes of the largest file that is read. */
    int MOST_BYTES = 4 << 20;

    /** Pixels of the largest picture that is read. */
    int MOST_PIXELS = 16 << 20;

    /** A picture's sides are shorter than this, in pixels. */
    int SIDE_LIMIT = 30_000;

    /** The name by which the JDK's reader is asked for. */
    String format();

    int width();

    int height();

    /** The most memory that a decoded pixel takes, in bytes. */
    int bytesPerPixel();

    /**
     * The file without what is not needed for its pixels.
     *
     * @throws PictureRefusal if its structure is broken, or asks for more work than a picture of its size needs
     */
    byte[] essentials() throws PictureRefusal;

    /**
     * Reads a header: a few hundred bytes of it, whatever the file's size.
     *
     * @param file all of it; not changed
     * @throws PictureRefusal if it is no picture that is read here, or larger
     */
    static PictureFile of(byte[] file) throws PictureRefusal {
        if (file.length > MOST_BYTES) {
            throw PictureRefusal.tooLarge("A picture has at most 4 MiB.");
        }
        Optional<? extends PictureFile> picture =
                PngFile.isPng(file) ? Optional.of(PngFile.read(file)) : JpegFile.read(file);
        PictureFile found =
                picture.orElseThrow(() -> PictureRefusal.unreadable("It begins neither like a PNG nor like a JPEG."));
        if (found.width() >= SIDE_LIMIT || found.height() >= SIDE_LIMIT) {
            throw PictureRefusal.tooLarge("A side of a picture has less than 30,000 pixels.");
        }
        if ((long) found.width() * found.height() > MOST_PIXELS) {
            throw PictureRefusal.tooLarge("A picture has at most 16 megapixels.");
        }
        return found;
    }
}

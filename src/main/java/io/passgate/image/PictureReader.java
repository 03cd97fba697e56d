package io.passgate.image;

import java.time.Duration;
import java.util.Optional;

/** Reads pictures, one after the other, on the thread that asks. */
public final class PictureReader {
    /** How long one picture is worked on, at most, from its header to its last code. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Bytes of the largest file that is read. */
    public static final int MOST_BYTES = PictureFile.MOST_BYTES;

    private PictureReader() {}

    /**
     * Looks at a picture's header only: a few hundred bytes, whatever the file's size. Any thread, also an event loop.
     *
     * @param file PNG or JPEG, whatever it is said to be; not changed
     * @return why it would not be read; empty if it is worth an attempt
     */
    public static Optional<PictureResult> refusal(byte[] file) {
        try {
            var _ = PictureFile.of(file);
            return Optional.empty();
        } catch (PictureRefusal refused) {
            return Optional.of(refused.result());
        }
    }

    /**
     * Finds the codes of a picture, within {@link #PATIENCE}. Takes up to 100 MiB of the
     * heap meanwhile, and as much beside it for a progressive JPEG; keeps nothing.
     *
     * @param file PNG or JPEG, whatever it is said to be; not changed
     * @return what it came to, also where the file is none
     */
    public static PictureResult read(byte[] file) {
        return read(file, new Deadline(System::nanoTime, PATIENCE.toNanos(), () -> false));
    }

    static PictureResult read(byte[] file, Deadline deadline) {
        try {
            Grey grey = GreyDecoder.decode(PictureFile.of(file), deadline);
            return new PictureResult.Codes(new CodeSearch(deadline).search(grey));
        } catch (PictureRefusal refused) {
            return refused.result();
        }
    }
}

package io.passgate.cli.scan;

import io.passgate.model.Blanks;
import io.passgate.model.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a scanner, each as soon as it has ended; those of blanks alone are passed over. */
final class ScannerLines {
    /** Characters of the largest QR code, and blanks around them. What a longer line has beyond is not kept. */
    private static final int MOST_BYTES = 4_296 + 256;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1_024);

    ScannerLines(InputStream in) {
        this.in = in;
    }

    /** The next line without blanks around it; empty at the end of the input. */
    Slice next() throws IOException {
        while (true) {
            line.reset();
            int next = in.read();
            while (next >= 0 && next != '\n' && next != '\r') {
                if (line.size() <= MOST_BYTES) {
                    line.write(next);
                }
                next = in.read();
            }
            Slice content = line.size() > MOST_BYTES
                    ? Slice.of(line.toByteArray())
                    : Blanks.strip(Slice.of(line.toByteArray()), MOST_BYTES);
            if (!content.isEmpty() || next < 0) {
                return content;
            }
        }
    }

    /** Whether a line is longer than any payload, and only its beginning is there. */
    static boolean isTooLong(Slice line) {
        return line.length() > MOST_BYTES;
    }
}

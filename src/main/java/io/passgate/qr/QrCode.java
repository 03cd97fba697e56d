package io.passgate.qr;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The QR code (ISO/IEC 18004) of one payload: error correction level M, in the smallest version that holds it.
 *
 * <p>It keeps the modules and not the text. {@link #at} makes a picture of it, {@link #terminal} a drawing in text.
 */
public final class QrCode {
    /** The largest version there is: 177 modules a side, 3,391 characters. */
    public static final int MAX_VERSION = 40;

    /**
     * The largest version of an entry pass: 69 modules a side, 483 characters. At 200 pixels its modules have 2 of
     * them.
     */
    public static final int ENTRY_PASS_MAX_VERSION = 13;

    /** Light modules on each side, as the standard asks for. */
    static final int QUIET_MODULES = 4;

    private static final Pattern ALPHANUMERIC = Pattern.compile("[0-9A-Z $%*+./:-]+");
    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

    /** Black on white by numbers of the colour cube, which the themes of terminals leave alone. */
    private static final String BLACK_ON_WHITE = "\u001b[38;5;16;48;5;231m";

    private static final String END_OF_LINE = "\u001b[0m\n";

    private final int version;
    private final ByteMatrix matrix;

    private QrCode(int version, ByteMatrix matrix) {
        this.version = version;
        this.matrix = matrix;
    }

    /**
     * {@return the code of a text, in any version}
     *
     * @param text at least one character, all of QR's alphanumeric alphabet
     * @throws IllegalArgumentException if it is not, or if no version holds it
     */
    public static QrCode of(String text) {
        return of(text, MAX_VERSION);
    }

    /**
     * {@return the code of a text}
     *
     * @param text at least one character, all of QR's alphanumeric alphabet, as {@code "HC1:"} and Base45 are
     * @param maxVersion 1 to {@link #MAX_VERSION}
     * @throws IllegalArgumentException if it is not, or if no version up to {@code maxVersion} holds it
     */
    public static QrCode of(String text, int maxVersion) {
        if (!ALPHANUMERIC.matcher(text).matches()) {
            throw new IllegalArgumentException("the text is not of QR's alphanumeric alphabet");
        }
        return drawn(text, maxVersion);
    }

    /**
     * {@return the code of a text that is no payload, such as a token}
     *
     * @param text at least one visible character of ASCII
     * @throws IllegalArgumentException if it has others, or if no version holds it
     */
    public static QrCode ofVisible(String text) {
        if (!VISIBLE.matcher(text).matches()) {
            throw new IllegalArgumentException("the text is not of visible ASCII");
        }
        return drawn(text, MAX_VERSION);
    }

    private static QrCode drawn(String text, int maxVersion) {
        QRCode code = encode(text, Map.of());
        int version = code.getVersion().getVersionNumber();
        if (version > maxVersion) {
            throw new IllegalArgumentException(text.length() + " characters need version " + version
                    + " of a QR code, and at most " + maxVersion + " is wanted");
        }
        return new QrCode(version, withFewestLookalikes(code.getMatrix(), text));
    }

    /**
     * The standard's choice among the eight masks, or the next of them whose code has fewer {@link FinderLookalikes}.
     */
    private static ByteMatrix withFewestLookalikes(ByteMatrix standard, String text) {
        ByteMatrix best = standard;
        int fewest = FinderLookalikes.in(standard);
        for (int mask = 0; mask < QRCode.NUM_MASK_PATTERNS && fewest > 0; mask++) {
            ByteMatrix other =
                    encode(text, Map.of(EncodeHintType.QR_MASK_PATTERN, mask)).getMatrix();
            int lookalikes = FinderLookalikes.in(other);
            if (lookalikes < fewest) {
                best = other;
                fewest = lookalikes;
            }
        }
        return best;
    }

    private static QRCode encode(String text, Map<EncodeHintType, ?> hints) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.M, hints);
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException(text.length() + " characters are too long for any QR code", tooLong);
        }
    }

    /** {@return the version, from 1 to {@link #MAX_VERSION}} */
    public int version() {
        return version;
    }

    /** {@return modules a side, without the quiet zone: 17 + 4 * version} */
    public int modules() {
        return matrix.getWidth();
    }

    /** Whether a module is dark. Those outside, as in the quiet zone, are light. */
    boolean isDark(int x, int y) {
        return x >= 0 && y >= 0 && x < modules() && y < modules() && matrix.get(x, y) == 1;
    }

    /**
     * Draws the code with its quiet zone into a square.
     *
     * @param pixels the square's side, in [{@link QrPicture#LEAST_PIXELS}, {@link QrPicture#MOST_PIXELS}]
     * @return the picture, or how many pixels it would need
     * @throws IllegalArgumentException if {@code pixels} is out of its range
     */
    public QrDrawing at(int pixels) {
        if (pixels < QrPicture.LEAST_PIXELS || pixels > QrPicture.MOST_PIXELS) {
            throw new IllegalArgumentException("no picture has " + pixels + " pixels a side");
        }
        int leastPixels = QrPicture.LEAST_MODULE_PIXELS * (modules() + 2 * QUIET_MODULES);
        return pixels < leastPixels ? new QrDrawing.TooSmall(leastPixels) : new QrPicture(this, pixels);
    }

    /**
     * Draws the code with its quiet zone for a terminal that knows 256 colours: a character is one module wide and two
     * high. Every cell sets both its colours, so the code is dark on light whatever the terminal's own are.
     *
     * @return lines, each ended; modules + 8 columns and half as many lines, rounded up
     */
    public String terminal() {
        int end = modules() + QUIET_MODULES;
        StringBuilder text = new StringBuilder((end + QUIET_MODULES) * (end + QUIET_MODULES));
        for (int y = -QUIET_MODULES; y < end; y += 2) {
            text.append(BLACK_ON_WHITE);
            for (int x = -QUIET_MODULES; x < end; x++) {
                text.append(halves(isDark(x, y), isDark(x, y + 1)));
            }
            text.append(END_OF_LINE);
        }
        return text.toString();
    }

    private static char halves(boolean upperDark, boolean lowerDark) {
        if (upperDark) {
            return lowerDark ? '█' : '▀';
        }
        return lowerDark ? '▄' : ' ';
    }
}

package io.passgate.qr;

import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures of QR codes in the hands of those who get them: drawn by a library, and read by ZXing as a camera's are. */
final class QrPictures {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private QrPictures() {}

    /** A prefix and characters that could be Base45, {@code length} in all. */
    static String payload(Random random, String prefix, int length) {
        StringBuilder text = new StringBuilder(prefix);
        while (text.length() < length) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** The picture of a code that fits. */
    static QrPicture picture(QrCode code, int pixels) {
        return switch (code.at(pixels)) {
            case QrPicture picture -> picture;
            case QrDrawing.TooSmall tooSmall -> throw new AssertionError(pixels + " pixels: " + tooSmall);
        };
    }

    static BufferedImage drawPng(byte[] png) {
        try {
            return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)), "no reader knows the file");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Draws an SVG document at a size in pixels, on red ground: what it leaves open shows. */
    static BufferedImage drawSvg(String svg, int pixels) {
        var bytes = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
        var document = Objects.requireNonNull(
                new SVGLoader().load(bytes, URI.create("test:code.svg"), LoaderContext.createDefault()),
                "no SVG document");
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, pixels, pixels);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.scale(pixels / (double) document.size().width, pixels / (double) document.size().height);
        document.renderWithPlatform(NullPlatformSupport.INSTANCE, graphics, document.viewBox());
        graphics.dispose();
        return image;
    }

    /** The text of the code in a picture, or what kept ZXing from reading it. */
    static String read(BufferedImage image) {
        try {
            return result(image).getText();
        } catch (ReaderException unread) {
            return unread.toString();
        }
    }

    static Result result(BufferedImage image) throws ReaderException {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        var source = new RGBLuminanceSource(width, height, pixels);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)));
    }

    /** The picture turned by a quarter. */
    static BufferedImage turned(BufferedImage image) {
        BufferedImage turned = new BufferedImage(image.getHeight(), image.getWidth(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                turned.setRGB(image.getHeight() - 1 - y, x, image.getRGB(x, y));
            }
        }
        return turned;
    }
}

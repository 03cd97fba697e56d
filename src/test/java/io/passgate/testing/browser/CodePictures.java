package io.passgate.testing.browser;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import io.passgate.qr.QrCode;
import io.passgate.qr.QrDrawing;
import io.passgate.qr.QrPicture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures of QR codes, as cameras see them. */
public final class CodePictures {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private CodePictures() {}

    /** A text as a payload of so many characters could be. */
    public static String text(Random random, int chars) {
        StringBuilder text = new StringBuilder("HC1:");
        while (text.length() < chars) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.append('0').toString();
    }

    /** A code with its quiet zone in a square. */
    public static BufferedImage code(String text, int pixels) {
        return switch (QrCode.of(text).at(pixels)) {
            case QrPicture picture -> read(picture.png());
            case QrDrawing.TooSmall(int least) -> throw new AssertionError("it needs " + least + " pixels");
        };
    }

    /** A code of any text, such as one with small letters. */
    public static BufferedImage anyCode(String text, int pixels) {
        try {
            return drawn(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, pixels, pixels));
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException(tooLong);
        }
    }

    private static BufferedImage drawn(BitMatrix matrix) {
        BufferedImage drawn = new BufferedImage(matrix.getWidth(), matrix.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < matrix.getHeight(); y++) {
            for (int x = 0; x < matrix.getWidth(); x++) {
                drawn.setRGB(x, y, matrix.get(x, y) ? 0 : 0xffffff);
            }
        }
        return drawn;
    }

    private static BufferedImage read(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A square picture at another size. */
    public static BufferedImage scaled(BufferedImage square, int pixels) {
        BufferedImage scaled = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = scaled.createGraphics();
        drawing.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        drawing.drawImage(square, 0, 0, pixels, pixels, null);
        drawing.dispose();
        return scaled;
    }

    /** A frame of a camera that has a picture before it. */
    public static BufferedImage frame(BufferedImage shown) {
        BufferedImage frame = empty(new Color(96, 104, 112));
        Graphics2D drawing = frame.createGraphics();
        drawing.drawImage(shown, (WIDTH - shown.getWidth()) / 2, (HEIGHT - shown.getHeight()) / 2, null);
        drawing.dispose();
        return frame;
    }

    /** A frame without a code. */
    public static BufferedImage emptyFrame() {
        return empty(new Color(96, 104, 112));
    }

    private static BufferedImage empty(Color ground) {
        BufferedImage frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = frame.createGraphics();
        drawing.setColor(ground);
        drawing.fillRect(0, 0, WIDTH, HEIGHT);
        drawing.dispose();
        return frame;
    }

    /** A frame in which a code is small, tilted, blurred, dark and noisy, each as chance has it. */
    public static BufferedImage hardFrame(String text, Random random) {
        BufferedImage code = code(text, 600);
        BufferedImage frame = empty(new Color(60 + random.nextInt(120), 60 + random.nextInt(120), 90));
        Graphics2D drawing = frame.createGraphics();
        drawing.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        double scale = .26 + .4 * random.nextDouble();
        AffineTransform way = new AffineTransform();
        way.translate(WIDTH / 2.0, HEIGHT / 2.0);
        way.rotate(random.nextGaussian() * .3);
        way.shear(random.nextGaussian() * .1, random.nextGaussian() * .1);
        way.scale(scale, scale * (.8 + .2 * random.nextDouble()));
        way.translate(-300, -300);
        drawing.drawImage(code, way, null);
        drawing.dispose();
        BufferedImage blurred = blurred(frame, random.nextDouble() * 1.7);
        return darkened(blurred, .2 + .8 * random.nextDouble(), 2 + 9 * random.nextDouble(), random);
    }

    private static BufferedImage blurred(BufferedImage frame, double sigma) {
        int radius = 4;
        int side = 2 * radius + 1;
        float[] weights = new float[side * side];
        for (int y = -radius; y <= radius; y++) {
            for (int x = -radius; x <= radius; x++) {
                weights[(y + radius) * side + x + radius] =
                        (float) Math.exp(-(x * x + y * y) / (2 * sigma * sigma + 1e-6));
            }
        }
        float sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return new ConvolveOp(new Kernel(side, side, weights), ConvolveOp.EDGE_NO_OP, null).filter(frame, null);
    }

    private static BufferedImage darkened(BufferedImage frame, double light, double noise, Random random) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int rgb = frame.getRGB(x, y);
                double grain = random.nextGaussian() * noise;
                // It is darker towards one side, as under a lamp.
                double here = light * (.6 + .4 * x / WIDTH);
                int red = level((rgb >> 16 & 0xff) * here + grain);
                int green = level((rgb >> 8 & 0xff) * here + grain);
                int blue = level((rgb & 0xff) * here + grain);
                frame.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return frame;
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    /** A file of a picture, such as {@code png}. */
    public static byte[] file(BufferedImage picture, String format) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, file)) {
                throw new AssertionError("nothing writes " + format);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return file.toByteArray();
    }

    /** Writes what a camera sees: each frame so often, at 30 a second, as JPEG files one behind the other. */
    public static Path video(Path file, int times, BufferedImage... frames) throws IOException {
        return video(file, times, Arrays.asList(frames));
    }

    /** The same of many frames. */
    public static Path video(Path file, int times, List<BufferedImage> frames) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (BufferedImage frame : frames) {
                byte[] jpeg = file(frame, "jpeg");
                for (int i = 0; i < times; i++) {
                    out.write(jpeg);
                }
            }
        }
        return file;
    }
}

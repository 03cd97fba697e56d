package io.passgate.image;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures as people send them, and their files. */
public final class Pictures {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private Pictures() {}

    /** A text of the length and the alphabet of a certificate or a pass. */
    public static String payload(Random random, String prefix, int length) {
        StringBuilder text = new StringBuilder(prefix);
        while (text.length() < length) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** A code, dark on light, in a square with its quiet zone. */
    public static BufferedImage code(String text, int pixels) {
        try {
            BitMatrix bits = new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            pixels,
                            pixels,
                            Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.L));
            BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < pixels; y++) {
                for (int x = 0; x < pixels; x++) {
                    image.setRGB(x, y, bits.get(x, y) ? 0x101018 : 0xf8f8f0);
                }
            }
            return image;
        } catch (WriterException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A picture lying in another, turned around its middle. */
    public record Laid(BufferedImage image, int middleX, int middleY, double degrees) {}

    /** A background like a table full of things: slopes, edges, stripes, writing, grain. */
    public static BufferedImage clutter(Random random, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setPaint(new GradientPaint(0, 0, colour(random), width, height, colour(random)));
        graphics.fillRect(0, 0, width, height);
        for (int i = 0; i < 200; i++) {
            graphics.setColor(colour(random));
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            int size = 3 + random.nextInt(60);
            switch (random.nextInt(3)) {
                case 0 -> graphics.fillOval(x, y, size, 2 * size);
                case 1 -> graphics.fillRect(x, y, 2 * size, size);
                default -> graphics.drawLine(x, y, random.nextInt(width), random.nextInt(height));
            }
        }
        graphics.dispose();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int grain = random.nextInt(16);
                image.setRGB(x, y, image.getRGB(x, y) ^ (grain << 16 | grain << 8 | grain));
            }
        }
        return image;
    }

    private static Color colour(Random random) {
        return new Color(40 + random.nextInt(200), 40 + random.nextInt(200), 40 + random.nextInt(200));
    }

    /** Lays pictures on a ground, with soft edges as a camera has them. */
    public static BufferedImage lay(BufferedImage ground, List<Laid> pictures) {
        Graphics2D graphics = ground.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        for (Laid laid : pictures) {
            var before = graphics.getTransform();
            graphics.translate(laid.middleX, laid.middleY);
            graphics.rotate(Math.toRadians(laid.degrees));
            graphics.drawImage(laid.image, -laid.image.getWidth() / 2, -laid.image.getHeight() / 2, null);
            graphics.setTransform(before);
        }
        graphics.dispose();
        return ground;
    }

    /** The negative. */
    static BufferedImage inverted(BufferedImage image) {
        BufferedImage inverted = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                inverted.setRGB(x, y, ~image.getRGB(x, y));
            }
        }
        return inverted;
    }

    /** The same pixels in an image of another type. */
    static BufferedImage as(BufferedImage image, int type) {
        BufferedImage other = new BufferedImage(image.getWidth(), image.getHeight(), type);
        Graphics2D graphics = other.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return other;
    }

    /** The same in black and white: a small file. */
    public static BufferedImage bits(BufferedImage image) {
        return as(image, BufferedImage.TYPE_BYTE_BINARY);
    }

    public static byte[] png(BufferedImage image) {
        return file(image, "png", false);
    }

    public static byte[] jpeg(BufferedImage image) {
        return file(image, "jpeg", false);
    }

    /** An interlaced PNG, or a progressive JPEG. */
    static byte[] progressive(BufferedImage image, String format) {
        return file(image, format, true);
    }

    private static byte[] file(BufferedImage image, String format, boolean isProgressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam wanted = writer.getDefaultWriteParam();
            if (isProgressive) {
                wanted.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), wanted);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The texts in a picture, however long it takes: a busy machine is no fault of the picture. */
    static List<String> read(byte[] file) {
        Deadline patient = new Deadline(System::nanoTime, TimeUnit.MINUTES.toNanos(1), () -> false);
        return texts(PictureReader.read(file, patient));
    }

    /** The texts that were found, in their order. */
    public static List<String> texts(PictureResult result) {
        if (result instanceof PictureResult.Codes codes) {
            return codes.texts();
        }
        throw new AssertionError(result.toString());
    }
}

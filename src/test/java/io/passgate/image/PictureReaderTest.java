package io.passgate.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is read of pictures as people send them. */
final class PictureReaderTest {
    /** As long as an entry pass. */
    private static final String PASS = Pictures.payload(new Random(1), "KP1:", 330);

    /** As long as a health certificate. */
    private static final String CERTIFICATE = Pictures.payload(new Random(2), "HC1:", 590);

    private static List<String> read(byte[] file) {
        return Pictures.read(file);
    }

    @TestFactory
    Stream<DynamicTest> everyKindOfFile_isRead() {
        BufferedImage code = Pictures.code(CERTIFICATE, 400);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("RGB", Pictures.png(code));
        files.put("RGB, interlaced", Pictures.progressive(code, "png"));
        files.put("grey", Pictures.png(Pictures.as(code, BufferedImage.TYPE_BYTE_GRAY)));
        files.put("grey, 16 bits", Pictures.png(Pictures.as(code, BufferedImage.TYPE_USHORT_GRAY)));
        files.put("a bit a pixel", Pictures.png(Pictures.as(code, BufferedImage.TYPE_BYTE_BINARY)));
        files.put("palette", Pictures.png(Pictures.as(code, BufferedImage.TYPE_BYTE_INDEXED)));
        files.put("RGB and alpha", Pictures.png(Pictures.as(code, BufferedImage.TYPE_INT_ARGB)));
        files.put("light is transparent", Pictures.png(transparent(code)));
        files.put("RGB, 16 bits, alpha, interlaced", deep(code));
        files.put("JPEG", Pictures.jpeg(code));
        files.put("JPEG, grey", Pictures.jpeg(Pictures.as(code, BufferedImage.TYPE_BYTE_GRAY)));
        files.put("JPEG, progressive", Pictures.progressive(code, "jpeg"));
        files.put("negative", Pictures.png(Pictures.inverted(code)));
        files.put("negative JPEG", Pictures.jpeg(Pictures.inverted(code)));
        return files.entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getKey(), () -> assertThat(read(file.getValue())).containsExactly(CERTIFICATE)));
    }

    private static BufferedImage transparent(BufferedImage code) {
        BufferedImage transparent = Pictures.as(code, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < code.getHeight(); y++) {
            for (int x = 0; x < code.getWidth(); x++) {
                if ((code.getRGB(x, y) & 0xff) > 0x80) {
                    transparent.setRGB(x, y, 0);
                }
            }
        }
        return transparent;
    }

    /** Adam7 by seven pictures of the pixels that each pass has. */
    private static byte[] deep(BufferedImage code) {
        int[][] passes = {
            {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
        };
        List<Integer> bytes = new ArrayList<>();
        for (int[] pass : passes) {
            for (int y = pass[1]; y < code.getHeight(); y += pass[3]) {
                bytes.add(0);
                for (int x = pass[0]; x < code.getWidth(); x += pass[2]) {
                    int grey = code.getRGB(x, y) & 0xff;
                    bytes.addAll(List.of(grey, 0, grey, 0, grey, 0, 0xff, 0xff));
                }
            }
        }
        return new PngWriter()
                .header(code.getWidth(), code.getHeight(), 16, 6, 1)
                .data(bytes.size(), bytes::get)
                .end();
    }

    @TestFactory
    Stream<DynamicTest> everySizeOfTheDemo_isRead_atAnyAngle_onACrowdedTable() {
        Random random = new Random(7);
        return IntStream.rangeClosed(0, 16).mapToObj(i -> {
            int pixels = 200 + 25 * i;
            double degrees = random.nextDouble(360);
            BufferedImage ground = Pictures.clutter(random, 900, 900);
            BufferedImage image = Pictures.lay(
                    ground,
                    List.of(new Pictures.Laid(Pictures.code(PASS, pixels), 440 + random.nextInt(20), 450, degrees)));
            return DynamicTest.dynamicTest(
                    "%d pixels, %.1f degrees".formatted(pixels, degrees),
                    () -> assertThat(read(i % 2 == 0 ? Pictures.png(image) : Pictures.jpeg(image)))
                            .containsExactly(PASS));
        });
    }

    @Test
    void severalCodes_areReadByRowsFromTheTop_eachOnce() {
        List<String> texts = IntStream.range(0, 6)
                .mapToObj(i -> Pictures.payload(new Random(i), "HC1:", 300 + 20 * i))
                .toList();
        BufferedImage ground = Pictures.clutter(new Random(3), 1_500, 1_100);
        List<Pictures.Laid> laid = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            laid.add(new Pictures.Laid(
                    Pictures.code(texts.get(i), 320), 260 + 470 * (i % 3), 280 + 500 * (i / 3) + 30 * (i % 2), 7 * i));
        }
        laid.add(new Pictures.Laid(Pictures.code(texts.get(1), 100), 0, 0, 0));
        assertThat(read(Pictures.jpeg(Pictures.lay(ground, laid)))).isEqualTo(texts);
    }

    @Test
    void twoCodesOfTheDemosSizes_inOnePicture() {
        BufferedImage ground = Pictures.clutter(new Random(5), 1_200, 800);
        BufferedImage image = Pictures.lay(
                ground,
                List.of(
                        new Pictures.Laid(Pictures.code(PASS, 220), 950, 250, 33),
                        new Pictures.Laid(Pictures.code(CERTIFICATE, 500), 350, 400, 350)));
        assertThat(read(Pictures.jpeg(image))).containsExactlyInAnyOrder(PASS, CERTIFICATE);
    }

    @Test
    void aLargePhotograph_isRead_alsoWhereItsCodeIsSmall() {
        BufferedImage ground = Pictures.clutter(new Random(9), 4_000, 3_000);
        BufferedImage image =
                Pictures.lay(ground, List.of(new Pictures.Laid(Pictures.code(PASS, 500), 3_100, 2_200, 100)));
        assertThat(read(Pictures.jpeg(Pictures.as(image, BufferedImage.TYPE_BYTE_GRAY))))
                .containsExactly(PASS);
    }

    @Test
    void aPictureWithoutACode_hasNone() {
        assertThat(read(Pictures.png(Pictures.clutter(new Random(11), 800, 600))))
                .isEmpty();
        assertThat(read(Pictures.png(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB))))
                .isEmpty();
        assertThat(read(Pictures.jpeg(new BufferedImage(3, 700, BufferedImage.TYPE_INT_RGB))))
                .isEmpty();
    }

    @Test
    void aCodeThatReachesToTheEdge_isRead() {
        BufferedImage code = Pictures.code("EDGE TO EDGE", 290);
        int from = 0;
        while ((code.getRGB(from, from) & 0xff) > 0x80) {
            from++;
        }
        BufferedImage cut = code.getSubimage(from, from, 290 - 2 * from, 290 - 2 * from);
        assertThat(read(Pictures.png(Pictures.as(cut, BufferedImage.TYPE_INT_RGB))))
                .containsExactly("EDGE TO EDGE");
    }

    @Test
    void whatAPictureSaysOfItself_hasNoText() {
        PictureResult result = PictureReader.read(Pictures.png(Pictures.code("SECRET", 200)));
        assertThat(Pictures.texts(result)).containsExactly("SECRET");
        assertThat(result.toString()).doesNotContain("SECRET");
    }

    @Test
    void rows_areThoseThatSomebodySees() {
        Map<String, ReadingOrder.Place> found = new LinkedHashMap<>();
        found.put("d", new ReadingOrder.Place(50, 301, 100));
        found.put("b", new ReadingOrder.Place(400, 80, 100));
        found.put("c", new ReadingOrder.Place(800, 140, 100));
        found.put("a", new ReadingOrder.Place(100, 110, 100));
        assertThat(ReadingOrder.of(found)).containsExactly("a", "b", "c", "d");
    }
}

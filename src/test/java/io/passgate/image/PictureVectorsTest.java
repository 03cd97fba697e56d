package io.passgate.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.passgate.ThirdPartyVectors;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Pictures of others: what ZXing's own reader reads, and what their makers expect, is read. */
@ThirdPartyVectors.Needed
final class PictureVectorsTest {
    private static final String SUFFIX = "\\.(png|jpg|jpeg)$";

    /** The reference: slow, without a bound, over the whole picture. */
    private static Optional<String> byZxing(byte[] file) throws IOException {
        BufferedImage image = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(file)));
        int width = image.getWidth();
        int height = image.getHeight();
        var source = new RGBLuminanceSource(width, height, image.getRGB(0, 0, width, height, null, 0, width));
        try {
            return Optional.of(new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.TRY_HARDER, true))
                    .getText());
        } catch (ReaderException unread) {
            return Optional.empty();
        }
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*" + SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> whatZxingReads_isRead_andNothingElseIsSeen() throws IOException {
        Path folder = ThirdPartyVectors.folder("zxing-qr");
        return pictures(folder).stream()
                .map(file -> DynamicTest.dynamicTest(folder.relativize(file).toString(), () -> {
                    byte[] bytes = Files.readAllBytes(file);
                    List<String> texts = Pictures.read(bytes);
                    if (file.toString().contains("falsepositives")) {
                        assertThat(texts).isEmpty();
                        return;
                    }
                    byZxing(bytes).ifPresent(text -> assertThat(texts).contains(text));
                    Path expected = Path.of(file.toString().replaceFirst(SUFFIX, ".txt"));
                    if (Files.exists(expected) && !texts.isEmpty()) {
                        assertThat(texts).contains(Files.readString(expected));
                    }
                }));
    }

    /** As many as the makers of the set say ZXing reads, and some more. */
    @Test
    void ofEachSet_asManyAreRead() throws IOException {
        Map<String, Integer> least =
                Map.of("qrcode-1", 8, "qrcode-2", 14, "qrcode-3", 20, "qrcode-4", 20, "qrcode-5", 10, "qrcode-6", 7);
        for (Map.Entry<String, Integer> set : least.entrySet()) {
            int read = 0;
            for (Path file : pictures(ThirdPartyVectors.folder("zxing-qr").resolve(set.getKey()))) {
                read += Pictures.read(Files.readAllBytes(file)).isEmpty() ? 0 : 1;
            }
            assertThat(read).as(set.getKey()).isGreaterThanOrEqualTo(set.getValue());
        }
    }

    @Test
    void allFourCodesOfOnePicture_areRead() throws IOException {
        Path folder = ThirdPartyVectors.folder("zxing-qr").resolve("multi-qrcode-1");
        assertThat(Pictures.read(Files.readAllBytes(pictures(folder).getFirst())))
                .hasSize(4);
    }

    @TestFactory
    Stream<DynamicTest> everyCertificate_isRead_alsoThoseThatZxingDoesNot() {
        Path folder = ThirdPartyVectors.folder("eu-dcc-qa-images");
        JsonNode all = ThirdPartyVectors.json("eu-dcc-qa-images", "expected.json");
        return all.valueStream()
                .map(one -> DynamicTest.dynamicTest(one.path("image").textValue(), () -> {
                    Path file = folder.resolve(one.path("image").textValue());
                    List<String> texts = Pictures.read(Files.readAllBytes(file));
                    assertThat(texts).hasSize(1).allMatch(text -> text.startsWith("HC1:"));
                    if (one.hasNonNull("text")) {
                        assertThat(texts).containsExactly(one.path("text").textValue());
                    }
                }));
    }
}

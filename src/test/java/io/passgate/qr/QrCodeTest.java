package io.passgate.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.ReaderException;
import com.google.zxing.ResultMetadataType;
import io.passgate.Tools;
import io.passgate.Zbarimg;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every picture of a code is read as exactly its payload, by two readers that have nothing in common. */
final class QrCodeTest {
    private static final int SHORTEST_PASS = 150;
    private static final int LONGEST_PASS = 364;
    private static final long SEED = 20_210_712;

    private final Random random = new Random(SEED);

    private String pass() {
        return QrPictures.payload(random, "KP1:", SHORTEST_PASS + random.nextInt(LONGEST_PASS - SHORTEST_PASS + 1));
    }

    private String certificate() {
        return QrPictures.payload(random, "HC1:", 600 + random.nextInt(101));
    }

    private int anySize(int least) {
        return least + random.nextInt(QrPicture.MOST_PIXELS - least + 1);
    }

    private void assertRead(String payload, int pixels) {
        QrPicture picture = QrPictures.picture(QrCode.of(payload), pixels);
        String told = "%d characters, %d pixels, seed %d".formatted(payload.length(), pixels, SEED);
        assertThat(QrPictures.read(QrPictures.drawPng(picture.png()))).as(told).isEqualTo(payload);
        assertThat(QrPictures.read(QrPictures.drawSvg(picture.svg(), pixels)))
                .as(told)
                .isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 250, 300, 400, 500, 600})
    void aPass_isReadAtEveryUsualSize(int pixels) {
        for (int i = 0; i < 20; i++) {
            assertRead(pass(), pixels);
        }
        assertRead(QrPictures.payload(random, "KP1:", LONGEST_PASS), pixels);
        assertRead(QrPictures.payload(random, "KP1:", SHORTEST_PASS), pixels);
    }

    @Test
    void aPass_isReadAtAnySize() {
        for (int i = 0; i < 60; i++) {
            assertRead(pass(), anySize(QrPicture.LEAST_PIXELS));
        }
        assertRead(pass(), QrPicture.MOST_PIXELS);
    }

    @Test
    void aCertificate_isReadWhereItsModulesHaveTwoPixels() {
        for (int i = 0; i < 30; i++) {
            String certificate = certificate();
            assertRead(certificate, QrPicture.LEAST_PIXELS);
            assertRead(certificate, anySize(QrPicture.LEAST_PIXELS));
        }
    }

    @Test
    void everyCharacterOfTheAlphabet_isReadInEveryPlace() {
        String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        for (int i = 0; i < alphabet.length(); i++) {
            assertRead(alphabet.substring(i) + alphabet.substring(0, i), QrPicture.LEAST_PIXELS);
        }
        assertRead("%%%%%%%%", QrPicture.LEAST_PIXELS);
        assertRead(" ", QrPicture.LEAST_PIXELS);
    }

    /** By the standard's masks alone, one code in 20 is not: ZXing takes some of its data for a finder pattern. */
    @Test
    void everyCode_isReadWhicheverWayUp() {
        for (int i = 0; i < 200; i++) {
            String payload = pass();
            BufferedImage image = QrPictures.drawPng(
                    QrPictures.picture(QrCode.of(payload), 300).png());
            for (int quarterTurns = 0; quarterTurns < 4; quarterTurns++) {
                assertThat(QrPictures.read(image))
                        .as("payload %d of seed %d, %d quarter turns", i, SEED, quarterTurns)
                        .isEqualTo(payload);
                image = QrPictures.turned(image);
            }
        }
    }

    @Test
    void anSvgThatIsScaled_isRead() {
        for (int i = 0; i < 20; i++) {
            String payload = pass();
            String svg = QrPictures.picture(QrCode.of(payload), QrPicture.LEAST_PIXELS)
                    .svg();
            assertThat(QrPictures.read(QrPictures.drawSvg(svg, 301 + random.nextInt(500))))
                    .isEqualTo(payload);
        }
    }

    @Test
    void svgAndPng_areTheSamePicture() {
        for (int i = 0; i < 20; i++) {
            int pixels = anySize(QrPicture.LEAST_PIXELS);
            QrPicture picture = QrPictures.picture(QrCode.of(pass()), pixels);
            BufferedImage png = QrPictures.drawPng(picture.png());
            BufferedImage svg = QrPictures.drawSvg(picture.svg(), pixels);
            assertThat(svg.getRGB(0, 0, pixels, pixels, null, 0, pixels))
                    .isEqualTo(png.getRGB(0, 0, pixels, pixels, null, 0, pixels));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 250, 333, 400, 599, 1000})
    void theCode_isInTheMiddleOfItsQuietZone_withWholePixelsAModule(int pixels) {
        QrCode code = QrCode.of(pass());
        BufferedImage image =
                QrPictures.drawPng(QrPictures.picture(code, pixels).png());
        assertThat(image.getWidth()).isEqualTo(pixels);
        assertThat(image.getHeight()).isEqualTo(pixels);
        int before = 0;
        while (isLight(image, before)) {
            before++;
        }
        int after = 0;
        while (isLight(image, pixels - 1 - after)) {
            after++;
        }
        int modulePixels = pixels / (code.modules() + 8);
        assertThat(pixels - before - after).isEqualTo(code.modules() * modulePixels);
        assertThat(before).isGreaterThanOrEqualTo(4 * modulePixels);
        assertThat(after - before).isBetween(0, 1);
    }

    /** Whether row and column {@code at} are light throughout. */
    private static boolean isLight(BufferedImage image, int at) {
        for (int i = 0; i < image.getWidth(); i++) {
            if ((image.getRGB(i, at) & image.getRGB(at, i) & 0xffffff) != 0xffffff) {
                return false;
            }
        }
        return true;
    }

    @Test
    void errorCorrection_isOfLevelM() throws ReaderException {
        BufferedImage image =
                QrPictures.drawPng(QrPictures.picture(QrCode.of(pass()), 400).png());
        assertThat(QrPictures.result(image).getResultMetadata())
                .containsEntry(ResultMetadataType.ERROR_CORRECTION_LEVEL, "M");
    }

    @Test
    void theLongestPass_needsNoMoreThanItsVersion() {
        QrCode code = QrCode.of(QrPictures.payload(random, "KP1:", LONGEST_PASS), QrCode.ENTRY_PASS_MAX_VERSION);
        assertThat(code.version()).isLessThanOrEqualTo(13);
        assertThat(code.modules()).isEqualTo(17 + 4 * code.version());
    }

    /** ISO/IEC 18004 table 7: alphanumeric characters that a version holds at level M. */
    @ParameterizedTest
    @CsvSource({"1, 20", "10, 311", "11, 366", "13, 483", "17, 734", "40, 3391"})
    void aVersion_holdsWhatTheStandardSays(int version, int characters) {
        String fitting = QrPictures.payload(random, "", characters);
        assertThat(QrCode.of(fitting, version).version()).isEqualTo(version);
        assertThatThrownBy(() -> QrCode.of(fitting + "0", version))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(characters + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kp1:SECRET", "HC1:SECRET\n", "SECRÉT", "SECRET_"})
    void textOutsideTheAlphabet_isRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> QrCode.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("SECR");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 199, 1001, Integer.MAX_VALUE})
    void aSizeOutOfRange_isRefused(int pixels) {
        QrCode code = QrCode.of("KP1:");
        assertThatThrownBy(() -> code.at(pixels)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPictureTooSmallForItsCode_isRefusedWithTheSizeThatWillDo() {
        String payload = QrPictures.payload(random, "HC1:", 900);
        QrCode code = QrCode.of(payload);
        assertThat(code.version()).isEqualTo(19);
        assertThat(code.at(200)).isEqualTo(new QrDrawing.TooSmall(202));
        assertThat(code.at(201)).isEqualTo(new QrDrawing.TooSmall(202));
        assertRead(payload, 202);
    }

    @Test
    void theLargestCode_fitsTheLargestPicture() {
        assertRead(QrPictures.payload(random, "HC1:", 3391), QrPicture.MOST_PIXELS);
    }

    @Test
    void theTerminalDrawing_isReadAsThePayload_whateverTheTerminalsColours() {
        for (int i = 0; i < 20; i++) {
            String payload = pass();
            QrCode code = QrCode.of(payload);
            TerminalScreen screen = TerminalScreen.showing(code.terminal());
            assertThat(screen.columns()).isEqualTo(code.modules() + 8);
            assertThat(screen.rows()).isEqualTo((code.modules() + 9) / 2);
            assertThat(QrPictures.read(screen.picture(4))).isEqualTo(payload);
        }
    }

    @Test
    void aToken_isReadAsItIs_andWhatIsNotVisibleIsNoToken() {
        for (String text : List.of("Zm9v-_bar.~!", "a", "x".repeat(2_331))) {
            assertThat(QrPictures.read(
                            TerminalScreen.showing(QrCode.ofVisible(text).terminal())
                                    .picture(4)))
                    .isEqualTo(text);
        }
        for (String text : List.of("", "a b", "출입", "a\n", "x".repeat(2_332))) {
            assertThatThrownBy(() -> QrCode.ofVisible(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @Tools.Needed(Zbarimg.NAME)
    void everyPicture_isReadByZbarByteForByte(@TempDir Path folder) throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        List<String> payloads = new ArrayList<>();
        int[] usual = {200, 250, 300, 400, 500, 600};
        for (int i = 0; i < 60; i++) {
            String payload = i % 4 == 3 ? certificate() : pass();
            int pixels = i < 48 ? usual[i % usual.length] : anySize(QrPicture.LEAST_PIXELS);
            QrPicture picture = QrPictures.picture(QrCode.of(payload), pixels);
            Path png = folder.resolve("code%02d.png".formatted(i));
            Path svg = folder.resolve("drawn%02d.png".formatted(i));
            Files.write(png, picture.png());
            assertThat(ImageIO.write(QrPictures.drawSvg(picture.svg(), pixels), "png", svg.toFile()))
                    .isTrue();
            files.addAll(List.of(png, svg));
            payloads.addAll(List.of(payload, payload));
        }
        assertThat(Zbarimg.read(files)).isEqualTo(payloads);
    }
}

package io.passgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.passgate.testing.browser.CodePictures;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.TestBrowser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.teavm.backend.javascript.JSModuleType;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMToolException;
import org.teavm.vm.TeaVMOptimizationLevel;

/** ZXing in a browser reads what it reads here, and is built the same way twice. */
final class QrScriptTest {
    private static final Path BUILT = Path.of("target/classes/web/door/qr.js");
    private static final String HOST = "http://127.0.0.1:9";
    private static final long SEED = 20_210_712;
    private static final int FRAMES = 100;

    /** Has the page read all frames, and say what took how long. */
    private static final String READ_ALL = """
            async frames => {
              const {readOne, readAll} = await import('/qr.js');
              const texts = [];
              let ms = 0;
              let several = 0;
              for (let i = 0; i < frames; i++) {
                const bitmap = await createImageBitmap(await (await fetch('/' + i + '.png')).blob());
                const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
                const drawing = canvas.getContext('2d');
                drawing.drawImage(bitmap, 0, 0);
                const pixels = new Int8Array(drawing.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
                const start = performance.now();
                texts.push(readOne(pixels, bitmap.width, bitmap.height, true));
                ms += performance.now() - start;
                several += readAll(pixels, bitmap.width, bitmap.height).filter(text => text === texts[i]).length;
              }
              return {texts, ms: ms / frames, several};
            }""";

    @Test
    void aSecondBuild_givesTheSameBytes(@TempDir Path folder) throws IOException, TeaVMToolException {
        TeaVMTool tool = new TeaVMTool();
        tool.setClassLoader(QrScriptTest.class.getClassLoader());
        tool.setMainClass(QrScript.class.getName());
        var _ = tool.getTransformers().add(SupportedCharsets.class.getName());
        tool.setTargetType(TeaVMTargetType.JAVASCRIPT);
        tool.setJsModuleType(JSModuleType.ES2015);
        tool.setObfuscated(true);
        tool.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
        tool.setTargetDirectory(folder.toFile());
        tool.setTargetFileName("qr.js");
        tool.generate();
        assertThat(tool.getProblemProvider().getSevereProblems()).isEmpty();
        assertThat(folder.resolve("qr.js")).hasSameBinaryContentAs(BUILT);
    }

    @Test
    @NeedsBrowser
    void inABrowser_itReadsAtLeastWhatIsReadHere() throws IOException {
        Random random = new Random(SEED);
        List<String> written = new ArrayList<>();
        List<String> readHere = new ArrayList<>();
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            String text = CodePictures.text(random, 150 + random.nextInt(150));
            BufferedImage frame = CodePictures.hardFrame(text, random);
            written.add(text);
            readHere.add(read(frame));
            files.add(CodePictures.file(frame, "png"));
        }
        Map<?, ?> answer = readInBrowser(files);
        List<?> readThere = Objects.requireNonNull((List<?>) answer.get("texts"));
        List<String> lost = new ArrayList<>();
        int count = 0;
        for (int i = 0; i < FRAMES; i++) {
            assertThat(readHere.get(i)).isIn("", written.get(i));
            assertThat(readThere.get(i)).isIn("", written.get(i));
            if (!readHere.get(i).isEmpty()) {
                count++;
                if (!readHere.get(i).equals(readThere.get(i))) {
                    lost.add("frame " + i + " of seed " + SEED);
                }
            }
        }
        System.out.println(count + " of " + FRAMES + " frames here, "
                + readThere.stream().filter(text -> !text.equals("")).count() + " in the browser, " + answer.get("ms")
                + " ms each");
        assertThat(lost).isEmpty();
        assertThat(count).as("frames that are hard, and not hopeless").isBetween(FRAMES / 2, FRAMES - 1);
        assertThat((Integer) answer.get("several")).isGreaterThanOrEqualTo(count);
    }

    private static Map<?, ?> readInBrowser(List<byte[]> files) throws IOException {
        byte[] script = Files.readAllBytes(BUILT);
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page();
            page.route(HOST + "/**", route -> {
                String path = route.request().url().substring(HOST.length());
                Route.FulfillOptions answer = new Route.FulfillOptions().setStatus(200);
                switch (path) {
                    case "/" -> answer.setContentType("text/html").setBody("<!doctype html><title>frames</title>");
                    case "/qr.js" -> answer.setContentType("text/javascript").setBodyBytes(script);
                    case "/favicon.ico" ->
                        answer.setContentType("image/svg+xml").setBody("<svg/>");
                    default ->
                        answer.setContentType("image/png")
                                .setBodyBytes(files.get(Integer.parseInt(path.substring(1, path.indexOf('.')))));
                }
                route.fulfill(answer);
            });
            var _ = page.navigate(HOST + "/");
            return (Map<?, ?>) page.evaluate(READ_ALL, FRAMES);
        }
    }

    /** What ZXing's usual way reads. */
    private static String read(BufferedImage frame) {
        int width = frame.getWidth();
        int height = frame.getHeight();
        int[] pixels = frame.getRGB(0, 0, width, height, null, 0, width);
        Map<DecodeHintType, Object> hints = new EnumMap<>(DecodeHintType.class);
        hints.put(DecodeHintType.TRY_HARDER, true);
        hints.put(DecodeHintType.POSSIBLE_FORMATS, EnumSet.of(BarcodeFormat.QR_CODE));
        try {
            BinaryBitmap bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
            return new QRCodeReader().decode(bitmap, hints).getText();
        } catch (ReaderException none) {
            return "";
        }
    }
}

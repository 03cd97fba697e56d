package io.passgate.door;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.awt.image.BufferedImage.TYPE_INT_RGB;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.browser.CodePictures;
import io.passgate.testing.browser.DoorPage;
import io.passgate.testing.browser.DoorStage;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.TestBrowser;
import io.passgate.testing.gateway.IssuingGateways;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of the door by a camera that is a video of passes: what it reads, and how soon. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorCameraIT {
    private static final int PASSES = 8;
    private static final int SQUARE = 24;

    /**
     * Notes when a frame with a code comes into view, which the corner of the frame says, and when an answer is seen.
     */
    private static final String WATCH = """
            window.inView = [];
            window.seen = [];
            addEventListener('DOMContentLoaded', () => {
              const video = document.getElementById('video');
              const canvas = document.createElement('canvas');
              canvas.width = canvas.height = 1;
              const drawing = canvas.getContext('2d', {willReadFrequently: true});
              let wasLight = false;
              const look = () => {
                drawing.drawImage(video, 4, 4, 8, 8, 0, 0, 1, 1);
                const isLight = drawing.getImageData(0, 0, 1, 1).data[0] > 200;
                if (isLight && !wasLight) window.inView.push(performance.now());
                wasLight = isLight;
                video.requestVideoFrameCallback(look);
              };
              video.requestVideoFrameCallback(look);
              new MutationObserver(() => {
                if (document.getElementById('spoken').textContent !== '') {
                  requestAnimationFrame(() => window.seen.push(performance.now()));
                }
              }).observe(document.getElementById('spoken'), {childList: true});
            });""";

    @TempDir
    private static Path folder = Path.of("");

    private DoorStage stage;

    @BeforeAll
    void start() throws IOException, SQLException, InvalidConfig {
        stage = new DoorStage(folder);
        letSomebodyIn();
    }

    /** A door that is opened is hardly ever a gateway's first. */
    private void letSomebodyIn() {
        try (TestBrowser browser = TestBrowser.open()) {
            DoorPage door = DoorPage.open(browser.page(), stage, "en", "museum");
            door.scan(stage.pass(stage.complete()));
            door.isAnswered("accepted", "Fully vaccinated");
        }
    }

    @AfterAll
    void stop() throws IOException {
        stage.close();
    }

    private static BufferedImage marked(BufferedImage frame) {
        for (int y = 0; y < SQUARE; y++) {
            for (int x = 0; x < SQUARE; x++) {
                frame.setRGB(x, y, 0xffffff);
            }
        }
        return frame;
    }

    private static List<Double> numbers(Page page, String expression) {
        return ((List<?>) page.evaluate(expression))
                .stream().map(number -> ((Number) number).doubleValue()).toList();
    }

    private Path video() throws IOException {
        List<BufferedImage> frames = new ArrayList<>();
        for (String pass : stage.passes(PASSES)) {
            BufferedImage empty = CodePictures.emptyFrame();
            BufferedImage shown = marked(CodePictures.frame(CodePictures.code(pass, 340)));
            for (int i = 0; i < 50; i++) {
                frames.add(i < 20 ? empty : shown);
            }
        }
        return CodePictures.video(folder.resolve("passes.mjpeg"), 1, frames);
    }

    @ParameterizedTest
    @CsvSource({"1,400", "4,1500"})
    void passesBeforeTheCamera_areAnsweredSoon_andEachOnce(int slower, double mostAtTheMedian) throws IOException {
        try (TestBrowser browser = TestBrowser.withCamera(video())) {
            Page page = watched(browser, slower);
            assertThat(page.locator("#answer.accepted")).isVisible();
            DoorPage.pictureOf(page, "camera-answer");
            DoorPage.until(page, "window.seen.length >= " + PASSES);
            List<Double> took = took(numbers(page, "window.inView"), numbers(page, "window.seen"));
            System.out.println(slower + " times slower: from in view to answer in ms " + took);
            assertThat(took).hasSizeGreaterThanOrEqualTo(PASSES / 2);
            assertThat(took.get(took.size() / 2)).isLessThan(mostAtTheMedian);
        }
    }

    /** Of a page that has just been opened, by somebody whose token is kept on the device. */
    private Page watched(TestBrowser browser, int slower) {
        Page page = browser.page();
        TestBrowser.slow(page, slower);
        page.addInitScript(WATCH);
        page.addInitScript("localStorage.setItem('passgate.door.token', '" + IssuingGateways.token("museum") + "')");
        var _ = page.navigate(stage.address());
        return page;
    }

    /** The pass is before the camera when the page is opened: its first time, in a browser that has used the camera. */
    @ParameterizedTest
    @CsvSource({"1,3000", "4,10000"})
    void theFirstAnswer_comesSoonAfterThePageIsOpened(int slower, double mostMs) throws IOException {
        String pass = stage.pass(stage.complete());
        try (TestBrowser browser = TestBrowser.withCamera(still("first" + slower, CodePictures.code(pass, 340)))) {
            Page before = watched(browser, slower);
            DoorPage.until(before, "window.seen.length > 0");
            before.context().close();
            Page page = watched(browser, slower);
            DoorPage.until(page, "window.seen.length > 0");
            double first = numbers(page, "window.seen").getFirst();
            System.out.println(slower + " times slower: from opening the page to the first answer in ms " + first);
            assertThat(first).isLessThan(mostMs);
        }
    }

    /** From each code's coming into view to the next answer, the shortest first. */
    private static List<Double> took(List<Double> inView, List<Double> seen) {
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < inView.size(); i++) {
            double from = inView.get(i);
            double to = i + 1 < inView.size() ? inView.get(i + 1) : Double.MAX_VALUE;
            seen.stream().filter(at -> at > from && at < to).findFirst().ifPresent(at -> took.add(at - from));
        }
        return took.stream().sorted().toList();
    }

    @Test
    void aPassThatIsHeldThere_isOneCheckIn() throws IOException {
        String pass = stage.pass(stage.complete());
        try (TestBrowser browser = TestBrowser.withCamera(still("held", CodePictures.code(pass, 340)))) {
            Page page = browser.page();
            List<String> asked = asked(page);
            DoorPage door = DoorPage.open(page, stage, "en", "museum");
            door.isAnswered("accepted", "Fully vaccinated");
            door.next();
            assertThat(page.locator("#status")).hasText("This code has just been answered.");
            door.picture("door-same-code-en");
            DoorPage.pass(page, 6_000);
            assertThat(asked).hasSize(2).last().asString().contains(pass);
        }
    }

    /** At 360 pixels the modules of such a code are 4 and 5 wide, and in a still frame ZXing reads none of them. */
    @Test
    void aCodeThatOneSizeHides_isReadAtAnother_beforeTheCameraAndAsAPicture() throws IOException {
        String text = CodePictures.text(new Random(4), 550);
        BufferedImage hidden = CodePictures.scaled(CodePictures.code(text, 400), 360);
        try (TestBrowser browser = TestBrowser.withCamera(still("hidden", hidden))) {
            Page page = browser.page();
            List<String> asked = asked(page);
            DoorPage door = DoorPage.open(page, stage, "en", "museum");
            assertThat(door.answer()).isVisible();
            assertThat(asked).last().asString().contains(text);
        }
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page();
            List<String> asked = asked(page);
            DoorPage door = DoorPage.open(page, stage, "en", "museum");
            door.choose(CodePictures.file(CodePictures.frame(hidden), "png"));
            assertThat(door.answer()).isVisible();
            assertThat(asked).last().asString().contains(text);
        }
    }

    @Test
    void aTokenIsScannedOnce_andItsOwnCodeIsNoVisitor() throws IOException {
        String token = IssuingGateways.token("museum");
        try (TestBrowser browser = TestBrowser.withCamera(still("token", CodePictures.anyCode(token, 300)))) {
            Page page = browser.page();
            List<String> asked = asked(page);
            DoorPage door = DoorPage.asking(page, stage, "en");
            page.locator("#scanToken").click();
            DoorPage.until(
                    page,
                    "performance.getEntriesByType('resource').some(asked => asked.name.endsWith('/v1/check-ins'))");
            assertThat(page.locator("#status")).hasText("Please show a QR code to the camera.");
            DoorPage.pass(page, 1_000);
            assertThat(door.answer()).isHidden();
            assertThat(asked).containsExactly("{}");
            assertThat(page.evaluate("JSON.stringify(localStorage)").toString()).doesNotContain(token);
            assertThat(page.url()).isEqualTo(stage.address());
        }
    }

    @Test
    void theCamera_comesBackByItself_afterItWasTakenAway() throws IOException {
        try (TestBrowser browser = TestBrowser.withCamera(still("empty", new BufferedImage(9, 9, TYPE_INT_RGB)))) {
            Page page = browser.page();
            var _ = DoorPage.open(page, stage, "en", "museum");
            assertThat(page.locator("#status")).hasText("Please show a QR code to the camera.");
            var _ = page.evaluate("""
                    () => {
                      window.first = document.getElementById('video').srcObject;
                      window.first.getVideoTracks()[0].dispatchEvent(new Event('ended'));
                    }""");
            DoorPage.until(page, "(document.getElementById('video').srcObject ?? first) !== first");
            assertThat(page.locator("#status")).hasText("Please show a QR code to the camera.");
        }
    }

    @Test
    void lensesCanBeChosen_andALightIsOfferedWhereThereIsOne() {
        try (TestBrowser browser = TestBrowser.withCameras(2)) {
            Page page = browser.page();
            page.addInitScript("""
                    const track = MediaStreamTrack.prototype;
                    const abilities = track.getCapabilities;
                    track.getCapabilities = function () { return {...abilities.call(this), torch: true}; };
                    track.applyConstraints = async wanted => { window.lit = wanted.advanced[0].torch; };""");
            DoorPage door = DoorPage.open(page, stage, "en", "museum");
            assertThat(page.locator("#lens option")).hasCount(2);
            String other = page.locator("#lens option:not(:checked)").getAttribute("value");
            var _ = page.locator("#lens").selectOption(other);
            DoorPage.until(
                    page,
                    "document.getElementById('video').srcObject?.getVideoTracks()[0].getSettings().deviceId" + " === '"
                            + other + "'");
            assertThat(page.evaluate("localStorage.getItem('passgate.door.settings')")
                            .toString())
                    .contains(other);
            page.locator("#torch").click();
            assertThat(page.locator("#torch")).hasAttribute("aria-pressed", "true");
            assertThat(page.evaluate("window.lit")).isEqualTo(true);
            door.picture("door-lenses-en");
        }
    }

    @Test
    void theBrowsersOwnReader_isAskedFirst_whereThereIsOne() throws IOException {
        String pass = stage.pass(stage.complete());
        try (TestBrowser browser = TestBrowser.withCamera(still("own", CodePictures.code(pass, 340)))) {
            Page page = browser.page();
            page.route("**/code-worker.js", route -> {
                APIResponse served = route.fetch();
                route.fulfill(new Route.FulfillOptions().setResponse(served).setBody("""
                        self.BarcodeDetector = class {
                          static async getSupportedFormats() { return ['qr_code']; }
                          async detect() { return [{rawValue: 'READ BY THE BROWSER'}]; }
                        };
                        """ + served.text()));
            });
            List<String> asked = asked(page);
            DoorPage door = DoorPage.open(page, stage, "en", "museum");
            door.isAnswered("none", "This code is no certificate");
            assertThat(asked).last().asString().contains("READ BY THE BROWSER");
        }
    }

    private static Path still(String name, BufferedImage code) throws IOException {
        return CodePictures.video(folder.resolve(name + ".mjpeg"), 30, CodePictures.frame(code));
    }

    /** The bodies that the page sends from now on. */
    private static List<String> asked(Page page) {
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/v1/")) {
                asked.add(request.postData());
            }
        });
        return asked;
    }
}

package io.passgate.testing.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.util.List;

/** The page of the door, as somebody uses it who lets people in. */
public final class DoorPage {
    private static final Path PICTURES = Path.of("target/door");

    /** A hand scanner that types one code after another, so many milliseconds apart. */
    private static final String TYPE = """
            async ([codes, apart]) => {
              const key = (type, key) => (document.activeElement ?? document.body).dispatchEvent(
                new KeyboardEvent(type, {key, bubbles: true, cancelable: true}));
              for (const code of codes) {
                for (const character of [...code, 'Enter']) {
                  key('keydown', character);
                  key('keyup', character);
                }
                await new Promise(resolve => setTimeout(resolve, apart));
              }
            }""";

    private static final String UNTIL = """
            async () => {
              const end = performance.now() + 30_000;
              while (!(%s)) {
                if (performance.now() > end) throw new Error('it did not happen');
                await new Promise(resolve => setTimeout(resolve, 20));
              }
            }""";

    public final Page page;

    private DoorPage(Page page) {
        this.page = page;
    }

    /** Opens it and types a token. */
    public static DoorPage open(Page page, DoorStage stage, String language, String client) {
        DoorPage opened = asking(page, stage, language);
        opened.token("token-of-" + client);
        assertThat(page.locator("#door")).isVisible();
        return opened;
    }

    /** Opens it, where it asks for a token. */
    public static DoorPage asking(Page page, DoorStage stage, String language) {
        return asking(page, stage.address(), language);
    }

    /** The same at any gateway. */
    public static DoorPage asking(Page page, String address, String language) {
        var _ = page.navigate(address);
        DoorPage opened = new DoorPage(page);
        assertThat(page.locator("#tokenForm")).isVisible();
        opened.speak(language);
        return opened;
    }

    /** Types a token and sends it. */
    public void token(String token) {
        page.locator("#token").fill(token);
        page.locator("#tokenForm button[type=submit]").click();
    }

    /** Switches to a language, {@code ko} or {@code en}. */
    public void speak(String language) {
        if (!language.equals(page.locator("html").getAttribute("lang"))) {
            page.locator("#language").click();
        }
        assertThat(page.locator("html")).hasAttribute("lang", language);
    }

    /** Scans one code by hand. */
    public void scan(String code) {
        scan(List.of(code), 0);
    }

    /** Scans several, so many milliseconds apart. */
    public void scan(List<String> codes, int apartMs) {
        var _ = page.evaluate(TYPE, List.of(codes, apartMs));
    }

    /** Chooses a picture of a code. */
    public void choose(byte[] png) {
        page.locator("#picture").setInputFiles(new FilePayload("code.png", "image/png", png));
    }

    /** The answer over the whole screen. */
    public Locator answer() {
        return page.locator("#answer");
    }

    /** Waits for an answer of a kind with that headline. */
    public void isAnswered(String kind, String headline) {
        assertThat(answer()).hasClass(kind);
        assertThat(page.locator("#headline")).hasText(headline);
    }

    /** Goes on to the next visitor. */
    public void next() {
        page.locator("#next").click();
        assertThat(answer()).isHidden();
    }

    /** Waits in a page until something is so. Playwright's own way would have the page run a text, which ours do not. */
    public static void until(Page page, String condition) {
        var _ = page.evaluate(UNTIL.formatted(condition));
    }

    /** Waits so long by the page's clock. */
    public static void pass(Page page, int ms) {
        var _ = page.evaluate("ms => new Promise(resolve => setTimeout(resolve, ms))", ms);
    }

    /** Keeps what is seen as a picture to be looked at. */
    public void picture(String name) {
        pictureOf(page, name);
    }

    /** The same of a page that a test has opened itself. */
    public static void pictureOf(Page page, String name) {
        var _ = page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}

package io.passgate.door;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.browser.DoorPage;
import io.passgate.testing.browser.DoorStage;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.PageChecks;
import io.passgate.testing.browser.TestBrowser;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everybody can use the page of the door: axe finds nothing, small and enlarged windows hold it, keys are enough. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorAccessIT {
    /** Lets an answer stay until it is looked at, and the looks be as wanted. */
    private static final String SETTINGS =
            "localStorage.setItem('passgate.door.settings', JSON.stringify({stay: 0, large: %s, contrast: %s}))";

    private static final String KINDS = "button, input, select, h1, h2, p";

    @TempDir
    private static Path folder = Path.of("");

    private DoorStage stage;
    private TestBrowser browser;

    @BeforeAll
    void start() throws IOException, SQLException, InvalidConfig {
        stage = new DoorStage(folder);
        browser = TestBrowser.open();
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
        stage.close();
    }

    @ParameterizedTest
    @CsvSource({"ko,false,false", "en,false,false", "ko,true,true", "en,true,true"})
    void axeFindsNothing(String language, boolean isLarge, boolean isHighContrast) {
        Page page = browser.page(new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
        page.addInitScript(SETTINGS.formatted(isLarge, isHighContrast));
        String look = language + (isLarge ? "-large-contrast" : "");
        DoorPage door = DoorPage.asking(page, stage, language);
        PageChecks.isAccessible(page, "the token's form");
        door.picture("token-" + look);
        door.token("token-of-museum");
        assertThat(page.locator("#door")).isVisible();
        PageChecks.isAccessible(page, "the door");
        door.picture("door-" + look);
        for (String code : List.of(stage.pass(stage.complete()), "NOT A PASS AT ALL")) {
            door.scan(code);
            assertThat(door.answer()).isVisible();
            PageChecks.isAccessible(page, "an answer");
            door.picture("axe-" + (code.startsWith("NOT") ? "none-" : "accepted-") + look);
            door.next();
        }
        page.locator("#openSettings").click();
        PageChecks.isAccessible(page, "the settings");
        door.picture("settings-" + look);
        page.context().close();
    }

    @ParameterizedTest
    @CsvSource({"320,568,1,false", "320,568,1,true", "640,360,2,false", "640,360,2,true", "1280,800,1,false"})
    void smallAndEnlargedWindows_holdEverything(int width, int height, double zoom, boolean isLarge) {
        Page page = browser.page(
                new Browser.NewContextOptions().setViewportSize(width, height).setDeviceScaleFactor(zoom));
        page.addInitScript(SETTINGS.formatted(isLarge, false));
        String size = width + (isLarge ? "-large" : "");
        DoorPage door = DoorPage.asking(page, stage, "ko");
        PageChecks.fits(door.page, KINDS, "the token's form");
        door.picture("token-" + size);
        door.token("token-of-museum");
        assertThat(page.locator("#door")).isVisible();
        PageChecks.fits(door.page, KINDS, "the door");
        door.picture("door-" + size);
        door.scan(stage.pass(stage.person("2021-07-20")));
        assertThat(door.answer()).isVisible();
        PageChecks.fits(door.page, KINDS, "an answer");
        door.picture("answer-" + size);
        door.next();
        page.locator("#openSettings").click();
        PageChecks.fits(door.page, KINDS, "the settings");
        page.context().close();
    }

    @Test
    void keysAreEnough() {
        Page page = browser.page();
        page.addInitScript(SETTINGS.formatted(false, false));
        DoorPage door = DoorPage.asking(page, stage, "en");
        assertThat(page.locator("#token")).isFocused();
        page.keyboard().type("token-of-museum");
        page.keyboard().press("Enter");
        assertThat(page.locator("#door")).isVisible();
        tabTo(page, "language");
        page.keyboard().press("Enter");
        assertThat(page.locator("html")).hasAttribute("lang", "ko");
        tabTo(page, "openSettings");
        page.keyboard().press("Space");
        assertThat(page.locator("#settings")).isVisible();
        tabTo(page, "contrast");
        page.keyboard().press("Space");
        assertThat(page.locator("html")).hasClass("contrast");
        page.keyboard().press("Escape");
        assertThat(page.locator("#settings")).isHidden();
        assertThat(page.locator("#openSettings")).isFocused();
        door.scan("NOT A PASS AT ALL");
        door.isAnswered("none", "이 코드는 증명서가 아닙니다");
        assertThat(page.locator("#next")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.closest('main, header')"))
                .isNull();
        tabTo(page, "next");
        page.keyboard().press("Enter");
        assertThat(door.answer()).isHidden();
        assertThat(page.locator("#openSettings")).isFocused();
        door.scan("NOT A PASS EITHER");
        assertThat(door.answer()).isVisible();
        page.keyboard().press("Escape");
        assertThat(door.answer()).isHidden();
        tabTo(page, "pick");
        tabTo(page, "fullScreen");
    }

    private static void tabTo(Page page, String id) {
        for (int i = 0; i < 30; i++) {
            if (id.equals(page.evaluate("document.activeElement.id"))) {
                assertThat(page.evaluate("document.activeElement.matches(':focus-visible')"))
                        .as("%s shows that it has the focus", id)
                        .isEqualTo(true);
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("no key leads to " + id);
    }
}

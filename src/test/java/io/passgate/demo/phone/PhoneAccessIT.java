package io.passgate.demo.phone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Contrast;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.PageChecks;
import io.passgate.testing.browser.PhonePage;
import io.passgate.testing.browser.PhoneStage;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody can use the page of the phone: axe finds nothing, small and enlarged windows hold it, keys are enough. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PhoneAccessIT {
    private static final String RUNNING = """
            document.getAnimations().filter(animation => animation.playState === 'running').length""";

    private static final String KINDS = "button, input, label, legend, img, svg, h1, h2, h3, h4, p, li";

    @TempDir
    private static Path folder = Path.of("");

    private PhoneStage stage;
    private TestBrowser browser;

    @BeforeAll
    void start() throws IOException, SQLException, InvalidConfig {
        stage = new PhoneStage(folder);
        browser = TestBrowser.open();
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ko", "en"})
    void axeFindsNothing(String language) {
        Page page = browser.page(new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
        PhonePage phone = PhonePage.open(page, stage.address(), language);
        PageChecks.isAccessible(page, "the beginning");
        phone.keep("begin-" + language);
        phone.person("60");
        PageChecks.isAccessible(page, "the consent");
        phone.keep("consent-" + language);
        phone.consent();
        PageChecks.isAccessible(page, "the code");
        phone.keep("code-" + language);
        page.locator("#askAsStranger").click();
        assertThat(page.locator("#strangerSaid")).not().isEmpty();
        page.locator("#certify").click();
        assertThat(page.locator("#certificates img")).isVisible();
        page.locator("#dose0").click();
        assertThat(page.locator("#doses li")).hasCount(2);
        page.locator("#dose0").click();
        assertThat(page.locator("#problem")).not().isEmpty();
        PageChecks.isAccessible(page, "everything at once");
        phone.keep("everything-" + language);
        page.context().close();
    }

    @ParameterizedTest
    @CsvSource({"320,568,1,ko", "320,568,1,en", "640,360,2,ko", "640,360,2,en", "1280,800,1,ko"})
    void smallAndEnlargedWindows_holdEverything(int width, int height, double zoom, String language) {
        Page page = browser.page(
                new Browser.NewContextOptions().setViewportSize(width, height).setDeviceScaleFactor(zoom));
        PhonePage phone = PhonePage.open(page, stage.address(), language);
        PageChecks.fits(phone.page, KINDS, "the beginning");
        phone.person("60");
        PageChecks.fits(phone.page, KINDS, "the consent");
        phone.keep("consent-" + width + "-" + language);
        phone.consent();
        PageChecks.fits(phone.page, KINDS, "the code");
        page.locator("#certify").click();
        assertThat(page.locator("#certificates img")).isVisible();
        PageChecks.fits(phone.page, KINDS, "the certificates");
        phone.keep("code-" + width + "-" + language);
        assertThat(PhonePage.read(phone.code())).startsWith("KP1:");
        page.context().close();
    }

    @Test
    void whoWantsLessMotion_getsNone_andTheRestSeesTheMarkMove() {
        for (ReducedMotion motion : List.of(ReducedMotion.REDUCE, ReducedMotion.NO_PREFERENCE)) {
            Page page = browser.page(new Browser.NewContextOptions().setReducedMotion(motion));
            PhonePage phone = PhonePage.open(page, stage.address(), "en");
            phone.person("60");
            phone.consent();
            assertThat(((Number) page.evaluate(RUNNING)).intValue() > 0)
                    .as(motion.toString())
                    .isEqualTo(motion == ReducedMotion.NO_PREFERENCE);
            page.context().close();
        }
    }

    @Test
    void coloursThatSomebodyForces_leaveTheCodeReadable() {
        Page page = browser.page(new Browser.NewContextOptions()
                .setForcedColors(ForcedColors.ACTIVE)
                .setContrast(Contrast.MORE)
                .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
        PhonePage phone = PhonePage.open(page, stage.address(), "en");
        phone.person("60");
        phone.consent();
        assertThat(PhonePage.read(phone.code())).startsWith("KP1:");
        phone.keep("forced-colours");
    }

    @Test
    void keysAreEnough() {
        Page page = browser.page();
        PhonePage phone = PhonePage.open(page, stage.address(), "en");
        tabTo(page, "language");
        page.keyboard().press("Enter");
        assertThat(page.locator("html")).hasAttribute("lang", "ko");
        page.keyboard().press("Enter");
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        tabTo(page, "makePerson");
        page.keyboard().press("Enter");
        assertThat(page.locator("#consentTitle")).isFocused();
        tabTo(page, "giveAll");
        page.keyboard().press("Space");
        phone.awaitCode();
        assertThat(page.locator("#shownTitle")).isFocused();
        tabTo(page, "certify");
        page.keyboard().press("Enter");
        assertThat(page.locator("#walletTitle")).isFocused();
        tabTo(page, "closeWallet");
        page.keyboard().press("Enter");
        assertThat(page.locator("#certify")).isFocused();
        tabTo(page, "dose20");
        page.keyboard().press("Enter");
        phone.says("The QR code now shows 2 doses.");
        assertThat(page.locator("#dose20")).isFocused();
        tabTo(page, "askAsStranger");
        page.keyboard().press("Enter");
        assertThat(page.locator("#strangerSaid")).containsText("No QR code was given.");
        page.locator("#shownTitle").focus();
        tabTo(page, "withdraw");
        page.keyboard().press("Enter");
        assertThat(page.locator("#consentTitle")).isFocused();
        page.locator("input[name=provider]:checked").focus();
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("input[name=provider][value=naver]")).isChecked();
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

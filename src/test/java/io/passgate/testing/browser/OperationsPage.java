package io.passgate.testing.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.passgate.app.Gateway;
import java.nio.file.Path;

/** The page of operations, as somebody uses it who runs a gateway. */
public final class OperationsPage {
    private static final Path PICTURES = Path.of("target/operations");

    public final Page page;

    private OperationsPage(Page page) {
        this.page = page;
    }

    /** Opens it, and waits for its first answer. */
    public static OperationsPage open(Page page, Gateway gateway) {
        var _ = page.navigate(address(gateway));
        OperationsPage opened = new OperationsPage(page);
        assertThat(page.locator("#state")).not().hasClass("asking");
        return opened;
    }

    /** Where the page of a gateway is. */
    public static String address(Gateway gateway) {
        return "http://127.0.0.1:" + gateway.managementPort() + "/";
    }

    /** Switches to a language, {@code ko} or {@code en}. */
    public void speak(String language) {
        if (!language.equals(page.locator("html").getAttribute("lang"))) {
            page.locator("#language").click();
        }
        assertThat(page.locator("html")).hasAttribute("lang", language);
    }

    /** What the table of a plot says of a series now. */
    public Locator now(String plot, String series) {
        return page.locator("#plot-" + plot + " tr[data-series='" + series + "'] td")
                .first();
    }

    /** What is said of an alarm that is on. */
    public Locator alarm(String name) {
        return page.locator("#alarmsOn li[data-alarm='" + name + "']");
    }

    /** Waits until a series has a number above 0. */
    public void rises(String plot, String series) {
        DoorPage.until(
                page,
                "parseFloat(document.querySelector(`#plot-" + plot + " tr[data-series='" + series
                        + "'] td`)?.textContent) > 0");
    }

    /** Keeps all of the page as a picture to be looked at. */
    public void picture(String name) {
        var _ = page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** Keeps what is seen of a page that was opened from it. */
    public static void pictureOf(Page page, String name) {
        var _ = page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}

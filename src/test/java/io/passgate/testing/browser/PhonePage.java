package io.passgate.testing.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.passgate.image.PictureReader;
import io.passgate.image.PictureResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** The page of the phone, as somebody uses it who wants to be let in. */
public final class PhonePage {
    private static final Path PICTURES = Path.of("target/phone");

    /** Has its code drawn, and not covered. */
    private static final String HAS_CODE = "!document.getElementById('code').classList.contains('covered')"
            + " && document.getElementById('qr').naturalWidth > 0";

    public final Page page;

    private PhonePage(Page page) {
        this.page = page;
    }

    /** Opens it. */
    public static PhonePage open(Page page, String address, String language) {
        var _ = page.navigate(address);
        PhonePage opened = new PhonePage(page);
        opened.speak(language);
        return opened;
    }

    /** Switches to a language, {@code ko} or {@code en}. */
    public void speak(String language) {
        if (!language.equals(page.locator("html").getAttribute("lang"))) {
            page.locator("#language").click();
        }
        assertThat(page.locator("html")).hasAttribute("lang", language);
    }

    /** Makes a person whose first dose was so many days ago; {@code ""} for none. */
    public void person(String daysAgo) {
        page.locator("input[name=firstDose][value='" + daysAgo + "']").check();
        page.locator("#makePerson").click();
        assertThat(page.locator("#phone")).isVisible();
        assertThat(page.locator("#consent")).isVisible();
    }

    /** Chooses a provider. */
    public void provider(String name) {
        page.locator("input[name=provider][value=" + name + "]").check();
    }

    /** Consents to show everything, and waits for the code. */
    public void consent() {
        page.locator("#giveAll").click();
        awaitCode();
    }

    /** Waits until a code is shown. */
    public void awaitCode() {
        DoorPage.until(page, HAS_CODE);
    }

    /** Waits for the code after the one that is shown. */
    public void awaitNextCode() {
        var _ = page.evaluate("window.codeBefore = document.getElementById('qr').src");
        DoorPage.until(page, HAS_CODE + " && document.getElementById('qr').src !== window.codeBefore");
    }

    /** What the code shows, in words. */
    public List<String> doses() {
        return page.locator("#doses li").allTextContents();
    }

    /** What a camera sees of the code. */
    public byte[] code() {
        return page.locator("#qr").screenshot();
    }

    /** The same as a picture. */
    public BufferedImage picture(int pixels) {
        try {
            return CodePictures.scaled(ImageIO.read(new ByteArrayInputStream(code())), pixels);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What a picture of a code says. */
    public static String read(byte[] picture) {
        if (PictureReader.read(picture) instanceof PictureResult.Codes codes) {
            return codes.texts().getFirst();
        }
        throw new AssertionError("no code can be read");
    }

    /** Waits for what is said of what was done. */
    public void says(String words) {
        assertThat(page.locator("#status")).hasText(words);
    }

    /** Waits for what is said of what was not done. */
    public void complains(String words) {
        assertThat(page.locator("#problem")).hasText(words);
    }

    /** Keeps what is seen as a picture to be looked at. */
    public void keep(String name) {
        var _ = page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
    }
}

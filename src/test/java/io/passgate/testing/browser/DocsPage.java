package io.passgate.testing.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The page of the interface, as a developer uses it. */
public final class DocsPage {
    private static final String VERIFY = "#operations-Verification-verify";

    private final Page page;

    private DocsPage(Page page) {
        this.page = page;
    }

    /** Opens it. */
    public static DocsPage open(Page page, DoorStage stage) {
        var _ = page.navigate(stage.docsAddress());
        assertThat(page.locator(VERIFY)).isVisible();
        return new DocsPage(page);
    }

    /** Pastes a token. */
    public void authorize(String token) {
        page.locator(".btn.authorize").first().click();
        Locator dialog = page.locator(".dialog-ux .modal-ux");
        dialog.locator("input").fill(token);
        dialog.locator("button.authorize").click();
        dialog.locator("button.btn-done").click();
        assertThat(dialog).isHidden();
    }

    /** Sends a verification of one payload; gives the part of the page that shows the answer. */
    public Locator verify(String payload) {
        Locator operation = page.locator(VERIFY);
        operation.locator(".opblock-summary-control").click();
        operation.locator(".try-out__btn").click();
        operation.locator("textarea.body-param__text").fill("{\"payloads\":[\"" + payload + "\"]}");
        operation.locator(".execute").click();
        return operation.locator(".live-responses-table");
    }
}

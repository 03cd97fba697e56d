package io.passgate.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;

/** What holds for each of our pages, whatever it is for. */
public final class PageChecks {
    /** Of elements of these kinds, those that stand out of the window to a side. */
    private static final String TOO_WIDE = """
            kinds => [...document.querySelectorAll(kinds)]
              .filter(element => element.checkVisibility() && element.getClientRects().length > 0)
              .filter(element => {
                const {left, right} = element.getBoundingClientRect();
                return left < -1 || right > innerWidth + 1;
              }).map(element => element.id || element.textContent)""";

    private PageChecks() {}

    /** Axe finds nothing. */
    public static void isAccessible(Page page, String what) {
        List<Rule> found = new AxeBuilder(page).analyze().getViolations();
        assertThat(found.stream().map(rule -> rule.getId() + ": " + rule.getNodes()))
                .as(what)
                .isEmpty();
    }

    /** The window need not be scrolled to a side, and no element of these kinds stands out of it. */
    public static void fits(Page page, String kinds, String what) {
        assertThat(page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"))
                .as("%s needs no scrolling to the side", what)
                .isEqualTo(true);
        assertThat(page.evaluate(TOO_WIDE, kinds)).as(what).isEqualTo(List.of());
    }
}

package io.passgate.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a chapter becomes. */
final class ChapterPageTest {
    @Test
    void aHeading_hasTheIdThatLinksOfGitHubHave() {
        assertThat(ChapterPage.of("## A fault of the gateway\n\n### `a_b`, 2 % of it\n\n## A fault of the gateway\n"))
                .contains(
                        "<h2 id=\"a-fault-of-the-gateway\">",
                        "<h3 id=\"a_b-2--of-it\">",
                        "<h2 id=\"a-fault-of-the-gateway-1\">");
    }

    @Test
    void aLinkWithinTheChapter_stays_andOneElsewhereNamesItsFile() {
        assertThat(ChapterPage.of("[here](#a-b), [Signers](formats.md#signers), [docker/x.yml](../../../docker/x.yml),"
                        + " [a site](https://example.org/a)\n"))
                .contains("<p><a href=\"#a-b\">here</a>, Signers (formats.md), docker/x.yml, a site "
                        + "(https://example.org/a)</p>");
    }

    @Test
    void tablesAndCode_areShown_andHtmlIsNot() {
        assertThat(ChapterPage.of("| a | b |\n|---|---|\n| `x{y}` | 2 |\n\n<b onclick=\"x()\">no</b>\n"))
                .contains("<td><code>x{y}</code></td>", "&lt;b onclick=")
                .doesNotContain("<b onclick");
    }
}

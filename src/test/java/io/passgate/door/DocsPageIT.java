package io.passgate.door;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.browser.DocsPage;
import io.passgate.testing.browser.DoorPage;
import io.passgate.testing.browser.DoorStage;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.TestBrowser;
import io.passgate.testing.gateway.IssuingGateways;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the interface: it sends what is asked for, with a token that was pasted. */
@NeedsBrowser
final class DocsPageIT {
    @Test
    void aCall_isAnsweredToAPastedToken_whichIsForgottenWithThePage(@TempDir Path folder)
            throws IOException, SQLException, InvalidConfig {
        try (DoorStage stage = new DoorStage(folder);
                TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page();
            DocsPage docs = DocsPage.open(page, stage);
            docs.authorize(IssuingGateways.token("verifier"));
            assertThat(docs.verify(stage.pass(stage.complete()))).containsText("\"verdict\": \"accepted\"");
            DoorPage.pictureOf(page, "docs");
            assertThat(page.url()).doesNotContain("token");
            var _ = page.reload();
            assertThat(DocsPage.open(page, stage).verify("hello")).containsText("401");
        }
    }
}

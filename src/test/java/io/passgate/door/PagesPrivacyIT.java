package io.passgate.door;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.NeedleSearch;
import io.passgate.testing.browser.CodePictures;
import io.passgate.testing.browser.DocsPage;
import io.passgate.testing.browser.DoorPage;
import io.passgate.testing.browser.DoorStage;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.TestBrowser;
import io.passgate.testing.gateway.IssuingGateways;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a browser keeps nothing of a visitor: its whole profile, caches and history with it, is searched. */
@NeedsBrowser
final class PagesPrivacyIT {
    @Test
    void whatThePagesWereShown_isNowhereInTheBrowsersProfile(@TempDir Path folder)
            throws IOException, SQLException, InvalidConfig {
        Path profile = folder.resolve("profile");
        try (DoorStage stage = new DoorStage(Files.createDirectory(folder.resolve("stage")))) {
            NeedleSearch secrets = new NeedleSearch();
            List<String> passes = stage.passes(3);
            passes.forEach(pass -> secrets.add("a pass", pass));
            secrets.add("the token of museum", IssuingGateways.token("museum"));
            secrets.add("the token of verifier", IssuingGateways.token("verifier"));
            try (TestBrowser browser = TestBrowser.keeping(profile)) {
                DoorPage door = DoorPage.open(browser.page(), stage, "en", "museum");
                door.scan(passes.getFirst());
                door.isAnswered("accepted", "Fully vaccinated");
                door.next();
                byte[] picture = CodePictures.file(CodePictures.frame(CodePictures.code(passes.get(1), 400)), "png");
                door.page.locator("#picture").setInputFiles(new FilePayload("pass.png", "image/png", picture));
                door.isAnswered("accepted", "Fully vaccinated");
                DocsPage docs = DocsPage.open(browser.page(), stage);
                docs.authorize(IssuingGateways.token("verifier"));
                assertThat(docs.verify(passes.get(2))).containsText("\"verdict\": \"accepted\"");
            }
            assertThat(secrets.in(profile)).isEmpty();
            assertThat(new NeedleSearch()
                            .add("the day's count", "passgate.door.count")
                            .in(profile))
                    .as("the profile is what a browser keeps")
                    .isNotEmpty();
            try (TestBrowser browser = TestBrowser.keeping(profile)) {
                DoorPage door = DoorPage.asking(browser.page(), stage, "en");
                door.page.locator("#keepToken").check();
                door.token(IssuingGateways.token("museum"));
                assertThat(door.page.locator("#door")).isVisible();
            }
            assertThat(secrets.in(profile))
                    .as("what is kept is found")
                    .isNotEmpty()
                    .allMatch(found -> found.needle().equals("the token of museum"));
        }
    }
}

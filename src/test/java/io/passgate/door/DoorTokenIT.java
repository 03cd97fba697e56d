package io.passgate.door;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.browser.CodePictures;
import io.passgate.testing.browser.DoorPage;
import io.passgate.testing.browser.DoorStage;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.TestBrowser;
import io.passgate.testing.gateway.IssuingGateways;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The token of a door, what stays on its device, and pictures in place of a camera. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorTokenIT {
    private static final String KEPT = "localStorage.getItem('passgate.door.token')";

    /** Everything that a page could keep. */
    private static final String ALL_THAT_STAYS = """
            async () => JSON.stringify({
              local: {...localStorage},
              session: {...sessionStorage},
              cookies: document.cookie,
              caches: 'caches' in window ? await caches.keys() : [],
              databases: await indexedDB.databases(),
              history: history.state,
              address: location.href,
            })""";

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
    @CsvSource(
            delimiter = '|',
            value = {
                "ko|short|토큰이 아닙니다. 빈칸 없이 붙여 넣어 주세요.",
                "ko|nobody-has-this-token|등록되지 않은 토큰입니다. 다시 확인해 주세요.",
                "ko|token-of-verifier|시설용 토큰이 아닙니다.",
                "en|has a blank in it|This is no token. Please paste it without blanks.",
                "en|nobody-has-this-token|This token is not known. Please check it.",
                "en|token-of-verifier|This token is not one of a facility.",
            })
    void aWrongToken_isToldFromOneOfAnotherRole(String language, String token, String said) {
        DoorPage door = DoorPage.asking(browser.page(), stage, language);
        door.token(token);
        assertThat(door.page.locator("#tokenWrong")).hasText(said);
        assertThat(door.page.locator("#door")).isHidden();
        door.picture("token-wrong-" + language);
        door.page.context().close();
    }

    @Test
    void aTokenThatWorksNoMore_isAskedForAgain_andForgotten() {
        Page page = browser.page();
        page.addInitScript("localStorage.setItem('passgate.door.token', 'it-was-revoked-since')");
        DoorPage door = DoorPage.asking(page, stage, "en");
        assertThat(page.locator("#tokenWrong"))
                .hasText("This token works no more: it was revoked, or its time is over.");
        assertThat(page.evaluate(KEPT)).isNull();
        door.picture("token-ended-en");
    }

    @Test
    void aTokenThatEndsWhileTheDoorIsOpen_isNotTheVisitorsFault() {
        DoorPage door = DoorPage.open(browser.page(), stage, "ko", "museum");
        door.page.route(
                "**/v1/check-ins",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(401).setBody("{}")));
        door.scan(stage.pass(stage.complete()));
        door.isAnswered("unknown", "다시 시도해 주세요");
        door.next();
        assertThat(door.page.locator("#tokenForm")).isVisible();
        assertThat(door.page.locator("#tokenWrong")).hasText("이 토큰은 더 이상 쓸 수 없습니다. 취소되었거나 기간이 끝났습니다.");
    }

    @Test
    void aTokenThatIsRevokedOrOver_whileTheDoorIsOpen_isAskedForAgain() throws InvalidConfig {
        for (boolean isRevoked : new boolean[] {true, false}) {
            String facility = isRevoked ? "closing" : "short";
            String _ = stage.newToken(facility, Duration.ofMinutes(1));
            DoorPage door = DoorPage.open(browser.page(), stage, "en", facility);
            if (isRevoked) {
                stage.revoke(facility);
            } else {
                stage.country.time.advance(Duration.ofMinutes(2));
            }
            door.scan(stage.pass(stage.complete()));
            door.isAnswered("unknown", "Please try again");
            door.next();
            assertThat(door.page.locator("#tokenWrong"))
                    .hasText("This token works no more: it was revoked, or its time is over.");
            door.page.context().close();
        }
    }

    @Test
    void aTokenThatEndsWithinAWeek_isToldInTime() throws InvalidConfig {
        String _ = stage.newToken("library", Duration.ofDays(6));
        DoorPage door = DoorPage.open(browser.page(), stage, "en", "library");
        assertThat(door.page.locator("#tokenSoon")).containsText("This token ends on August 7, 2021");
        door.picture("token-soon-en");
        door.speak("ko");
        assertThat(door.page.locator("#tokenSoon")).containsText("2021년 8월 7일");
        DoorPage other = DoorPage.open(browser.page(), stage, "en", "museum");
        assertThat(other.page.locator("#tokenSoon")).isHidden();
    }

    @Test
    void aToken_isKeptOnTheDeviceOnlyWhereThatIsWished() {
        Page page = browser.page();
        DoorPage door = DoorPage.open(page, stage, "en", "museum");
        assertThat(page.evaluate(KEPT)).isNull();
        var _ = page.reload();
        assertThat(page.locator("#tokenForm")).isVisible();
        page.locator("#keepToken").check();
        door.token(IssuingGateways.token("museum"));
        assertThat(page.locator("#door")).isVisible();
        assertThat(page.evaluate(KEPT)).isEqualTo(IssuingGateways.token("museum"));
        var _ = page.reload();
        assertThat(page.locator("#door")).isVisible();
        page.locator("#openSettings").click();
        assertThat(page.locator("#tokenKept")).hasText("The token is kept on this device.");
        door.picture("settings-en");
        page.locator("#changeToken").click();
        assertThat(page.locator("#tokenForm")).isVisible();
        assertThat(page.evaluate(KEPT)).isNull();
    }

    @Test
    void nothingOfAVisitorStays() {
        Page page = browser.page();
        DoorPage door = DoorPage.open(page, stage, "en", "hospital");
        String pass = stage.pass(stage.complete());
        door.scan(pass);
        door.isAnswered("accepted", "Fully vaccinated");
        door.next();
        String stays = page.evaluate(ALL_THAT_STAYS).toString();
        assertThat(stays)
                .contains("passgate.door.count", "\"session\":{}", "\"cookies\":\"\"", "\"caches\":[]")
                .contains("\"databases\":[]", "\"history\":null", "\"address\":\"" + stage.address() + "\"")
                .doesNotContain(pass, pass.substring(8, 40), "token-of", "2021-06", "vaccin");
        assertThat(page.content()).doesNotContain(pass.substring(8, 40), "token-of", "2021-06");
    }

    @Test
    void aPictureThatIsChosenPastedOrDropped_isRead() {
        DoorPage door = DoorPage.open(browser.page(), stage, "en", "museum");
        door.page
                .locator("#picture")
                .setInputFiles(new FilePayload("pass.png", "image/png", picture(stage.pass(stage.complete()))));
        door.isAnswered("accepted", "Fully vaccinated");
        door.next();
        for (String how : new String[] {"paste", "drop"}) {
            var _ = door.page.evaluate(
                    """
                    ([how, file]) => {
                      const bytes = Uint8Array.from(atob(file), character => character.charCodeAt(0));
                      const data = new DataTransfer();
                      data.items.add(new File([bytes], 'pass.png', {type: 'image/png'}));
                      document.body.dispatchEvent(how === 'paste'
                        ? new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})
                        : new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
                    }""",
                    java.util.List.of(how, Base64.getEncoder().encodeToString(picture(stage.pass(stage.complete())))));
            door.isAnswered("accepted", "Fully vaccinated");
            door.next();
        }
        door.page
                .locator("#picture")
                .setInputFiles(
                        new FilePayload("empty.png", "image/png", CodePictures.file(CodePictures.emptyFrame(), "png")));
        door.isAnswered("none", "No QR code was found in the picture");
        door.next();
        door.page.locator("#picture").setInputFiles(new FilePayload("no.png", "image/png", new byte[] {1, 2, 3}));
        assertThat(door.page.locator("#status")).hasText("This picture cannot be read.");
        assertThat(door.page.locator("#count")).hasText("3");
    }

    private static byte[] picture(String pass) {
        return CodePictures.file(CodePictures.frame(CodePictures.code(pass, 400)), "png");
    }
}

package io.passgate.demo.phone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.passgate.demo.RunningDemo;
import io.passgate.testing.browser.CodePictures;
import io.passgate.testing.browser.DoorPage;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.PhonePage;
import io.passgate.testing.browser.TestBrowser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The story of July 2021 in two windows, as a visitor of {@code passgate demo} plays it: what the phone shows is held
 * to the door, as a picture and before a camera.
 */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PhoneStoryIT {
    private static final String MUSEUM = "museum";
    private static final String HOSPITAL = "hospital";

    /** Every answer stays until somebody goes on, and the rules are Korea's of today. */
    private static final String SETTINGS =
            "localStorage.setItem('passgate.door.settings', '{\"stay\": 0, \"policy\": \"kr\", \"language\": \"%s\"}')";

    @TempDir
    private static Path folder = Path.of("");

    private RunningDemo demo;
    private TestBrowser browser;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        demo = RunningDemo.start(folder.resolve("demo"), folder.resolve("err"));
        browser = TestBrowser.open();
    }

    @AfterAll
    void stop() throws InterruptedException {
        browser.close();
        demo.close();
    }

    /** What is said of each outcome, in one language. */
    private record Words(
            String accepted,
            String waiting,
            String refused,
            String incomplete,
            String used,
            String expired,
            String unknown,
            String none,
            String stranger) {
        static Words of(String language) {
            return language.equals("ko")
                    ? new Words(
                            "접종완료자입니다",
                            "아직 기다리는 기간입니다",
                            "입장할 수 없습니다",
                            "접종이 아직 완료되지 않았습니다.",
                            "이미 사용된 QR 코드입니다. 새 QR 코드를 보여 주세요.",
                            "유효 시간이 지난 QR 코드입니다. 새 QR 코드를 보여 주세요.",
                            "다시 시도해 주세요",
                            "이 코드는 증명서가 아닙니다",
                            "QR 코드를 받지 못했습니다. 등록된 휴대전화의 열쇠가 아닙니다.")
                    : new Words(
                            "Fully vaccinated",
                            "The waiting days are not over",
                            "No entry with this code",
                            "Vaccination is not complete yet.",
                            "This QR code has been used already. Please show a fresh one.",
                            "This QR code has run out. Please show a fresh one.",
                            "Please try again",
                            "This code is no certificate",
                            "No QR code was given. Its key is not that of the registered phone.");
        }
    }

    private DoorPage door(String client, String language) throws IOException {
        Page page = browser.page();
        page.addInitScript(SETTINGS.formatted(language));
        DoorPage door = DoorPage.asking(page, demo.verifying() + "/door", language);
        door.token(demo.token(client));
        assertThat(page.locator("#door")).isVisible();
        return door;
    }

    private static void isShown(
            DoorPage door, byte[] code, String kind, String headline, String detail, String picture) {
        door.choose(code);
        door.isAnswered(kind, headline);
        if (!detail.isEmpty()) {
            assertThat(door.page.locator("#detail")).hasText(detail);
        }
        DoorPage.pictureOf(door.page, "story-" + picture);
        door.next();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ko", "en"})
    void fromTheConsentToTheDoor(String language) throws IOException {
        Words words = Words.of(language);
        PhonePage phone = PhonePage.open(browser.page(), demo.phone().toString(), language);
        DoorPage museum = door(MUSEUM, language);
        DoorPage hospital = door(HOSPITAL, language);

        phone.person("60");
        phone.consent();
        assertThat(phone.doses()).hasSize(1);
        isShown(museum, phone.code(), "refused", words.refused, words.incomplete, "incomplete-" + language);

        phone.page.locator("#dose0").click();
        assertThat(phone.page.locator("#doses li")).hasCount(2);
        isShown(museum, phone.code(), "waiting", words.waiting, "", "waiting-" + language);

        phone.person("60");
        phone.provider("pass");
        phone.consent();
        phone.page.locator("#dose20").click();
        assertThat(phone.page.locator("#doses li")).hasCount(2);
        byte[] complete = phone.code();
        isShown(museum, complete, "accepted", words.accepted, "", "accepted-" + language);
        isShown(hospital, complete, "refused", words.refused, words.used, "used-" + language);
        assertThat(museum.page.locator("#count")).hasText("1");

        phone.page.locator("#askAsStranger").click();
        assertThat(phone.page.locator("#strangerSaid")).hasText(words.stranger);
        phone.keep("story-" + language);

        byte[] menu = CodePictures.file(CodePictures.anyCode("https://menu.example/table/7", 300), "png");
        isShown(museum, menu, "none", words.none, "", "none-" + language);

        phone.awaitNextCode();
        byte[] old = phone.code();
        filmed(phone, words, language);
        phone.awaitNextCode();
        isShown(museum, old, "refused", words.refused, words.expired, "expired-" + language);

        museum.page.route(
                "**/v1/check-ins",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setHeaders(Map.of("retry-after", "1"))
                        .setBody("{}")));
        isShown(museum, phone.code(), "unknown", words.unknown, "", "unknown-" + language);
        for (Page page : new Page[] {phone.page, museum.page, hospital.page}) {
            page.context().close();
        }
    }

    /** Holds a fresh code before the camera of another device, which is on already. */
    private void filmed(PhonePage phone, Words words, String language) throws IOException {
        Path video = folder.resolve(language + ".mjpeg");
        try (TestBrowser filming = TestBrowser.withCamera(video)) {
            phone.awaitNextCode();
            var _ = CodePictures.video(video, 30, CodePictures.frame(phone.picture(360)));
            Page page = filming.page();
            page.addInitScript(SETTINGS.formatted(language));
            page.addInitScript("localStorage.setItem('passgate.door.token', '" + demo.token(MUSEUM) + "')");
            var _ = page.navigate(demo.verifying() + "/door");
            assertThat(page.locator("#answer")).hasClass("accepted");
            assertThat(page.locator("#headline")).hasText(words.accepted);
            DoorPage.pictureOf(page, "story-camera-" + language);
        }
    }
}

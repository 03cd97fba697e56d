package io.passgate.door;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.browser.DoorPage;
import io.passgate.testing.browser.DoorStage;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.TestBrowser;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of the door says of each code, in both languages, as a gateway answers it. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorAnswersIT {
    private static final String MUSEUM = "museum";

    /** For so long a code is not asked again. */
    private static final int SAME_CODE_MS = 5_000;

    /** Counts the tones that the page plays. */
    private static final String COUNT_TONES = """
            window.tones = 0;
            const create = AudioContext.prototype.createOscillator;
            AudioContext.prototype.createOscillator = function () {
              window.tones++;
              return create.call(this);
            };""";

    /** Has every answer stay until somebody goes on, and the rules of Korea where they are wanted. */
    private static final String SETTINGS =
            "localStorage.setItem('passgate.door.settings', JSON.stringify({stay: 0, policy: '%s'}))";

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

    private DoorPage door(String language, String policy, String client) {
        Page page = browser.page();
        page.addInitScript(COUNT_TONES);
        page.addInitScript(SETTINGS.formatted(policy));
        return DoorPage.open(page, stage, language, client);
    }

    private static void isAnswered(DoorPage door, String kind, String headline, int tones, String picture) {
        door.isAnswered(kind, headline);
        assertThat(door.page.evaluate("window.tones")).as("tones of %s", kind).isEqualTo(tones);
        assertThat(door.page.locator("#spoken").textContent()).startsWith(headline + ". ");
        assertThat(door.page.locator("#answerIcon").getAttribute("src")).endsWith("/answer-" + kind + ".svg");
        DoorPage.until(door.page, "document.getElementById('answerIcon').naturalWidth > 0");
        door.picture(picture);
        var _ = door.page.evaluate("window.tones = 0");
        door.next();
        assertThat(door.page.locator("#headline").textContent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ko", "en"})
    void everyAnswer_hasItsScreenSoundAndWords(String language) {
        boolean isKorean = language.equals("ko");
        DoorPage door = door(language, "", MUSEUM);
        door.picture("door-" + language);
        String pass = stage.pass(stage.complete());
        door.scan(pass);
        isAnswered(door, "accepted", isKorean ? "접종완료자입니다" : "Fully vaccinated", 3, "answer-complete-" + language);
        door.scan(stage.pass(stage.person("2021-07-20")));
        isAnswered(door, "accepted", isKorean ? "출입이 확인되었습니다" : "Checked in", 3, "answer-accepted-" + language);
        assertThat(door.page.locator("#count")).hasText("2");
        DoorPage another = door(language, "", "cinema");
        another.scan(pass);
        isAnswered(
                another, "refused", isKorean ? "입장할 수 없습니다" : "No entry with this code", 2, "answer-used-" + language);
        assertThat(another.page.locator("#count")).hasText("0");
        for (String none : List.of("https://menu.example/table/7?lang=ko", "MENU 2021 TABLE 7")) {
            door.scan(none);
            isAnswered(
                    door,
                    "none",
                    isKorean ? "이 코드는 증명서가 아닙니다" : "This code is no certificate",
                    2,
                    "answer-none-" + language);
        }
        DoorPage strict = door(language, "kr", MUSEUM);
        strict.scan(stage.pass(stage.person("2021-06-01", "2021-07-25")));
        isAnswered(
                strict,
                "waiting",
                isKorean ? "아직 기다리는 기간입니다" : "The waiting days are not over",
                3,
                "answer-waiting-" + language);
        strict.scan(stage.pass(stage.person("2021-07-20")));
        isAnswered(
                strict,
                "refused",
                isKorean ? "입장할 수 없습니다" : "No entry with this code",
                2,
                "answer-incomplete-" + language);
        for (DoorPage used : List.of(door, another, strict)) {
            used.page.context().close();
        }
    }

    @Test
    void aPassThatHasRunOut_isRefusedInTheGatewaysWords() {
        DoorPage door = door("en", "", MUSEUM);
        String pass = stage.pass(stage.complete());
        stage.country.time.advance(Duration.ofSeconds(30));
        door.scan(pass);
        door.isAnswered("refused", "No entry with this code");
        assertThat(door.page.locator("#detail")).hasText("This QR code has run out. Please show a fresh one.");
        door.picture("answer-expired-en");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ko", "en"})
    void whatCannotBeTold_isNeverAboutTheVisitor_andIsAskedAgainByTheSameKey(String language) {
        DoorPage door = door(language, "", MUSEUM);
        List<String> keys = Collections.synchronizedList(new ArrayList<>());
        List<Integer> faults = new ArrayList<>(List.of(503, 0, 429, 500));
        door.page.route("**/v1/check-ins", route -> {
            keys.add(route.request().headers().get("idempotency-key"));
            int fault = faults.isEmpty() ? -1 : faults.removeFirst();
            switch (fault) {
                case -1 -> route.resume();
                case 0 -> route.abort();
                default ->
                    route.fulfill(new Route.FulfillOptions()
                            .setStatus(fault)
                            .setHeaders(Map.of("retry-after", "1"))
                            .setBody("{}"));
            }
        });
        String headline = language.equals("ko") ? "다시 시도해 주세요" : "Please try again";
        String pass = stage.pass(stage.complete());
        for (int i = 0; i < 2; i++) {
            door.scan(i == 0 ? pass : stage.pass(stage.complete()));
            door.isAnswered("unknown", headline);
            assertThat(door.page.locator("#detail").textContent())
                    .contains(language.equals("ko") ? "방문자의 잘못이 아닙니다" : "not the visitor's fault");
            door.picture("answer-unknown-" + language);
            door.next();
        }
        assertThat(keys).hasSize(4);
        assertThat(keys.get(0)).isEqualTo(keys.get(1)).hasSize(32).isNotEqualTo(keys.get(2));
        assertThat(keys.get(2)).isEqualTo(keys.get(3));
        DoorPage.pass(door.page, SAME_CODE_MS + 100);
        door.scan(pass);
        door.isAnswered("accepted", language.equals("ko") ? "접종완료자입니다" : "Fully vaccinated");
        assertThat(keys.getLast()).isEqualTo(keys.getFirst());
    }

    @Test
    void aCareFacility_seesTheDoses_andTheNextVisitorDoesNot() {
        DoorPage door = door("en", "", "hospital");
        door.scan(stage.pass(stage.complete()));
        door.isAnswered("accepted", "Fully vaccinated");
        assertThat(door.page.locator("#doses li").allTextContents())
                .containsExactly("Dose 1 of 2 · 2021-06-01", "Dose 2 of 2 · 2021-06-28");
        door.picture("answer-doses-en");
        door.next();
        assertThat(door.page.content()).doesNotContain("2021-06-28");
    }

    @Test
    void fiveCodesInASecond_areAnsweredOneByOne_andNoneIsLost() {
        Page page = browser.page();
        DoorPage door = DoorPage.open(page, stage, "en", MUSEUM);
        var _ = page.evaluate("""
                () => {
                  window.shown = [];
                  new MutationObserver(() => {
                    const said = document.getElementById('spoken').textContent;
                    if (said !== '') window.shown.push(said);
                  }).observe(document.getElementById('spoken'), {childList: true});
                }""");
        List<String> codes = new ArrayList<>(stage.passes(4));
        codes.add(2, "NOT A PASS AT ALL");
        door.scan(codes.stream().map(code -> " " + code + "\r").toList(), 200);
        DoorPage.until(page, "window.shown.length === 5");
        assertThat((List<?>) page.evaluate("window.shown"))
                .satisfiesExactly(
                        said -> assertThat(said.toString()).startsWith("Fully vaccinated"),
                        said -> assertThat(said.toString()).startsWith("Fully vaccinated"),
                        said -> assertThat(said.toString()).startsWith("This code is no certificate"),
                        said -> assertThat(said.toString()).startsWith("Fully vaccinated"),
                        said -> assertThat(said.toString()).startsWith("Fully vaccinated"));
        assertThat(page.locator("#count")).hasText("4");
    }

    @Test
    void keysOfARealKeyboard_areTakenToo_andNothingIsPressedByThem() {
        DoorPage door = door("en", "", MUSEUM);
        door.page.locator("#openSettings").focus();
        door.page.keyboard().type("HELLO 2021 WORLD\n");
        door.isAnswered("none", "This code is no certificate");
        assertThat(door.page.locator("#settings")).isHidden();
    }
}

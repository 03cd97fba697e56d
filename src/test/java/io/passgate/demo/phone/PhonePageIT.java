package io.passgate.demo.phone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.browser.DoorPage;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.PhonePage;
import io.passgate.testing.browser.PhoneStage;
import io.passgate.testing.browser.TestBrowser;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the phone, over a real gateway: consents, codes, keys, doses, and what stays on the device. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PhonePageIT {
    /** Everything that a page could keep, with what is known of each key. */
    private static final String ALL_THAT_STAYS = """
            async () => {
              const databases = await indexedDB.databases();
              const keys = await new Promise((resolve, reject) => {
                const opening = indexedDB.open('passgate.phone', 1);
                opening.onupgradeneeded = () => opening.result.createObjectStore('keys');
                opening.onerror = () => reject(opening.error);
                opening.onsuccess = () => {
                  const store = opening.result.transaction('keys').objectStore('keys');
                  const names = store.getAllKeys();
                  const pairs = store.getAll();
                  pairs.onsuccess = () => {
                    opening.result.close();
                    resolve(names.result.map((name, i) => [name, pairs.result[i].privateKey.extractable,
                      pairs.result[i].privateKey.algorithm.namedCurve].join(' ')));
                  };
                };
              });
              return JSON.stringify({
                local: {...localStorage},
                session: {...sessionStorage},
                cookies: document.cookie,
                caches: await caches.keys(),
                databases: databases.map(database => database.name),
                keys,
                history: history.state,
                address: location.href,
              });
            }""";

    @TempDir
    private static Path folder = Path.of("");

    private PhoneStage stage;
    private TestBrowser browser;

    @BeforeAll
    void start() throws IOException, SQLException, InvalidConfig {
        stage = new PhoneStage(folder);
        browser = TestBrowser.open();
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
        stage.close();
    }

    private PhonePage open(String language) {
        return PhonePage.open(browser.page(), stage.address(), language);
    }

    private JsonObject verified(PhonePage phone, Optional<String> policy) {
        return stage.country.verify(stage.gateway.port(), PhonePage.read(phone.code()), policy);
    }

    private static String daysAgo(int days) {
        return LocalDate.now(ZoneId.of("Asia/Seoul")).minusDays(days).toString();
    }

    private static JsonObject stays(Page page) {
        return new JsonObject(page.evaluate(ALL_THAT_STAYS).toString());
    }

    /** The proofs that a page sends from now on, by what they are for. */
    private static List<JsonObject> proofs(Page page) {
        List<JsonObject> proofs = Collections.synchronizedList(new ArrayList<>());
        page.onRequest(request -> Optional.ofNullable(request.headers().get("dpop"))
                .ifPresent(proof -> proofs.add(parts(request, proof))));
        return proofs;
    }

    private static JsonObject parts(Request request, String proof) {
        String[] parts = proof.split("\\.", 3);
        return new JsonObject()
                .put("for", request.url().replaceFirst(".*/", ""))
                .put("header", decoded(parts[0]))
                .put("claims", decoded(parts[1]));
    }

    private static JsonObject decoded(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kakao", "naver", "toss", "pass", "coov"})
    void afterAConsent_everyProviderShowsTheDose_byAKeyOfItsOwn_andAStrangersPhoneGetsNone(String provider) {
        PhonePage phone = open("en");
        List<JsonObject> proofs = proofs(phone.page);
        phone.person("60");
        phone.provider(provider);
        phone.consent();
        assertThat(phone.doses()).containsExactly("Dose 1 of 2 · " + daysAgo(60));
        assertThat(phone.page.locator("#qr").getAttribute("alt")).startsWith("Entry QR code of ");
        JsonObject verdict = verified(phone, Optional.of("kr"));
        assertThat(verdict.getString("verdict") + " " + verdict.getString("reason"))
                .isEqualTo("refused vaccination_incomplete");
        JsonObject first = proofs.getFirst();
        assertThat(proofs.stream().map(proof -> proof.getString("for"))).startsWith("devices", "passes");
        assertThat(first.getJsonObject("header").getJsonObject("jwk").fieldNames())
                .containsExactlyInAnyOrder("kty", "crv", "x", "y");
        assertThat(first.getJsonObject("claims").getString("htu")).isEqualTo("https://" + provider + ".example/entry");
        phone.page.locator("#askAsStranger").click();
        assertThat(phone.page.locator("#strangerSaid"))
                .hasText("No QR code was given. Its key is not that of the registered phone.");
        assertThat(proofs.getLast().getJsonObject("header")).isNotEqualTo(first.getJsonObject("header"));
        phone.keep("stranger-" + provider);
        assertThat(stays(phone.page).getJsonArray("keys")).containsExactly(provider + " false P-256");
        phone.page.context().close();
    }

    @Test
    void aCode_isFollowedByAFreshOne_beforeItRunsOut_andIsSaidOnce() {
        PhonePage phone = open("en");
        phone.person("60");
        var _ = phone.page.evaluate("""
                () => {
                  window.said = [];
                  window.covered = 0;
                  new MutationObserver(() => window.said.push(document.getElementById('status').textContent))
                    .observe(document.getElementById('status'), {childList: true, characterData: true, subtree: true});
                }""");
        phone.consent();
        String first = PhonePage.read(phone.code());
        phone.says("Consent given to KakaoTalk. The QR code is shown.");
        var _ = phone.page.evaluate("""
                () => new MutationObserver(() => window.covered++)
                  .observe(document.getElementById('code'), {attributes: true, attributeFilter: ['class']})""");
        phone.awaitNextCode();
        assertThat(PhonePage.read(phone.code())).startsWith("KP1:").isNotEqualTo(first);
        assertThat(phone.page.evaluate("window.said.filter(words => words !== '').length"))
                .isEqualTo(1);
        assertThat(phone.page.evaluate("document.getElementById('code').classList.contains('covered')"))
                .isEqualTo(false);
        assertThat(((Number) phone.page.evaluate("Number(document.getElementById('left').textContent)")).intValue())
                .isBetween(1, 15);
    }

    @Test
    void aPageThatNobodySees_asksForNothing_untilItIsSeenAgain() {
        PhonePage phone = open("en");
        List<JsonObject> proofs = proofs(phone.page);
        phone.person("60");
        phone.consent();
        var _ = phone.page.evaluate("""
                () => {
                  Object.defineProperty(document, 'hidden', {configurable: true, get: () => true});
                  document.dispatchEvent(new Event('visibilitychange'));
                }""");
        int asked = proofs.size();
        DoorPage.until(phone.page, "document.getElementById('code').classList.contains('covered')");
        DoorPage.pass(phone.page, 1_000);
        assertThat(proofs).hasSize(asked);
        phone.keep("covered");
        var _ = phone.page.evaluate("""
                () => {
                  delete document.hidden;
                  document.dispatchEvent(new Event('visibilitychange'));
                }""");
        phone.awaitCode();
        assertThat(proofs).hasSize(asked + 1);
    }

    @Test
    void forEntryOnly_nothingIsShown_andNoCertificateIsMade() {
        PhonePage phone = open("ko");
        phone.person("60");
        phone.provider("pass");
        phone.page.locator("#giveEntry").click();
        phone.awaitCode();
        assertThat(phone.doses()).containsExactly("없음: 출입만 합니다.");
        assertThat(verified(phone, Optional.empty()).getString("verdict")).isEqualTo("accepted");
        assertThat(verified(phone, Optional.of("kr")).getString("reason")).isEqualTo("no_record_shown");
        phone.page.locator("#certify").click();
        phone.complains("출입만 동의했으므로 증명서를 만들 수 없습니다.");
        phone.keep("entry-only-ko");
    }

    @Test
    void theSecondDose_isInTheNextCode_withoutAnybodysDoing() {
        PhonePage phone = open("en");
        phone.person("60");
        phone.consent();
        phone.page.locator("#dose20").click();
        phone.says("The QR code now shows 2 doses.");
        assertThat(phone.doses()).containsExactly("Dose 1 of 2 · " + daysAgo(60), "Dose 2 of 2 · " + daysAgo(20));
        assertThat(verified(phone, Optional.of("kr")).getString("verdict")).isEqualTo("accepted");
        phone.page.locator("#dose0").click();
        phone.complains("No dose can be recorded on that day. There are two, the second later than the first.");
        assertThat(phone.page.locator("#shown")).isVisible();
    }

    @Test
    void walletCertificates_areReadable_andAreGoneWhenTheyAreClosed() {
        PhonePage phone = open("en");
        phone.person("60");
        phone.provider("coov");
        phone.consent();
        phone.page.locator("#certify").click();
        phone.says("Certificates received: 1.");
        assertThat(phone.page.locator("#walletTitle")).isFocused();
        phone.keep("wallet-en");
        String certificate =
                PhonePage.read(phone.page.locator("#certificates img").screenshot());
        assertThat(certificate).startsWith("HC1:");
        assertThat(stage.country
                        .verify(stage.gateway.port(), certificate, Optional.empty())
                        .getString("verdict"))
                .isEqualTo("accepted");
        phone.page.locator("#closeWallet").click();
        assertThat(phone.page.locator("#wallet")).isHidden();
        assertThat(phone.page.locator("#certificates li")).hasCount(0);
    }

    @Test
    void whenAConsentIsWithdrawn_itsKeyAndItsCodeAreGone_andTheOthersStay() {
        PhonePage phone = open("en");
        phone.person("60");
        phone.consent();
        phone.provider("naver");
        phone.consent();
        assertThat(stays(phone.page).getJsonArray("keys")).hasSize(2);
        phone.page.locator("#withdraw").click();
        phone.says("Consent to Naver withdrawn. The key is deleted.");
        assertThat(phone.page.locator("#consentTitle")).isFocused();
        assertThat(phone.page.locator("#qr").getAttribute("src")).isNull();
        assertThat(stays(phone.page).getJsonArray("keys")).containsExactly("kakao false P-256");
        phone.provider("kakao");
        phone.awaitCode();
        phone.page.locator("#makePerson").click();
        assertThat(phone.page.locator("#consent")).isVisible();
        assertThat(stays(phone.page).getJsonArray("keys")).isEmpty();
    }

    @Test
    void nothingOfAPersonStays_norInAnyAddress() {
        Page page = browser.page();
        List<String> addresses = Collections.synchronizedList(new ArrayList<>());
        page.onRequest(request -> addresses.add(request.url()));
        PhonePage phone = PhonePage.open(page, stage.address(), "ko");
        phone.speak("en");
        phone.person("60");
        phone.consent();
        phone.page.locator("#certify").click();
        assertThat(phone.page.locator("#certificates img")).isVisible();
        JsonObject stays = stays(page);
        assertThat(stays.getJsonObject("local").getMap()).isEqualTo(Map.of("passgate.phone.language", "en"));
        assertThat(stays.getJsonObject("session")).isEmpty();
        assertThat(stays.getString("cookies")).isEmpty();
        assertThat(stays.getJsonArray("caches")).isEmpty();
        assertThat(stays.getJsonArray("databases")).containsExactly("passgate.phone");
        assertThat(stays.getValue("history")).isNull();
        assertThat(stays.getString("address")).isEqualTo(stage.address());
        assertThat(addresses.stream()
                        .filter(address -> !address.startsWith("blob:"))
                        .map(address -> address.replaceFirst("/web/[0-9a-f]{20}/", "/web/")))
                .allMatch(address -> address.matches("http://127\\.0\\.0\\.1:\\d+/(phone(/[a-z]+)?|web/[a-z.-]+)"));
    }

    @Test
    void aPhoneWhoseClockIsOff_provesItselfByTheProvidersTime() {
        Page page = browser.page();
        page.addInitScript("const real = Date.now; Date.now = () => real.call(Date) - 3_600_000;");
        PhonePage phone = PhonePage.open(page, stage.address(), "en");
        phone.person("60");
        phone.provider("pass");
        phone.consent();
        assertThat(phone.doses()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ko", "en"})
    void whenNothingCanBeTold_itIsNobodysFault_andTheCodeComesBackByItself(String language) {
        PhonePage phone = open(language);
        phone.person("60");
        phone.consent();
        AtomicBoolean isAway = new AtomicBoolean(true);
        phone.page.route("**/phone/*", route -> {
            if (isAway.get()) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setHeaders(Map.of("retry-after", "1"))
                        .setBody("{\"problem\":\"try-again\"}"));
            } else {
                route.resume();
            }
        });
        boolean isKorean = language.equals("ko");
        phone.complains(
                isKorean
                        ? "지금은 알 수 없습니다. 잠시 후 다시 시도합니다. 누구의 잘못도 아닙니다."
                        : "This cannot be told right now. The page tries again by itself. It is nobody's fault here.");
        DoorPage.until(phone.page, "document.getElementById('code').classList.contains('covered')");
        assertThat(phone.page.locator("#qr").getAttribute("src")).isNull();
        phone.keep("away-" + language);
        phone.page.locator("#askAsStranger").click();
        assertThat(phone.page.locator("#strangerSaid"))
                .containsText(isKorean ? "지금은 알 수 없습니다." : "This cannot be told right now.");
        isAway.set(false);
        phone.awaitCode();
        phone.complains("");
    }

    @Test
    void aPersonThatIsForgotten_isAskedForAnew() {
        PhonePage phone = open("en");
        phone.person("60");
        phone.page.route(
                "**/phone/consents",
                route -> route.fulfill(
                        new Route.FulfillOptions().setStatus(404).setBody("{\"problem\":\"person-unknown\"}")));
        phone.page.locator("#giveAll").click();
        phone.complains("This person is gone. Please make a new one.");
        assertThat(phone.page.locator("#phone")).isHidden();
    }

    @Test
    void theLanguage_isSwitchedEverywhere_andRemembered() {
        PhonePage phone = open("ko");
        phone.person("60");
        phone.consent();
        phone.says("카카오톡에 동의했습니다. QR 코드가 표시됩니다.");
        phone.page.locator("#askAsStranger").click();
        assertThat(phone.page.locator("#strangerSaid")).hasText("QR 코드를 받지 못했습니다. 등록된 휴대전화의 열쇠가 아닙니다.");
        phone.speak("en");
        phone.says("Consent given to KakaoTalk. The QR code is shown.");
        assertThat(phone.page.locator("#strangerSaid"))
                .hasText("No QR code was given. Its key is not that of the registered phone.");
        assertThat(phone.doses()).containsExactly("Dose 1 of 2 · " + daysAgo(60));
        assertThat(phone.page.title()).isEqualTo("QR check-in");
        var _ = phone.page.reload();
        assertThat(phone.page.locator("html")).hasAttribute("lang", "en");
        assertThat(phone.page.locator("#phone")).isHidden();
    }
}

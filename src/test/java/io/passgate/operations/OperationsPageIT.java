package io.passgate.operations;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.passgate.app.Gateway;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.TestStores;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.OperationsPage;
import io.passgate.testing.browser.PageChecks;
import io.passgate.testing.browser.TestBrowser;
import io.passgate.testing.gateway.RunningGateway;
import io.passgate.testing.gateway.SharedGateways;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of operations shows a load as it runs, and what is wrong; its alarms lead to their chapter. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperationsPageIT {
    private static final String STORE_DOWN = "PassgateStoreDown";

    private static final String ALL_THAT_STAYS = """
            async () => JSON.stringify({
              local: {...localStorage},
              session: {...sessionStorage},
              cookies: document.cookie,
              caches: 'caches' in window ? await caches.keys() : [],
              databases: await indexedDB.databases(),
            })""";

    private static final String DRAWN = """
            [...document.querySelectorAll('.plot canvas')].filter(canvas => canvas.getContext('2d')
              .getImageData(0, 0, canvas.width, canvas.height).data.some(byte => byte !== 0)).length""";

    private static final String KINDS = "button, a, h1, h2, h3, p, li, summary, th, td, code, canvas";

    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private TestBrowser browser;
    private SharedGateways all;
    private Gateway gateway;

    @BeforeAll
    void startServers() throws IOException {
        stores = new TestStores(folder);
        browser = TestBrowser.open();
    }

    @AfterAll
    void stopServers() throws IOException {
        browser.close();
        stores.close();
    }

    @BeforeEach
    void start() throws IOException, SQLException, InvalidConfig {
        stores.empty();
        all = new SharedGateways(stores, Files.createTempDirectory(folder, "gateways"));
        all.time.set(Instant.now());
        gateway = all.gateway("");
    }

    @AfterEach
    void stop() {
        all.close();
    }

    private OperationsPage open(Browser.NewContextOptions options) {
        return OperationsPage.open(browser.page(options), gateway);
    }

    private OperationsPage open() {
        return open(new Browser.NewContextOptions().setViewportSize(1_280, 900));
    }

    private void loseRedis(OperationsPage operations) {
        stores.redis.kill();
        assertThat(operations.alarm(STORE_DOWN)).isVisible();
    }

    /** Sends verifications, one after another, until it is closed. */
    private final class Load implements AutoCloseable {
        private final Thread sender = Thread.ofPlatform().start(this::send);
        private volatile boolean isOver;

        private void send() {
            while (!isOver) {
                var _ = all.verify(gateway, all.card);
                var _ = all.verify(gateway, "NOT A CERTIFICATE");
            }
        }

        @Override
        public void close() {
            isOver = true;
            try {
                sender.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    @Test
    void aLoad_isSeenAsItRuns_andNothingOfItIsKeptOrAskedElsewhere() {
        Page page = browser.page(new Browser.NewContextOptions().setViewportSize(1_280, 900));
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        page.onRequest(request -> asked.add(request.url()));
        OperationsPage operations = OperationsPage.open(page, gateway);
        assertThat(page.locator("#word")).hasText("Ready");
        assertThat(operations.alarm(STORE_DOWN)).isHidden();
        try (Load _ = new Load()) {
            operations.rises("requests", "2xx");
            operations.rises("verdicts", "accepted");
            operations.rises("verdicts", "not_a_credential");
            operations.rises("answers", "p50");
            operations.rises("answers", "p99");
            operations.rises("batch", "mean");
            // Enough of it to be looked at.
            operations.page.waitForCondition(
                    () -> asked.stream().filter(url -> url.endsWith("/metrics")).count() >= 8);
            operations.picture("load");
        }
        assertThat(operations.now("stores", "redis")).hasText("reachable");
        assertThat(operations.now("stores", "postgresql")).hasText("reachable");
        assertThat(operations.now("clock", "postgresql")).hasText(Pattern.compile("[0-9.,]+ s"));
        assertThat(operations.now("feedLag", "lag")).hasText("0");
        assertThat(operations.now("queue", "verification")).hasText(Pattern.compile("[0-9]+"));
        assertThat(page.locator(".plot")).hasCount(9);
        assertThat(page.evaluate(DRAWN)).isEqualTo(9);
        assertThat(operations.now("requests", "2xx")).hasText("0/s");
        assertThat(page.evaluate(ALL_THAT_STAYS))
                .isEqualTo("{\"local\":{},\"session\":{},\"cookies\":\"\",\"caches\":[],\"databases\":[]}");
        String address = OperationsPage.address(gateway);
        assertThat(asked).hasSizeGreaterThan(20).allMatch(url -> url.startsWith(address));
        assertThat(asked.stream()
                        .map(url -> url.substring(address.length() - 1).replaceFirst("/[0-9a-f]{20}/.*", "/"))
                        .distinct())
                .containsExactlyInAnyOrder("/", "/web/", "/metrics", "/health/ready");
        page.context().close();
    }

    @Test
    void aGatewayThatStandsAlone_hasNoAlarm_andSaysWhatItDoesNotMeasure() throws IOException {
        try (RunningGateway alone = new RunningGateway(Files.createTempDirectory(folder, "alone"))) {
            OperationsPage operations = OperationsPage.open(browser.page(), alone.gateway);
            assertThat(operations.page.locator("#word")).hasText("Ready");
            assertThat(operations.page.locator("#plot-answers tbody tr")).hasCount(2);
            assertThat(operations.page.locator("#plot-stores")).containsText("This gateway does not measure it.");
            assertThat(operations.alarm("PassgateSignerExpires")).containsText("by tomorrow");
            assertThat(operations.page.locator("#alarmsOn li")).hasCount(1);
            operations.picture("alone");
            operations.page.context().close();
        }
    }

    @Test
    void aStoreOutOfReach_isAnAlarm_thatLeadsToItsChapter_untilItIsBack() throws IOException {
        OperationsPage operations = open();
        loseRedis(operations);
        assertThat(operations.alarm(STORE_DOWN)).containsText("A store is out of reach");
        assertThat(operations.alarm(STORE_DOWN)).containsText("redis 0");
        assertThat(operations.now("stores", "redis")).hasText("out of reach");
        assertThat(operations.page.locator("#warningList")).containsText("Redis is out of reach");
        assertThat(operations.page.locator("#word")).hasText("Ready");
        assertThat(operations.page.locator("#heard")).containsText("A store is out of reach");
        operations.picture("redis-down");
        Page chapter = operations.page.waitForPopup(
                () -> operations.alarm(STORE_DOWN).locator("a").click());
        assertThat(chapter).hasURL(OperationsPage.address(gateway) + "chapter#a-store-is-out-of-reach");
        assertThat(chapter.locator("h3:target")).hasText("A store is out of reach");
        assertThat(chapter.locator("h3:target")).isInViewport();
        OperationsPage.pictureOf(chapter, "chapter");
        PageChecks.isAccessible(chapter, "the chapter");
        chapter.close();
        stores.redis.start();
        assertThat(operations.alarm(STORE_DOWN)).isHidden();
        assertThat(operations.page.locator("#warnings")).isHidden();
        operations.page.context().close();
    }

    @Test
    void aGatewayThatIsNotReady_saysWhy_andOneThatIsGone_isSaidToBe() throws IOException, InterruptedException {
        OperationsPage operations = open();
        stores.redis.kill();
        stores.postgresql.kill();
        all.time.advance(Duration.ofHours(73));
        assertThat(operations.page.locator("#word")).hasText("Not ready");
        assertThat(operations.page.locator("#reasonList li").first()).isVisible();
        assertThat(operations.alarm("PassgateTrustStale")).isVisible();
        assertThat(operations.alarm("PassgateRevocationsStale")).isVisible();
        assertThat(operations.page.locator("#alarmsOn li").first()).hasClass("page");
        operations.picture("not-ready");
        gateway.close();
        assertThat(operations.page.locator("#word")).hasText("No answer");
        assertThat(operations.page.locator("#detail")).hasText(Pattern.compile("No answer since [1-9][0-9]* s\\. .*"));
        operations.picture("no-answer");
        operations.page.context().close();
    }

    @Test
    void everyAlarm_isListed_withItsStateAndItsLink() {
        OperationsPage operations = open();
        operations.page.locator("#alarmsAll").click();
        assertThat(operations.page.locator("#alarmTable tbody tr")).hasCount(22);
        assertThat(operations.page.locator("#alarmTable tr[data-alarm=PassgateLag] .state"))
                .hasText("off");
        assertThat(operations.page.locator("#alarmTable tr[data-alarm=PassgateTlsCertificateExpires] .state"))
                .hasText("not measured");
        assertThat(operations.page.locator("#alarmTable tr[data-alarm=PassgateGatewayDown] .state"))
                .hasText("not measured");
        assertThat(operations.page.locator("#alarmTable tr[data-alarm=PassgateShedding] .state"))
                .hasText("off");
        List<?> links = (List<?>) operations.page.evaluate("""
                async () => {
                  const chapter = new DOMParser().parseFromString(await (await fetch('/chapter')).text(), 'text/html');
                  return [...document.querySelectorAll('main a')].map(link => new URL(link.href))
                    .filter(({pathname, hash}) => pathname !== '/chapter' || !chapter.getElementById(hash.slice(1)))
                    .map(String);
                }""");
        assertThat(links).isEmpty();
        operations.page.context().close();
    }

    @ParameterizedTest
    @CsvSource({"ko,LIGHT", "en,LIGHT", "ko,DARK", "en,DARK"})
    void axeFindsNothing_inEitherLanguage_byDayAndByNight(String language, ColorScheme scheme) {
        OperationsPage operations = open(new Browser.NewContextOptions()
                .setViewportSize(1_280, 900)
                .setColorScheme(scheme)
                .setLocale(language.equals("ko") ? "ko-KR" : "en-GB"));
        assertThat(operations.page.locator("html")).hasAttribute("lang", language);
        PageChecks.isAccessible(operations.page, "a good day");
        loseRedis(operations);
        operations.page.locator("#alarmsAll").click();
        PageChecks.isAccessible(operations.page, "a bad day");
        operations.picture(language + "-" + scheme);
        operations.page.context().close();
    }

    @ParameterizedTest
    @CsvSource({"320,568,1", "640,360,2", "1920,1080,1"})
    void smallAndEnlargedWindows_holdEverything(int width, int height, double zoom) {
        OperationsPage operations = open(
                new Browser.NewContextOptions().setViewportSize(width, height).setDeviceScaleFactor(zoom));
        loseRedis(operations);
        operations.page.locator("#alarmsAll").click();
        for (String language : List.of("en", "ko")) {
            operations.speak(language);
            PageChecks.fits(operations.page, KINDS, language);
            operations.picture(width + "-" + language);
        }
        var _ = operations.page.navigate(OperationsPage.address(gateway) + "chapter");
        assertThat(operations.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        OperationsPage.pictureOf(operations.page, "chapter-" + width);
        operations.page.context().close();
    }

    @Test
    void keysAreEnough() {
        OperationsPage operations = open();
        Page page = operations.page;
        loseRedis(operations);
        tabTo(page, "document.activeElement.id === 'language'");
        page.keyboard().press("Enter");
        assertThat(page.locator("html")).hasAttribute("lang", "ko");
        assertThat(operations.alarm(STORE_DOWN)).containsText("저장소에 연결할 수 없습니다");
        page.keyboard().press("Space");
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        tabTo(page, "document.activeElement.closest('li')?.dataset.alarm === '" + STORE_DOWN + "'");
        Page chapter = page.waitForPopup(() -> page.keyboard().press("Enter"));
        assertThat(chapter).hasURL(Pattern.compile(".*#a-store-is-out-of-reach"));
        chapter.close();
        tabTo(page, "document.activeElement.id === 'alarmsAll'");
        page.keyboard().press("Enter");
        assertThat(page.locator("#alarmTable")).isVisible();
        tabTo(page, "document.activeElement.closest('tr')?.dataset.alarm === 'PassgateLag'");
        page.context().close();
    }

    private static void tabTo(Page page, String isThere) {
        for (int i = 0; i < 40; i++) {
            if (page.evaluate(isThere).equals(true)) {
                assertThat(page.evaluate("document.activeElement.matches(':focus-visible')"))
                        .as("it shows that it has the focus")
                        .isEqualTo(true);
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("no key leads to where " + isThere);
    }
}

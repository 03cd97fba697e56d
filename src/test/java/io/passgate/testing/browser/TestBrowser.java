package io.passgate.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.passgate.Tools;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A chromium without a window. Playwright drives it by a node of its own, and downloads nothing. One thread.
 *
 * <p>Closing it fails if a page had an error, broke its content security policy, or asked another host.
 */
public final class TestBrowser implements AutoCloseable {
    /** Its name among the {@link Tools}. */
    public static final String CHROMIUM = "chromium";

    /** A busy machine is slow, and what is to be seen stays for seconds only where a test lets it. */
    private static final double PATIENCE_MS = 20_000;

    private final Playwright playwright;
    private final Function<Browser.NewContextOptions, BrowserContext> contexts;
    private final AutoCloseable browser;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    private TestBrowser(List<String> options, Optional<Path> profile) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        List<String> all = new ArrayList<>(options);
        // Root has no sandbox; the pages are our own. A container's /dev/shm may be small.
        all.addAll(List.of("--no-sandbox", "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required"));
        Path chromium = Path.of(Tools.command(CHROMIUM));
        if (profile.isPresent()) {
            BrowserContext kept = playwright
                    .chromium()
                    .launchPersistentContext(
                            profile.get(),
                            new BrowserType.LaunchPersistentContextOptions()
                                    .setExecutablePath(chromium)
                                    .setArgs(all));
            contexts = _ -> kept;
            browser = kept;
        } else {
            Browser fresh = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium)
                            .setArgs(all));
            contexts = fresh::newContext;
            browser = fresh;
        }
    }

    /** One without a camera. */
    public static TestBrowser open() {
        return new TestBrowser(List.of(), Optional.empty());
    }

    /** One that keeps what a person's browser keeps, in a folder; all its pages share it. */
    public static TestBrowser keeping(Path profile) {
        return new TestBrowser(List.of(), Optional.of(profile));
    }

    /** One whose camera shows a video over and over, and may be used by every page. */
    public static TestBrowser withCamera(Path video) {
        return new TestBrowser(
                List.of(
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--use-file-for-fake-video-capture=" + video.toAbsolutePath()),
                Optional.empty());
    }

    /** One with several cameras, which show a pattern. */
    public static TestBrowser withCameras(int count) {
        return new TestBrowser(
                List.of("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream=device-count=" + count),
                Optional.empty());
    }

    /** Has a page run so many times slower than this machine, as on an old phone. */
    public static void slow(Page page, int times) {
        JsonObject rate = new JsonObject();
        rate.addProperty("rate", times);
        var _ = page.context().newCDPSession(page).send("Emulation.setCPUThrottlingRate", rate);
    }

    /** A page that nobody has opened before: with a storage and a cache of its own. */
    public Page page(Browser.NewContextOptions options) {
        BrowserContext context = contexts.apply(options);
        context.setDefaultTimeout(PATIENCE_MS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        Page page = context.newPage();
        page.onPageError(error -> faults.add(error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                faults.add(message.text());
            }
        });
        page.onRequest(request -> {
            URI asked = URI.create(request.url().split("[?#]", 2)[0]);
            if (asked.getHost() != null && !asked.getHost().equals("127.0.0.1")) {
                faults.add("asked " + asked.getHost());
            }
        });
        return page;
    }

    /** The same in a window of the usual size. */
    public Page page() {
        return page(new Browser.NewContextOptions());
    }

    @Override
    public void close() {
        try {
            browser.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
        playwright.close();
        assertThat(faults).isEmpty();
    }
}

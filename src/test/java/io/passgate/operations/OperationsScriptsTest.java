package io.passgate.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.TestBrowser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of the page of operations one by one, with scrapes and a clock of the test's own. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperationsScriptsTest {
    private static final Path FOLDER = Path.of("target/classes/web/operations");
    private static final String HOST = "http://127.0.0.1:9";

    /** What the tests below have at hand: the scripts, and looks at a gateway, each of seconds and a scrape. */
    private static final String BEGIN = """
            async given => {
              const {parse} = await import('/metrics.js');
              const {Counters, quantile} = await import('/rates.js');
              const {PLOTS, Points} = await import('/series.js');
              const {Alarm} = await import('/alarms.js');
              const {ALARMS} = await import('/alarm-rules.js');
              const {Poller} = await import('/poller.js');
              const counters = new Counters();
              const look = (seconds, scrape) => counters.take(parse(scrape), seconds * 1_000);
              const plotted = (id, ...looks) => {
                const points = new Points(PLOTS.find(plot => plot.id === id));
                looks.forEach(([seconds, scrape]) => points.take(look(seconds, scrape)));
                return points;
              };
              const judged = (name, ...looks) => {
                const alarm = new Alarm(ALARMS.find(rule => rule.name === name));
                return looks.map(([seconds, scrape]) => {
                  alarm.take(look(seconds, scrape));
                  return alarm.state;
                }).join(' ');
              };
            """;

    private TestBrowser browser;
    private Page page;

    @BeforeAll
    void start() {
        browser = TestBrowser.open();
        page = browser.page();
        page.route(HOST + "/**", route -> {
            String path = route.request().url().substring(HOST.length());
            Route.FulfillOptions answer = new Route.FulfillOptions().setStatus(200);
            if (path.endsWith(".js")) {
                answer.setContentType("text/javascript").setPath(FOLDER.resolve(path.substring(1)));
            } else {
                answer.setContentType("text/html").setBody("<!doctype html><title>scripts</title>");
            }
            route.fulfill(answer);
        });
        var _ = page.navigate(HOST + "/");
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    private String run(String body) {
        return run(body, "");
    }

    private String run(String body, String given) {
        return String.valueOf(page.evaluate(BEGIN + body + "\n}", given));
    }

    @Test
    void aScrape_isReadWithItsLabelsAndValues() {
        assertThat(run("return JSON.stringify([...parse(given)])", """
                        # HELP a_total Some
                        # TYPE a_total counter
                        a_total{b="c, \\"d\\" \\\\ {e}",f="g\\nh"} 1.5E3
                        a_total 2
                        x_bucket{le="+Inf"} 0.0
                        """))
                .isEqualTo("[[\"a_total\",[{\"key\":\"a_total{b=\\\"c, \\\\\\\"d\\\\\\\" \\\\\\\\ {e}\\\","
                        + "f=\\\"g\\\\nh\\\"}\",\"labels\":{\"b\":\"c, \\\"d\\\" \\\\ {e}\",\"f\":\"g\\nh\"},"
                        + "\"value\":1500},{\"key\":\"a_total{}\",\"labels\":{},\"value\":2}]],"
                        + "[\"x_bucket\",[{\"key\":\"x_bucket{le=\\\"+Inf\\\"}\",\"labels\":{\"le\":\"+Inf\"},"
                        + "\"value\":0}]]]");
        assertThat(run("return ['NaN', '+Inf', '-Inf', '-3'].map(value => parse('a ' + value).get('a')[0].value)"))
                .isEqualTo("[NaN, Infinity, -Infinity, -3]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a  1",
                "a 0x10",
                "a one",
                "a{b=c} 1",
                "a{b=\"c\"",
                "a{b=\"c\" d=\"e\"} 1",
                "a{b=\"\\x\"} 1",
                "1a 1",
                "<html>"
            })
    void whatIsNoScrape_isAFault(String text) {
        assertThatThrownBy(() -> run("return parse(given)", text)).hasMessageContaining("SyntaxError");
    }

    @Test
    void aRate_isWhatGrewInASecond_alsoAfterARestart() {
        String scrapes = """
                const of = (ok, shed) => `passgate_http_requests_seconds_count{route="/a",status="200"} ${ok}\\n` +
                  `passgate_http_requests_seconds_count{route="/b",status="204"} 5\\n` +
                  `passgate_http_requests_seconds_count{route="/a",status="503"} ${shed}\\n`;
                const points = plotted('requests', [0, of(100, 0)], [2, of(110, 1)], [4, of(6, 0)]);
                return JSON.stringify([points.names(), points.data().slice(1)])""";
        assertThat(run(scrapes)).isEqualTo("[[\"2xx\",\"4xx\",\"5xx\"],[[null,5,3],[null,null,null],[null,0.5,0]]]");
    }

    @Test
    void aSeriesThatComesLater_beganAtZero_andOthersShareOneLine() {
        String scrapes = """
                const of = (count, value) => Array.from({length: count}, (_, i) =>
                  `passgate_verdicts_total{verdict="refused",reason="r${i}"} ${value}\\n`).join('');
                const points = plotted('verdicts', [0, of(1, 0)], [1, of(1, 0)], [2, of(12, 3)]);
                return points.names().join(' ') + ': ' + points.now('r1') + ' ' + points.now('other')""";
        assertThat(run(scrapes)).isEqualTo("accepted r0 r1 r2 r3 r4 r5 other: 3 18");
    }

    @Test
    void quantiles_areThoseOfPrometheus() {
        assertThat(run("""
                const buckets = [[0.1, 50], [0.2, 90], [0.4, 100], [Infinity, 100]];
                return [0.5, 0.7, 0.99, 0.05].map(part => quantile(buckets, part).toFixed(4)).join(' ') + ' '
                  + quantile([[0.1, 0], [Infinity, 4]], 0.5) + ' ' + quantile([[0.1, 0], [Infinity, 0]], 0.5) + ' '
                  + quantile([], 0.5)""")).isEqualTo("0.1000 0.1500 0.3800 0.0100 0.1 NaN NaN");
    }

    @Test
    void points_areKeptForFifteenMinutes_andAGapIsAGap() {
        assertThat(run("""
                const looks = Array.from({length: 600}, (_, i) => [2 * i, `passgate_feed_lag ${i}`]);
                const points = plotted('feedLag', ...looks, [1_300, 'passgate_feed_lag 7']);
                const [times, lags] = points.data();
                return [times[0], times.length, lags.at(-2), lags.at(-1), points.now('lag'), points.highest('lag')]
                  .join(' ')""")).isEqualTo("400 402  7 7 599");
    }

    @Test
    void anAlarm_isOn_asSoonAsItsConditionHolds() {
        assertThat(run("return judged('PassgateStoreDown', [0, ''], [2, 'passgate_store_up{store=\"redis\"} 1'],"
                        + " [4, 'passgate_store_up{store=\"redis\"} 0\\npassgate_store_up{store=\"postgresql\"} 1'])"))
                .isEqualTo("untold off on");
        assertThat(run("return judged('PassgateClockOff', [0, 'passgate_clock_offset_seconds 5'],"
                        + " [2, 'passgate_clock_offset_seconds -5.1'], [4, 'passgate_clock_offset_seconds NaN'])"))
                .isEqualTo("off on untold");
        assertThat(run("return judged('PassgateAuditWaits', [0, 'passgate_audit_pending 1'],"
                        + " [2, 'passgate_audit_pending 1\\npassgate_audit_waiting_seconds 61'],"
                        + " [4, 'passgate_audit_pending 0\\npassgate_audit_waiting_seconds 61'])"))
                .isEqualTo("untold on off");
    }

    @Test
    void anAlarmOfWhatGrows_looksAtItsWholeTime() {
        assertThat(run("""
                const of = (told, not) => `passgate_verdicts_total{verdict="refused",reason="expired"} ${told}\\n` +
                  `passgate_verdicts_total{verdict="indeterminate",reason="overloaded"} ${not}\\n`;
                return judged('PassgateIndeterminate', [0, of(0, 9)], [2, of(9, 9)], [4, of(9, 10)],
                  [63, of(9, 10)], [64, of(9, 10)])""")).isEqualTo("untold off on on off");
        assertThat(run("""
                const of = shed => `passgate_http_requests_seconds_count{route="/a",status="503"} ${shed}`;
                return judged('PassgateShedding', [0, of(0)], [10, of(10)], [20, of(30)], [30, of(30)])""")).isEqualTo("untold off on off");
    }

    /** Plays a gateway whose answers take given milliseconds, a failure being negative; tells the waits between. */
    private List<?> waits(String answers) {
        return (List<?>) page.evaluate(
                BEGIN + """
                const waits = [];
                let nowMs = 0;
                let run = null;
                let atOnce = 0;
                let most = 0;
                const poller = new Poller({
                  ask: async () => {
                    most = Math.max(most, ++atOnce);
                    const took = given.shift();
                    nowMs += Math.abs(took);
                    await poller.wake();
                    atOnce--;
                    if (took < 0) throw new Error('no answer');
                  },
                  take: () => {}, fail: () => {},
                  nowMs: () => nowMs,
                  after: (next, ms) => { waits.push(ms); run = next; },
                  cancel: () => {},
                  isHidden: () => given.length === 0,
                });
                await poller.wake();
                while (run !== null && given.length > 0) {
                  const next = run;
                  run = null;
                  await next();
                }
                await poller.wake();
                return [most, ...waits];
                }""",
                List.of(answers.split(" ", -1)).stream().map(Integer::valueOf).toList());
    }

    @Test
    void itAsksOneAtATime_laterWhereAnswersAreSlowOrMissing_andNotWhileNobodyLooks() {
        assertThat(waits("5 400 800 9000 5 1")).isEqualTo(List.of(1, 2_000, 2_000, 3_200, 10_000, 2_000));
        assertThat(waits("-5 -5 -5 -5 5 1")).isEqualTo(List.of(1, 2_000, 4_000, 8_000, 10_000, 2_000));
    }
}

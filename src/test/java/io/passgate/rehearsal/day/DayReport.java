package io.passgate.rehearsal.day;

import io.passgate.rehearsal.day.DayChecks.Check;
import io.passgate.rehearsal.day.DayChecks.Outcome;
import io.passgate.rehearsal.day.DayRun.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A day that was played, as one page: whether the promises were held, plots, and a table of all that was asked and
 * found. The page needs no network and no script. One thread.
 */
public final class DayReport {
    private static final Duration ALMOST_A_SECOND = Duration.ofNanos(999_999_999);

    /**
     * What stands at the head.
     *
     * @param title for people
     * @param lines how, when and on what machine it was played
     */
    public record Head(String title, List<String> lines) {}

    /**
     * What check-ins cost.
     *
     * @param gateways how many there were, each with the same load
     * @param cpuSeconds of all of them for 100,000 check-ins, idle cost subtracted
     * @param idleCores that one takes when nobody comes
     */
    public record CpuCost(int gateways, double cpuSeconds, double idleCores) {}

    private final StringBuilder page = new StringBuilder(1 << 20);
    private final DayPlan plan;
    private final List<DayRun> runs;
    private final DayChecks checks;

    private DayReport(DayPlan plan, List<DayRun> runs, List<CpuCost> costs) {
        this.plan = plan;
        this.runs = List.copyOf(runs);
        checks = new DayChecks(runs, costs);
    }

    /**
     * Writes the page.
     *
     * @param plan by which all runs were played
     * @param runs in the order in which they are shown side by side; a baseline comes last
     * @param costs for 1, 2 and 3 gateways; what is missing is said
     * @return whether every promise was measured and held
     */
    public static boolean write(Path file, Head head, DayPlan plan, List<DayRun> runs, List<CpuCost> costs)
            throws IOException {
        DayReport report = new DayReport(plan, runs, costs);
        var _ = Files.writeString(file, report.html(head));
        return report.checks.with(Outcome.HELD).size() == report.checks.all().size();
    }

    /** Whether each promise that was measured was held. */
    public static boolean isHeld(List<DayRun> runs, List<CpuCost> costs) {
        return new DayChecks(runs, costs).with(Outcome.NOT_HELD).isEmpty();
    }

    /** What was promised, and what was found, for a terminal. */
    public static String table(List<DayRun> runs, List<CpuCost> costs) {
        return new DayChecks(runs, costs)
                .all().stream()
                        .map(check -> String.format(
                                Locale.ROOT,
                                "%-12s  %s, %s: %s (asked: %s)%n",
                                check.outcome().words,
                                check.about(),
                                check.what(),
                                check.found().isEmpty() ? "-" : check.found(),
                                check.asked()))
                        .collect(Collectors.joining());
    }

    private String html(Head head) throws IOException {
        add("<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'/>\n");
        add("<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n");
        add("<meta name='viewport' content='width=device-width, initial-scale=1'/>\n");
        add("<meta name='color-scheme' content='light dark'/>\n<title>%s</title>\n<style>\n", head.title());
        page.append(style());
        add("</style>\n</head>\n<body>\n<main>\n<h1>%s</h1>\n", head.title());
        verdict();
        tiles();
        add("<ul class='facts'>\n");
        for (String line : head.lines()) {
            add("<li>%s</li>\n", line);
        }
        add("<li>%s</li>\n</ul>\n", plan.toString());
        List<DayRun> broken = runs.stream()
                .filter(run -> !run.faults().isEmpty() || !run.isJudged())
                .toList();
        if (runs.stream().anyMatch(run -> !run.faults().isEmpty())) {
            add("<section>\n<h2>The peak, while things are broken</h2>\n");
            broken.forEach(this::faults);
            page.append(new DayPlots(plan, broken).ofThePeak());
            add("</section>\n");
        }
        add("<section>\n<h2>The whole day</h2>\n");
        page.append(new DayPlots(plan, runs).ofTheDay());
        add("</section>\n");
        table();
        add("</main>\n</body>\n</html>\n");
        return page.toString();
    }

    private static String style() throws IOException {
        try (InputStream in = DayReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void add(String format, Object... arguments) {
        page.append(Markup.of(format, arguments));
    }

    private void verdict() {
        List<Check> notHeld = checks.with(Outcome.NOT_HELD);
        int notMeasured = checks.with(Outcome.NOT_MEASURED).size();
        int all = checks.all().size();
        String also = notMeasured == 0 ? "" : ", " + notMeasured + " not measured";
        if (notHeld.isEmpty()) {
            add(
                    "<p class='verdict %s'><b>%s</b> %d of %d promises%s.</p>\n",
                    notMeasured == 0 ? "held" : "open", "Held:", all - notMeasured, all, also);
        } else {
            add(
                    "<div class='verdict broken'><p><b>Not held:</b> %d of %d promises%s.</p>\n<ul>\n",
                    notHeld.size(), all, also);
            for (Check check : notHeld) {
                add(
                        "<li>%s, %s: <b>%s</b>, asked: %s</li>\n",
                        check.about(), check.what(), check.found(), check.asked());
            }
            add("</ul>\n</div>\n");
        }
    }

    private void tiles() {
        List<DayRun> judged = runs.stream().filter(DayRun::isJudged).toList();
        add("<dl class='tiles'>\n");
        long visits = judged.stream()
                .flatMap(run -> run.ledger().stream())
                .mapToLong(DayRun.Ledger::acknowledged)
                .sum();
        tile("visits acknowledged", Markup.count(visits));
        tile(
                "told “refused” by a fault of ours",
                Markup.number(judged.stream().mapToDouble(DayRun::refused).sum(), 0));
        judged.stream()
                .flatMap(run -> run.faults().stream())
                .mapToDouble(Fault::silenceSeconds)
                .max()
                .ifPresent(longest -> tile("longest without answers", Markup.number(longest, 2) + " s"));
        for (DayRun run : runs) {
            double share = run.answeredShare(
                    plan.peak().plus(ALMOST_A_SECOND).toSeconds(),
                    plan.peakOver().toSeconds());
            if (!Double.isNaN(share)) {
                tile("answered at the peak, " + run.name(), Markup.number(Math.floor(1_000 * share) / 10, 1) + " %");
            }
        }
        add("</dl>\n");
    }

    private void tile(String what, String value) {
        add("<div><dt>%s</dt><dd>%s</dd></div>\n", what, value);
    }

    private void faults(DayRun run) {
        if (run.faults().isEmpty()) {
            return;
        }
        add("<p>%s:</p>\n<ol class='faults'>\n", "Broken, " + run.name());
        for (Fault fault : run.faults()) {
            add(
                    "<li><b>%s</b> at second %.0f, mended after %.0f s; nobody had an answer for %.2f s at most</li>\n",
                    fault.name(), fault.atSecond(), fault.untilSecond() - fault.atSecond(), fault.silenceSeconds());
        }
        add("</ol>\n");
    }

    private void table() {
        add("<section>\n<h2>What was promised, and what was found</h2>\n<table>\n<thead><tr><th>play</th>");
        add("<th>promise</th><th>found</th><th>asked</th><th></th></tr></thead>\n<tbody>\n");
        for (Check check : checks.all()) {
            add(
                    "<tr class='%s'><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class='outcome'>%s</td></tr>\n",
                    check.outcome().name().toLowerCase(Locale.ROOT),
                    check.about(),
                    check.what(),
                    check.found(),
                    check.asked(),
                    check.outcome().words);
        }
        add("</tbody>\n</table>\n</section>\n");
    }
}

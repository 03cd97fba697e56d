package io.passgate.rehearsal.day;

import io.passgate.rehearsal.day.DayRun.Fault;
import io.passgate.rehearsal.day.DayRun.Lane;
import io.passgate.rehearsal.day.DayRun.Sample;
import io.passgate.rehearsal.day.SvgPlot.At;
import io.passgate.rehearsal.day.SvgPlot.Line;
import io.passgate.rehearsal.day.SvgPlot.Scale;
import io.passgate.rehearsal.day.SvgPlot.Time;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The plots of a page: a row for each quantity of each lane, and in it the plays side by side on one scale. One thread;
 * used once.
 */
final class DayPlots {
    private static final int EVERY_HOURS = 3;
    private static final double BEFORE_PEAK_SECONDS = 15;
    private static final double AFTER_PEAK_SECONDS = 25;
    private static final double[] STEPS = {1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200};

    /** A baseline that is worse than so many times the best is cut off, and its largest value said. */
    private static final double ROOM = 2;

    private static final int MOST_STEPS = 10;

    /**
     * What a plot shows.
     *
     * @param isLogarithmic see {@link Scale}
     */
    private record Quantity(String title, String unit, boolean isLogarithmic, List<Shown> shown) {}

    private record Shown(String name, String style, boolean isFilled, ToDoubleFunction<Sample> value) {}

    private static final List<Quantity> QUANTITIES = List.of(
            new Quantity(
                    "What came, and what was answered",
                    "payloads a second",
                    false,
                    List.of(
                            new Shown("offered", "offered", true, Sample::offered),
                            new Shown("shed: told to come later", "shed", false, Sample::shed),
                            new Shown("without an answer", "unanswered", false, Sample::unanswered),
                            new Shown("answered", "answered", false, Sample::answered))),
            new Quantity(
                    "How long an answer took",
                    "milliseconds, by decades",
                    true,
                    List.of(
                            new Shown("p99", "p99", false, Sample::p99Ms),
                            new Shown("p50", "p50", false, Sample::p50Ms))),
            new Quantity(
                    "Told that nobody can tell, and refused by a fault of ours",
                    "payloads a second",
                    false,
                    List.of(
                            new Shown("could not tell", "indeterminate", false, Sample::indeterminate),
                            new Shown("refused", "refused", false, Sample::refused))),
            new Quantity(
                    "Waiting in the gateways",
                    "payloads",
                    false,
                    List.of(new Shown("queue", "queue", true, Sample::queue))));

    private final StringBuilder page = new StringBuilder(1 << 20);
    private final DayPlan plan;
    private final List<DayRun> runs;

    DayPlots(DayPlan plan, List<DayRun> runs) {
        this.plan = plan;
        this.runs = runs;
    }

    /** From midnight to midnight. */
    String ofTheDay() {
        return plots(day());
    }

    /** The busiest five minutes, until everything is mended. */
    String ofThePeak() {
        return plots(peak());
    }

    private void add(String format, Object... arguments) {
        page.append(Markup.of(format, arguments));
    }

    private Time day() {
        List<At> ticks = new ArrayList<>();
        for (int hour = 0; hour < 24; hour += EVERY_HOURS) {
            ticks.add(at(seconds(LocalTime.of(hour, 0)), LocalTime.of(hour, 0).toString()));
        }
        double length = plan.length().toNanos() / 1e9;
        String title = "time of the day, which is played in " + Markup.number(length, 0) + " s";
        return new Time(0, length, ticks, title, peakBegins(), peakEnds());
    }

    private Time peak() {
        double begins = peakBegins().second();
        double mended = runs.stream()
                .flatMap(run -> run.faults().stream())
                .mapToDouble(fault -> Math.max(fault.atSecond(), fault.untilSecond()))
                .max()
                .orElse(0);
        double from = Math.max(0, begins - BEFORE_PEAK_SECONDS);
        double until = Math.max(peakEnds().second(), mended) + AFTER_PEAK_SECONDS;
        double step = DoubleStream.of(STEPS)
                .filter(one -> (until - from) / one <= MOST_STEPS)
                .findFirst()
                .orElse((until - from) / MOST_STEPS);
        List<At> ticks = new ArrayList<>();
        for (double tick = Math.ceil((from - begins) / step) * step; begins + tick <= until; tick += step) {
            ticks.add(at(begins + tick, (tick > 0.5 ? "+" : "") + Markup.number(tick + 0.0, 0)));
        }
        return new Time(from, until, ticks, "seconds since the peak began", peakBegins(), peakEnds());
    }

    private double seconds(LocalTime time) {
        return plan.at(time).toNanos() / 1e9;
    }

    private At peakBegins() {
        return new At(plan.peak().toNanos() / 1e9, "", "the busiest five minutes");
    }

    private At peakEnds() {
        return at(plan.peakOver().toNanos() / 1e9, "");
    }

    private static At at(double second, String label) {
        return new At(second, label, "");
    }

    private String plots(Time time) {
        Set<String> lanes = new LinkedHashSet<>();
        runs.forEach(run -> run.lanes().forEach(lane -> lanes.add(lane.name())));
        for (String lane : lanes) {
            add("<h3>%s</h3>\n", lane);
            for (Quantity quantity : QUANTITIES) {
                row(lane, quantity, time);
            }
        }
        return page.toString();
    }

    /** A quantity of a lane in each run, on one scale. */
    private void row(String lane, Quantity quantity, Time time) {
        List<List<Line>> lines =
                runs.stream().map(run -> lines(run, lane, quantity)).toList();
        double judged = 0;
        double baseline = 0;
        for (int i = 0; i < runs.size(); i++) {
            double largest = largest(lines.get(i), time);
            judged = runs.get(i).isJudged() ? Math.max(judged, largest) : judged;
            baseline = runs.get(i).isJudged() ? baseline : Math.max(baseline, largest);
        }
        add("<h4>%s</h4>\n", quantity.title());
        if (judged + baseline == 0) {
            add("<p class='none'>Nobody, at no time.</p>\n");
            return;
        }
        add("<p class='legend'>");
        for (Shown one : quantity.shown()) {
            add("<span class='entry'><span class='key %s'></span>%s</span> ", one.style(), one.name());
        }
        keys();
        add("</p>\n<div class='plots runs-%d'>\n", runs.size());
        boolean isDwarfed = !quantity.isLogarithmic() && judged > 0 && baseline > ROOM * judged;
        double most = isDwarfed ? ROOM * judged : Math.max(judged, baseline);
        Scale scale = Scale.of(quantity.unit(), quantity.isLogarithmic(), most);
        for (int i = 0; i < runs.size(); i++) {
            DayRun run = runs.get(i);
            add("<figure>\n<figcaption>%s</figcaption>\n", run.name());
            page.append(SvgPlot.draw(
                    "%s, %s, %s".formatted(quantity.title(), lane, run.name()),
                    time,
                    scale,
                    lines.get(i),
                    marks(run),
                    alerts(run)));
            add("</figure>\n");
        }
        add("</div>\n");
    }

    private static double largest(List<Line> lines, Time time) {
        return lines.stream()
                .flatMapToDouble(line -> DoubleStream.of(line.values())
                        .limit((long) time.until() + 1)
                        .skip((long) time.from()))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(0);
    }

    /** What the marks are. */
    private void keys() {
        if (runs.stream().anyMatch(run -> !run.faults().isEmpty())) {
            add("<span class='entry'><span class='mark broken'>1</span>something is broken</span> ");
        }
        if (runs.stream().anyMatch(run -> !run.fired().orElse(List.of()).isEmpty())) {
            add("<span class='entry'><span class='mark'>&#9650;</span>an alert fires</span>");
        }
    }

    private static List<Line> lines(DayRun run, String lane, Quantity quantity) {
        List<Sample> samples = run.lanes().stream()
                .filter(one -> one.name().equals(lane))
                .findFirst()
                .map(Lane::samples)
                .orElse(List.of());
        return quantity.shown().stream()
                .map(shown -> new Line(
                        shown.name(),
                        shown.style(),
                        shown.isFilled(),
                        samples.stream().mapToDouble(shown.value()).toArray()))
                .toList();
    }

    private static List<At> marks(DayRun run) {
        return IntStream.range(0, run.faults().size())
                .mapToObj(i -> {
                    Fault fault = run.faults().get(i);
                    return new At(fault.atSecond(), Integer.toString(i + 1), fault.name());
                })
                .toList();
    }

    private static List<At> alerts(DayRun run) {
        return run.fired().orElse(List.of()).stream()
                .map(alert -> new At(alert.atSecond(), "", "alert " + alert.name()))
                .toList();
    }
}

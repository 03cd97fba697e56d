package io.passgate.rehearsal.day;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Lines over time in one SVG element, with axes, units, and a mark for each fault. Colours and fonts are the page's, by
 * the classes of what is drawn.
 */
final class SvgPlot {
    private static final double WIDTH = 520;
    private static final double HEIGHT = 256;
    private static final double LEFT = 56;
    private static final double RIGHT = WIDTH - 12;
    private static final double TOP = 34;
    private static final double BOTTOM = HEIGHT - 42;
    private static final int STEPS = 5;
    private static final double MARK_RADIUS = 8;

    /**
     * Values of consecutive seconds from 0 on; NaN leaves a gap.
     *
     * @param style a class of the page's style sheet
     */
    record Line(String name, String style, boolean isFilled, double[] values) {}

    /** A label of the horizontal axis, or a mark above it. */
    record At(double second, String label, String title) {}

    /**
     * The horizontal axis.
     *
     * @param ticks within it, and more
     * @param bandFrom where a darker ground begins, with what it stands for
     */
    record Time(double from, double until, List<At> ticks, String title, At bandFrom, At bandUntil) {
        private double x(double second) {
            return LEFT + (second - from) / (until - from) * (RIGHT - LEFT);
        }

        private boolean has(double second) {
            return second >= from && second <= until;
        }
    }

    /**
     * The vertical axis.
     *
     * @param most the largest value that is drawn
     * @param isLogarithmic by decades, from a tenth of a unit on
     */
    record Scale(String title, double most, boolean isLogarithmic) {
        /** One that has room for a value. */
        static Scale of(String title, boolean isLogarithmic, double most) {
            if (isLogarithmic) {
                return new Scale(title, Math.pow(10, Math.ceil(Math.log10(Math.max(10, most)))), true);
            }
            double step = step(Math.max(1, most));
            return new Scale(title, Math.ceil(Math.max(1, most) / step - 1e-9) * step, false);
        }

        /** Whether some of what is drawn is above it, and then as high as it. */
        boolean isExceededBy(double value) {
            return value > most * (1 + 1e-9);
        }

        private static double step(double most) {
            double raw = most / STEPS;
            double decade = Math.pow(10, Math.floor(Math.log10(raw)));
            double part = raw / decade;
            return decade * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
        }

        private List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            if (isLogarithmic) {
                for (double tick = LEAST_LOGARITHMIC; tick <= most * 1.001; tick *= 10) {
                    ticks.add(tick);
                }
            } else {
                double step = step(most);
                for (int i = 0; i * step <= most * 1.001; i++) {
                    ticks.add(i * step);
                }
            }
            return ticks;
        }

        private double y(double value) {
            double part = isLogarithmic
                    ? Math.log10(Math.max(value, LEAST_LOGARITHMIC) / LEAST_LOGARITHMIC)
                            / Math.log10(most / LEAST_LOGARITHMIC)
                    : value / most;
            return BOTTOM - Math.min(1, part) * (BOTTOM - TOP);
        }
    }

    private static final double LEAST_LOGARITHMIC = 0.1;

    private final StringBuilder svg = new StringBuilder();
    private final Time time;
    private final Scale scale;

    private SvgPlot(Time time, Scale scale) {
        this.time = time;
        this.scale = scale;
    }

    /**
     * Draws it.
     *
     * @param title said to those who cannot see it
     * @param faults marks at the top
     * @param alerts marks on the axis
     */
    static String draw(String title, Time time, Scale scale, List<Line> lines, List<At> faults, List<At> alerts) {
        SvgPlot plot = new SvgPlot(time, scale);
        plot.add(
                "<svg viewBox='0 0 %.0f %.0f' role='img' xmlns='http://www.w3.org/2000/svg'><title>%s</title>\n",
                WIDTH, HEIGHT, title);
        plot.axes();
        lines.stream().filter(Line::isFilled).forEach(plot::area);
        lines.forEach(plot::line);
        plot.beyond(lines);
        faults.stream().filter(at -> time.has(at.second())).forEach(plot::fault);
        alerts.stream().filter(at -> time.has(at.second())).forEach(plot::alert);
        return plot.svg.append("</svg>\n").toString();
    }

    private void add(String format, Object... arguments) {
        svg.append(Markup.of(format, arguments));
    }

    private void axes() {
        double from = time.x(Math.max(time.from(), time.bandFrom().second()));
        double until = time.x(Math.min(time.until(), time.bandUntil().second()));
        if (until > from && until - from < RIGHT - LEFT) {
            add(
                    "<rect class='band' x='%.1f' y='%.1f' width='%.1f' height='%.1f'><title>%s</title></rect>\n",
                    from, TOP, until - from, BOTTOM - TOP, time.bandFrom().title());
        }
        for (double tick : scale.ticks()) {
            double y = scale.y(tick);
            add("<line class='grid' x1='%.1f' x2='%.1f' y1='%.1f' y2='%.1f'/>\n", LEFT, RIGHT, y, y);
            add("<text class='y' x='%.1f' y='%.1f'>%s</text>\n", LEFT - 6, y + 4, number(tick));
        }
        for (At tick : time.ticks()) {
            if (time.has(tick.second())) {
                double x = time.x(tick.second());
                add("<line class='tick' x1='%.1f' x2='%.1f' y1='%.1f' y2='%.1f'/>\n", x, x, BOTTOM, BOTTOM + 4);
                add("<text class='x' x='%.1f' y='%.1f'>%s</text>\n", x, BOTTOM + 17, tick.label());
            }
        }
        add("<line class='axis' x1='%.1f' x2='%.1f' y1='%.1f' y2='%.1f'/>\n", LEFT, RIGHT, BOTTOM, BOTTOM);
        add("<text class='unit' x='4' y='13'>%s</text>\n", scale.title());
        add("<text class='x unit' x='%.1f' y='%.1f'>%s</text>\n", (LEFT + RIGHT) / 2, HEIGHT - 8, time.title());
    }

    private static String number(double value) {
        return value >= 1 || value == 0
                ? String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.1f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }

    /** The first second that is drawn, and the one after the last. */
    private int[] drawn(Line line) {
        int first = (int) Math.max(0, Math.ceil(time.from()));
        return new int[] {first, (int) Math.min(line.values().length, Math.floor(time.until()) + 1)};
    }

    private double largest(Line line) {
        int[] drawn = drawn(line);
        return DoubleStream.of(line.values())
                .limit(drawn[1])
                .skip(drawn[0])
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(0);
    }

    /** Says over the plot what is above its scale. */
    private void beyond(List<Line> lines) {
        List<Line> cut =
                lines.stream().filter(line -> scale.isExceededBy(largest(line))).toList();
        if (!cut.isEmpty()) {
            add("<text class='beyond' x='%.1f' y='%.1f'>", RIGHT, TOP - 6);
            for (Line line : cut) {
                add(
                        "<tspan class='%s' dx='8'>%s: up to %s</tspan>",
                        line.style(), line.name(), number(Math.rint(largest(line))));
            }
            add("</text>\n");
        }
    }

    private void area(Line line) {
        int[] drawn = drawn(line);
        if (drawn[0] >= drawn[1]) {
            return;
        }
        add("<path class='area %s' d='M%.1f %.1f", line.style(), time.x(drawn[0]), BOTTOM);
        for (int second = drawn[0]; second < drawn[1]; second++) {
            double value = line.values()[second];
            add("L%.1f %.1f", time.x(second), Double.isNaN(value) ? BOTTOM : scale.y(value));
        }
        add("L%.1f %.1fZ'/>\n", time.x(drawn[1] - 1.0), BOTTOM);
    }

    private void line(Line line) {
        int[] drawn = drawn(line);
        StringBuilder path = new StringBuilder();
        boolean isGap = true;
        for (int second = drawn[0]; second < drawn[1]; second++) {
            double value = line.values()[second];
            if (!Double.isNaN(value)) {
                path.append(String.format(
                        Locale.ROOT, isGap ? "M%.1f %.1fh0" : "L%.1f %.1f", time.x(second), scale.y(value)));
            }
            isGap = Double.isNaN(value);
        }
        if (!path.isEmpty() && largest(line) > 0) {
            add("<path class='line %s' d='%s'><title>%s</title></path>\n", line.style(), path.toString(), line.name());
        }
    }

    private void fault(At fault) {
        double x = time.x(fault.second());
        add("<g class='fault'><title>%s</title>", fault.title());
        add("<line x1='%.1f' x2='%.1f' y1='%.1f' y2='%.1f'/>", x, x, TOP - 4, BOTTOM);
        add("<circle cx='%.1f' cy='%.1f' r='%.0f'/>", x, TOP - MARK_RADIUS - 4, MARK_RADIUS);
        add("<text x='%.1f' y='%.1f'>%s</text></g>\n", x, TOP - MARK_RADIUS, fault.label());
    }

    private void alert(At alert) {
        double x = time.x(alert.second());
        add("<path class='alert' d='M%.1f %.1fl5 8h-10Z'><title>%s</title></path>\n", x, BOTTOM - 8, alert.title());
    }
}

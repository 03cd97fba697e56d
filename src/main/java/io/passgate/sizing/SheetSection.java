package io.passgate.sizing;

import java.util.ArrayList;
import java.util.List;

/** A headed part of a sheet: lines of arithmetic, each with its result and what that is of. */
final class SheetSection {
    private final String heading;
    private final List<Line> lines = new ArrayList<>();

    private record Line(String arithmetic, String result, String what) {}

    SheetSection(String heading) {
        this.heading = heading;
    }

    SheetSection line(String arithmetic, String result, String what) {
        lines.add(new Line(arithmetic, result, what));
        return this;
    }

    /** A result such as {@code 668.3 GB}, whose unit begins what it is of. */
    SheetSection bytes(String arithmetic, String result, String what) {
        String[] parts = result.split(" ", 2);
        return line(arithmetic, parts[0], parts[1] + " " + what);
    }

    int arithmeticWidth() {
        return lines.stream().mapToInt(line -> line.arithmetic.length()).max().orElse(0);
    }

    int resultWidth() {
        return lines.stream().mapToInt(line -> line.result.length()).max().orElse(0);
    }

    /** As text, in columns that all sections of a sheet share. */
    List<String> text(int arithmeticWidth, int resultWidth) {
        String format = "  %-" + arithmeticWidth + "s = %" + resultWidth + "s %s";
        List<String> text = new ArrayList<>();
        text.add(heading);
        lines.forEach(line -> text.add(format.formatted(line.arithmetic, line.result, line.what)));
        return text;
    }
}

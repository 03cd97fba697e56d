package io.passgate.qr;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The screen of a terminal that knows 256 colours and half blocks; a cell in its own colours is an error. */
final class TerminalScreen {
    private static final int UNSET = -1;
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[38;5;(\\d+);48;5;(\\d+)m");
    private static final String RESET = "\u001b[0m";

    /** For each half row its cells' colours, as numbers of the palette. */
    private final List<int[]> halfRows = new ArrayList<>();

    private int foreground = UNSET;
    private int background = UNSET;

    private TerminalScreen() {}

    static TerminalScreen showing(String text) {
        TerminalScreen screen = new TerminalScreen();
        text.lines().forEach(screen::line);
        return screen;
    }

    private void line(String line) {
        List<Integer> upper = new ArrayList<>();
        List<Integer> lower = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            Matcher colours = COLOURS.matcher(line).region(at, line.length());
            if (colours.lookingAt()) {
                foreground = Integer.parseInt(colours.group(1));
                background = Integer.parseInt(colours.group(2));
                at = colours.end();
            } else if (line.startsWith(RESET, at)) {
                foreground = UNSET;
                background = UNSET;
                at += RESET.length();
            } else {
                char cell = line.charAt(at);
                upper.add(cell == '█' || cell == '▀' ? foreground : background);
                lower.add(cell == '█' || cell == '▄' ? foreground : background);
                if (foreground == UNSET || background == UNSET || " █▀▄".indexOf(cell) < 0) {
                    throw new AssertionError("a cell has no colours, or is no block: " + (int) cell);
                }
                at++;
            }
        }
        if (foreground != UNSET) {
            throw new AssertionError("the colours run on after the line's end");
        }
        halfRows.add(upper.stream().mapToInt(Integer::intValue).toArray());
        halfRows.add(lower.stream().mapToInt(Integer::intValue).toArray());
    }

    int columns() {
        return halfRows.getFirst().length;
    }

    int rows() {
        return halfRows.size() / 2;
    }

    /** What it shows, on a black ground, with a cell of {@code pixels} by twice as many. */
    BufferedImage picture(int pixels) {
        BufferedImage image =
                new BufferedImage(columns() * pixels, halfRows.size() * pixels, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, rgb(halfRows.get(y / pixels)[x / pixels]));
            }
        }
        return image;
    }

    private static int rgb(int colour) {
        return switch (colour) {
            case 16 -> 0x000000;
            case 231 -> 0xffffff;
            default -> throw new AssertionError("colour " + colour + " depends on the terminal's theme, or is grey");
        };
    }
}

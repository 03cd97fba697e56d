package io.passgate.rehearsal.day;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A day of the country as a file has it: for each five minutes how many of each kind come in a second. Immutable.
 *
 * <p>The file is ASCII: comments that begin with {@code #}, then a line that names the columns, then 288 lines such as
 * {@code 12:00,22100,2210,44200,921}, one for each five minutes from midnight on. Nothing else is taken.
 */
public final class DayCurve {
    /** What people come for, in the order of the columns. */
    public enum Kind {
        CHECK_IN("check_ins"),
        VERIFICATION("verifications"),
        PASS("passes"),
        FIRST_CONSENT("first_consents");

        private final String column;

        Kind(String column) {
            this.column = column;
        }
    }

    /** How long the rates of a line last. */
    public static final int SLOT_SECONDS = 300;

    /** Lines of a day. */
    public static final int SLOTS = 24 * 60 * 60 / SLOT_SECONDS;

    private static final int HOUR_SLOTS = 12;
    private static final int MOST_BYTES = 64 * 1_024;
    private static final int MOST_PER_SECOND = 1_000_000;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,6}");
    private static final String COLUMNS =
            Stream.of(Kind.values()).map(kind -> kind.column).collect(Collectors.joining(",", "time,", ""));

    private final Map<Kind, int[]> perSecond = new EnumMap<>(Kind.class);

    private DayCurve() {
        for (Kind kind : Kind.values()) {
            perSecond.put(kind, new int[SLOTS]);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is not of the form above, with its name and the line
     * @throws IOException if it cannot be read
     */
    public static DayCurve read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException(file + ": a day has at most " + MOST_BYTES + " bytes");
            }
            return parse(new String(bytes, StandardCharsets.ISO_8859_1), file.toString());
        }
    }

    /**
     * Takes the text of a file.
     *
     * @param name of the file, for errors
     * @throws IllegalArgumentException see {@link #read}
     */
    public static DayCurve parse(String text, String name) {
        DayCurve curve = new DayCurve();
        List<String> lines = text.lines().toList();
        int header = 0;
        while (header < lines.size() && lines.get(header).startsWith("#")) {
            header++;
        }
        if (header == lines.size() || !lines.get(header).equals(COLUMNS)) {
            throw new IllegalArgumentException(
                    "%s:%d: after the comments comes the line %s".formatted(name, header + 1, COLUMNS));
        }
        if (lines.size() != header + 1 + SLOTS) {
            throw new IllegalArgumentException("%s: a day has %d lines of five minutes each, not %d"
                    .formatted(name, SLOTS, lines.size() - header - 1));
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            int line = header + 1 + slot;
            curve.take(slot, lines.get(line), "%s:%d: ".formatted(name, line + 1));
        }
        return curve;
    }

    private void take(int slot, String line, String where) {
        String[] cells = line.split(",", -1);
        if (cells.length != 1 + Kind.values().length) {
            throw new IllegalArgumentException(where + "a line has " + (1 + Kind.values().length) + " cells");
        }
        String time = timeOf(slot).toString();
        if (!cells[0].equals(time)) {
            throw new IllegalArgumentException(where + "this is the line of " + time);
        }
        for (Kind kind : Kind.values()) {
            String cell = cells[1 + kind.ordinal()];
            if (!NUMBER.matcher(cell).matches() || Integer.parseInt(cell) > MOST_PER_SECOND) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "%s%s are a whole number from 0 to %,d", where, kind.column, MOST_PER_SECOND));
            }
            perSecond.get(kind)[slot] = Integer.parseInt(cell);
        }
    }

    /** When the five minutes of a slot begin. */
    public static LocalTime timeOf(int slot) {
        return LocalTime.ofSecondOfDay((long) slot * SLOT_SECONDS);
    }

    /** The slot that a time of the day is in. */
    public static int slotOf(LocalTime time) {
        return time.toSecondOfDay() / SLOT_SECONDS;
    }

    /** How many come in each second of a slot. */
    public int perSecond(Kind kind, int slot) {
        return perSecond.get(kind)[slot];
    }

    /** How many come in the slots from one to before another. */
    public long sum(Kind kind, int from, int until) {
        return (long) SLOT_SECONDS
                * Arrays.stream(perSecond.get(kind), from, until).asLongStream().sum();
    }

    /** How many come in the day. */
    public long sum(Kind kind) {
        return sum(kind, 0, SLOTS);
    }

    /** The slot in which most come; the first of several. */
    public int busiestSlot(Kind kind) {
        int busiest = 0;
        for (int slot = 1; slot < SLOTS; slot++) {
            busiest = perSecond(kind, slot) > perSecond(kind, busiest) ? slot : busiest;
        }
        return busiest;
    }

    /** Where the sixty minutes begin in which most come. */
    public int busiestHour(Kind kind) {
        int busiest = 0;
        for (int slot = 1; slot + HOUR_SLOTS <= SLOTS; slot++) {
            if (sum(kind, slot, slot + HOUR_SLOTS) > sum(kind, busiest, busiest + HOUR_SLOTS)) {
                busiest = slot;
            }
        }
        return busiest;
    }

    @Override
    public String toString() {
        int slot = busiestSlot(Kind.CHECK_IN);
        return String.format(
                Locale.ROOT,
                "%,d check-ins, at most %,d/s from %s",
                sum(Kind.CHECK_IN),
                perSecond(Kind.CHECK_IN, slot),
                timeOf(slot));
    }
}

package io.passgate.http.response;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a client takes, by its {@code Accept} (RFC 9110 sections 12.4 and 12.5.1), in one walk and never an error. */
public final class MediaRanges {
    private static final int ANYTHING = 0;
    private static final int ANY_OF_ITS_KIND = 1;
    private static final int ITSELF = 2;

    /** A weight is a thousandth; above it nothing weighs. */
    private static final int HEAVIEST = 1_000;

    private final List<String> offered;

    /** By what is offered: how close its closest range is, how much that one weighs, and the how manieth it is. */
    private final int[] closeness;

    private final int[] weights;
    private final int[] places;
    private int ranges;

    private MediaRanges(List<String> offered) {
        this.offered = offered;
        this.closeness = new int[offered.size()];
        this.weights = new int[offered.size()];
        this.places = new int[offered.size()];
        Arrays.fill(closeness, -1);
    }

    /**
     * {@return of what is offered what the client likes best; the first of all where it does not say, empty where it
     * takes none} What weighs most is liked best; of those alike what the client names more closely, then what it names
     * first, then what is offered first.
     *
     * @param accept the header's lines, joined by commas; what is no range in it counts for nothing
     * @param offered media types in small letters, at least one
     */
    public static Optional<String> best(String accept, List<String> offered) {
        MediaRanges ranges = new MediaRanges(offered);
        int from = 0;
        while (from <= accept.length()) {
            int comma = accept.indexOf(',', from);
            int to = comma < 0 ? accept.length() : comma;
            ranges.add(accept, from, to);
            from = to + 1;
        }
        return ranges.ranges == 0 ? Optional.of(offered.getFirst()) : ranges.best();
    }

    private void add(String accept, int from, int to) {
        int semicolon = accept.indexOf(';', from);
        int end = semicolon < 0 || semicolon > to ? to : semicolon;
        String range = accept.substring(from, end).strip();
        int slash = range.indexOf('/');
        OptionalInt weight = weight(accept, end, to);
        if (slash <= 0 || slash == range.length() - 1 || weight.isEmpty()) {
            return;
        }
        ranges++;
        for (int i = 0; i < offered.size(); i++) {
            int close = closeness(range, slash, offered.get(i));
            if (close > closeness[i]) {
                closeness[i] = close;
                weights[i] = weight.getAsInt();
                places[i] = ranges;
            }
        }
    }

    private static int closeness(String range, int slash, String type) {
        if (range.equalsIgnoreCase(type)) {
            return ITSELF;
        }
        if (!range.endsWith("/*")) {
            return -1;
        }
        if (range.equals("*/*")) {
            return ANYTHING;
        }
        return range.length() == slash + 2 && range.regionMatches(true, 0, type, 0, slash + 1) ? ANY_OF_ITS_KIND : -1;
    }

    /** The weight among a range's parameters, which is 1 where there is none; empty where it is no weight. */
    private static OptionalInt weight(String accept, int from, int to) {
        int at = from;
        while (at < to) {
            int semicolon = accept.indexOf(';', at + 1);
            int end = semicolon < 0 || semicolon > to ? to : semicolon;
            String parameter = accept.substring(at + 1, end).strip();
            if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                return thousandths(parameter, 2);
            }
            at = end;
        }
        return OptionalInt.of(HEAVIEST);
    }

    /** {@code qvalue} of RFC 9110 section 12.4.2. */
    private static OptionalInt thousandths(String text, int from) {
        int digits = text.length() - from - 2;
        boolean fits = digits >= -1 && digits <= 3 && (digits == -1 || text.charAt(from + 1) == '.');
        int weight = 0;
        for (int i = 0, unit = HEAVIEST; fits && i < text.length() - from; i++) {
            char c = text.charAt(from + i);
            if (i == 1) {
                continue;
            }
            fits = c >= '0' && c <= '9';
            weight += (c - '0') * unit;
            unit /= 10;
        }
        return fits && weight <= HEAVIEST ? OptionalInt.of(weight) : OptionalInt.empty();
    }

    private Optional<String> best() {
        int best = -1;
        for (int i = 0; i < offered.size(); i++) {
            if (weights[i] > 0 && (best < 0 || isBetter(i, best))) {
                best = i;
            }
        }
        return best < 0 ? Optional.empty() : Optional.of(offered.get(best));
    }

    private boolean isBetter(int one, int other) {
        if (weights[one] != weights[other]) {
            return weights[one] > weights[other];
        }
        if (closeness[one] != closeness[other]) {
            return closeness[one] > closeness[other];
        }
        return places[one] < places[other];
    }
}

package io.passgate.engine;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits, in a line for each asker; the askers take turns, so that a long line holds up its own asker only. Not
 * thread-safe.
 */
final class Turns<T> {
    /** Lines kept for the next asker who has none. */
    private static final int MAX_SPARE = 64;

    private final Map<Object, Line<T>> lines = new HashMap<>();
    private final ArrayDeque<Line<T>> order = new ArrayDeque<>();
    private final ArrayDeque<Line<T>> spare = new ArrayDeque<>();

    /** What waits for one asker, the oldest first, with the payloads in it. */
    static final class Line<T> {
        private final ArrayDeque<T> waiting = new ArrayDeque<>();
        private @Nullable Object asker;
        private int payloads;

        boolean isEmpty() {
            return waiting.isEmpty();
        }

        T removeFirst() {
            return waiting.removeFirst();
        }

        /** The oldest; null where nothing waits. */
        @Nullable
        T first() {
            return waiting.peekFirst();
        }

        /** Puts something back behind the rest of its line. */
        void addLast(T item) {
            waiting.addLast(item);
        }

        /** That payloads of the line wait no longer. */
        void taken(int count) {
            payloads -= count;
        }
    }

    boolean isEmpty() {
        return order.isEmpty();
    }

    /** How many askers have a line. */
    int lines() {
        return order.size();
    }

    /** Payloads that wait for an asker. */
    int payloadsOf(Object asker) {
        Line<T> line = lines.get(asker);
        return line == null ? 0 : line.payloads;
    }

    /** What waits for an asker; null where nothing does. */
    @Nullable
    Line<T> lineOf(Object asker) {
        return lines.get(asker);
    }

    /** Adds something of so many payloads to the end of its asker's line. */
    void add(Object asker, T item, int payloads) {
        Line<T> line = lines.get(asker);
        if (line == null) {
            line = spare.isEmpty() ? new Line<>() : spare.removeLast();
            line.asker = asker;
            lines.put(asker, line);
            order.addLast(line);
        }
        line.waiting.addLast(item);
        line.payloads += payloads;
    }

    /** The line whose turn it is; there has to be one. */
    Line<T> first() {
        return order.getFirst();
    }

    /** Ends the turn of the first line: it goes behind all others, or away if it is empty. */
    void next() {
        Line<T> line = order.removeFirst();
        if (!line.isEmpty()) {
            order.addLast(line);
            return;
        }
        var _ = lines.remove(line.asker);
        line.asker = null;
        line.payloads = 0;
        if (spare.size() < MAX_SPARE) {
            spare.addLast(line);
        }
    }
}

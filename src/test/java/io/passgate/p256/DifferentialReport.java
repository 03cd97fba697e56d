package io.passgate.p256;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a differential run found, so far or in all. */
public final class DifferentialReport {
    private static final int KEPT_MISMATCHES = 20;

    /** Inputs of a kind, and those of them that BouncyCastle accepts. */
    private record Tally(long inputs, long accepted) {
        Tally plus(Tally other) {
            return new Tally(inputs + other.inputs, accepted + other.accepted);
        }
    }

    private final long seed;
    private final Map<InputKind, Tally> kinds = new EnumMap<>(InputKind.class);
    private final Map<String, Long> exceptional = new TreeMap<>();
    private final List<String> kept = new ArrayList<>();
    private final Map<String, Long> mismatches = new TreeMap<>();
    private long batches;

    DifferentialReport(long seed) {
        this.seed = seed;
    }

    void batch() {
        batches++;
    }

    void input(InputKind kind, boolean accepted) {
        kinds.merge(kind, new Tally(1, accepted ? 1 : 0), Tally::plus);
    }

    void mismatch(String subject, String what) {
        mismatches.merge(subject, 1L, Long::sum);
        if (kept.size() < KEPT_MISMATCHES) {
            kept.add(subject + ' ' + what);
        }
    }

    void exceptional(String subject, long additions) {
        exceptional.merge(subject, additions, Long::sum);
    }

    void add(DifferentialReport other) {
        other.kinds.forEach((kind, tally) -> kinds.merge(kind, tally, Tally::plus));
        other.exceptional.forEach(this::exceptional);
        batches += other.batches;
        other.mismatches.forEach((subject, count) -> mismatches.merge(subject, count, Long::sum));
        other.kept.stream().limit(KEPT_MISMATCHES - kept.size()).forEach(kept::add);
    }

    private Tally tally(InputKind kind) {
        return kinds.getOrDefault(kind, new Tally(0, 0));
    }

    /** Distinct inputs, each decided by BouncyCastle and by every subject. */
    public long inputs() {
        return kinds.values().stream().mapToLong(Tally::inputs).sum();
    }

    long inputs(InputKind kind) {
        return tally(kind).inputs();
    }

    /** Those of a kind that BouncyCastle accepts. */
    long accepted(InputKind kind) {
        return tally(kind).accepted();
    }

    /** Decisions that differ from BouncyCastle's. */
    public long mismatches() {
        return mismatches.values().stream().mapToLong(Long::longValue).sum();
    }

    long mismatches(String subject) {
        return mismatches.getOrDefault(subject, 0L);
    }

    long exceptionalAdditions(String subject) {
        return exceptional.getOrDefault(subject, 0L);
    }

    /** A table by kinds, the exceptional additions of each subject, the first mismatches, and a line of totals. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("%-20s %14s %14s%n".formatted("input", "decided", "accepted"));
        for (InputKind kind : InputKind.values()) {
            text.append(String.format(Locale.ROOT, "%-20s %,14d %,14d%n", name(kind), inputs(kind), accepted(kind)));
        }
        exceptional.forEach((subject, additions) ->
                text.append(String.format(Locale.ROOT, "exceptional additions, %s: %,d%n", subject, additions)));
        kept.forEach(mismatch -> text.append("mismatch: ").append(mismatch).append(System.lineSeparator()));
        return text.append(String.format(
                        Locale.ROOT,
                        "inputs %,d in %,d batches, each decided by BouncyCastle and by %s; seed %d; mismatches %,d",
                        inputs(),
                        batches,
                        String.join(", ", exceptional.keySet()),
                        seed,
                        mismatches()))
                .toString();
    }

    private static String name(InputKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

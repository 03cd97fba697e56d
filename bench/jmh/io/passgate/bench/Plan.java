package io.passgate.bench;

import io.passgate.p256.Kernel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A named run of benchmarks: its cells, and what its figures are set in relation to. */
enum Plan {
    QR {
        private static final Class<?> OF = QrBenchmark.class;

        @Override
        List<Cell> cells(boolean quick) {
            List<Cell> cells = new ArrayList<>();
            for (String method : List.of(
                    "passgate", "signatureOnly", "peer", "passgateWithPolicy", "peerToBytes", "peerOnCorretto")) {
                cells.add(at(method, 256));
            }
            if (!quick) {
                cells.add(at("passgate", 64));
                cells.add(at("passgate", 8));
                cells.add(at("passgate", 1));
            }
            return cells;
        }

        @Override
        List<String> findings(Rounds rounds) {
            return List.of(
                    ratio(rounds, "passgate", "peer"),
                    ratio(rounds, "passgate", "peerToBytes"),
                    ratio(rounds, "passgate", "peerOnCorretto"),
                    ratio(rounds, "passgateWithPolicy", "peer"),
                    ratio(rounds, "passgateWithPolicy", "passgate"),
                    ratio(rounds, "passgate", "signatureOnly"));
        }

        private static Cell at(String method, int batch) {
            return Cell.of(OF, method, "batch", batch);
        }

        private static String ratio(Rounds rounds, String over, String under) {
            return "%s / %s at batch 256: %.2f".formatted(over, under, rounds.ratio(at(over, 256), at(under, 256)));
        }
    },

    HOSTILE {
        private static final Class<?> OF = HostileBenchmark.class;
        private static final Cell DECODE_GOOD = Cell.of(OF, "decodeGood");
        private static final Cell JUDGE_GOOD = Cell.of(OF, "judgeGood");

        @Override
        List<Cell> cells(boolean quick) {
            List<Cell> cells = new ArrayList<>(List.of(DECODE_GOOD, JUDGE_GOOD));
            for (HostileInput input : HostileInput.values()) {
                cells.add(Cell.of(OF, "decodeHostile", "input", input));
            }
            for (HostileSigners signers : HostileSigners.values()) {
                cells.add(Cell.of(OF, "judgeHostile", "signers", signers));
            }
            for (Kernel kernel : kernels()) {
                for (CollisionBenchmark.Meeting meeting : CollisionBenchmark.Meeting.values()) {
                    cells.add(meeting(kernel, meeting, 1));
                    cells.add(meeting(kernel, meeting, CollisionBenchmark.SIGNATURES));
                }
            }
            return cells;
        }

        @Override
        List<String> findings(Rounds rounds) {
            List<String> findings = new ArrayList<>(List.of(
                    worst(rounds, "decodeHostile", DECODE_GOOD, "decodes"),
                    worst(rounds, "judgeHostile", JUDGE_GOOD, "whole judgements"),
                    worst(rounds, "judgeHostile", DECODE_GOOD, "decodes")));
            for (Kernel kernel : kernels()) {
                for (int size : new int[] {1, CollisionBenchmark.SIGNATURES}) {
                    findings.add(overGood(rounds, kernel, CollisionBenchmark.Meeting.EQUAL, size));
                    findings.add(overGood(rounds, kernel, CollisionBenchmark.Meeting.OPPOSITE, size));
                }
            }
            return findings;
        }

        private static Cell meeting(Kernel kernel, CollisionBenchmark.Meeting meeting, int size) {
            return Cell.of(CollisionBenchmark.class, "decide", "kernel", kernel)
                    .with("meeting", meeting)
                    .with("size", size);
        }

        private static String overGood(Rounds rounds, Kernel kernel, CollisionBenchmark.Meeting meeting, int size) {
            double ratio = rounds.ratio(
                    meeting(kernel, CollisionBenchmark.Meeting.NONE, size), meeting(kernel, meeting, size));
            return "%s, points meet (%s), batch %d: %.2f times a good batch, at most 3 wanted: %s"
                    .formatted(kernel, meeting, size, ratio, ratio <= 3 ? "reached" : "MISSED");
        }

        private static String worst(Rounds rounds, String method, Cell good, String what) {
            Cell worst = rounds.cells().stream()
                    .filter(cell -> cell.method().equals(method))
                    .min(Comparator.comparingDouble(rounds::median))
                    .orElseThrow();
            return "the costliest (%s) costs as much as %.1f good %s".formatted(worst, rounds.ratio(good, worst), what);
        }
    },

    PROOFS {
        private static final Class<?> OF = ProofBenchmark.class;

        @Override
        List<Cell> cells(boolean quick) {
            return Stream.of("passgate", "refused", "parse", "naive", "naiveOnSunEc")
                    .map(method -> Cell.of(OF, method))
                    .toList();
        }

        @Override
        List<String> findings(Rounds rounds) {
            return List.of(ratio(rounds, "naive"), ratio(rounds, "naiveOnSunEc"));
        }

        private static String ratio(Rounds rounds, String under) {
            return "passgate / %s: %.2f".formatted(under, rounds.ratio(Cell.of(OF, "passgate"), Cell.of(OF, under)));
        }
    },

    JSON {
        private static final Cell CURSOR = Cell.of(JsonBenchmark.class, "readByCursor");
        private static final Cell JACKSON = Cell.of(JsonBenchmark.class, "readByJackson");

        @Override
        List<Cell> cells(boolean quick) {
            return List.of(CURSOR, JACKSON);
        }

        @Override
        List<String> findings(Rounds rounds) {
            return List.of("cursor / Jackson: %.2f".formatted(rounds.ratio(CURSOR, JACKSON)));
        }
    },

    SIGNATURES {
        private static final Class<?> OF = SignatureBenchmark.class;

        @Override
        List<Cell> cells(boolean quick) {
            List<Cell> cells = new ArrayList<>();
            for (Kernel kernel : kernels()) {
                cells.add(ours(kernel, 256, 8));
            }
            for (String rival : List.of("corretto", "conscrypt", "bouncycastle", "sunec")) {
                cells.add(rival(rival, 8));
            }
            if (!quick) {
                for (Kernel kernel : kernels()) {
                    for (int batch : new int[] {1, 8, 64}) {
                        cells.add(ours(kernel, batch, 8));
                    }
                    cells.add(ours(kernel, 256, 64));
                }
                cells.add(rival("corretto", 64));
            }
            return cells;
        }

        @Override
        List<String> findings(Rounds rounds) {
            Kernel preferred = Kernel.preferred();
            return Stream.of(
                            overCorretto(rounds, Kernel.VECTOR, 256, 8, 10),
                            overCorretto(rounds, Kernel.VECTOR, 64, 8, 7),
                            overCorretto(rounds, Kernel.VECTOR, 8, 8, 5),
                            overCorretto(rounds, Kernel.SCALAR, 64, 8, 4),
                            overCorretto(rounds, preferred, 1, 8, 2.5),
                            overCorretto(rounds, preferred, 256, 64, 7))
                    .flatMap(Optional::stream)
                    .toList();
        }

        private static Cell ours(Kernel kernel, int batch, int keys) {
            return rival(kernel.name().toLowerCase(Locale.ROOT), keys).with("batch", batch);
        }

        private static Cell rival(String method, int keys) {
            return Cell.of(OF, method, "keys", keys);
        }

        // Empty for what was not run: a kernel that is not there, or all but the first cells of a quick run.
        private static Optional<String> overCorretto(Rounds rounds, Kernel kernel, int batch, int keys, double bound) {
            Cell over = ours(kernel, batch, keys);
            Cell under = rival("corretto", keys);
            if (!rounds.cells().containsAll(List.of(over, under))) {
                return Optional.empty();
            }
            double ratio = rounds.ratio(over, under);
            return Optional.of("%s / corretto: %.2f, at least %.1f wanted: %s"
                    .formatted(over, ratio, bound, ratio >= bound ? "reached" : "MISSED"));
        }
    };

    /** What a round runs, in this order. */
    abstract List<Cell> cells(boolean quick);

    /** The ratios, as sentences. */
    abstract List<String> findings(Rounds rounds);

    private static List<Kernel> kernels() {
        return Stream.of(Kernel.values()).filter(Kernel::isAvailable).toList();
    }
}

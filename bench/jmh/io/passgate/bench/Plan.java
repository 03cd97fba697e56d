package io.passgate.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
            return cells;
        }

        @Override
        List<String> findings(Rounds rounds) {
            return List.of(
                    worst(rounds, "decodeHostile", DECODE_GOOD, "decodes"),
                    worst(rounds, "judgeHostile", JUDGE_GOOD, "whole judgements"),
                    worst(rounds, "judgeHostile", DECODE_GOOD, "decodes"));
        }

        private static String worst(Rounds rounds, String method, Cell good, String what) {
            Cell worst = rounds.cells().stream()
                    .filter(cell -> cell.method().equals(method))
                    .min(Comparator.comparingDouble(rounds::median))
                    .orElseThrow();
            return "the costliest (%s) costs as much as %.1f good %s".formatted(worst, rounds.ratio(good, worst), what);
        }
    };

    /** What a round runs, in this order. */
    abstract List<Cell> cells(boolean quick);

    /** The ratios, as sentences. */
    abstract List<String> findings(Rounds rounds);
}

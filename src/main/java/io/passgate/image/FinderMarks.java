package io.passgate.image;

import com.google.zxing.ResultPoint;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.detector.FinderPattern;
import com.google.zxing.qrcode.detector.FinderPatternFinder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The finder patterns of a picture in black and white (ISO/IEC 18004), and which three of them may be one code's.
 *
 * <p>ZXing's own searches take a time that grows with the third power of the patterns found, and with the square of a
 * side. Both are bounded here, and the time is looked at in each row.
 */
final class FinderMarks extends FinderPatternFinder {
    private static final int MOST_FOUND = 1_000;

    /** Those that are put together to codes, the best confirmed of all. */
    private static final int MOST_COMBINED = 150;

    private static final float MOST_MODULE_RATIO = 1.6f;
    private static final float FEWEST_MODULES_BETWEEN = 9;
    private static final float MOST_MODULES_BETWEEN = 200;
    private static final double MOST_SIDE_RATIO = 1.7;
    private static final double MOST_COSINE = 0.5;

    private static final double MODULES_OF_STRAIN = 200;
    private static final double LIKELY_SKEW = 0.15;
    private static final int LIKELY_COUNT = 3;

    private final int step;
    private final Deadline deadline;

    /** @param step rows from one that is looked at to the next: the middle of a pattern is three modules high */
    FinderMarks(BitMatrix image, int step, Deadline deadline) {
        super(image);
        this.step = step;
        this.deadline = deadline;
    }

    /**
     * Three patterns that may be a code's, the less its {@code strain} the rather.
     *
     * @param skew how far they are from the corners of a square, 0 or more
     * @param strain how far they are from the corners of a square, and from each other: 0 or more. Those of two codes
     *     side by side are corners of a square too, and of a larger one
     */
    record Triple(FinderPattern bottomLeft, FinderPattern topLeft, FinderPattern topRight, double skew, double strain) {
        List<FinderPattern> marks() {
            return List.of(bottomLeft, topLeft, topRight);
        }

        /** Whether it looks like a code so much that one that cannot be read is worth another look. */
        boolean isLikely() {
            return skew < LIKELY_SKEW && marks().stream().allMatch(mark -> mark.getCount() >= LIKELY_COUNT);
        }
    }

    /**
     * Finds the patterns, and puts them together.
     *
     * @param most how many are wanted
     * @return the likeliest codes first
     * @throws PictureRefusal if the time is over
     */
    List<Triple> triples(int most) throws PictureRefusal {
        scan();
        List<FinderPattern> marks = getPossibleCenters().stream()
                .sorted(Comparator.comparingInt(FinderPattern::getCount).reversed())
                .limit(MOST_COMBINED)
                .toList();
        List<Triple> triples = new ArrayList<>();
        for (FinderPattern corner : marks) {
            deadline.check();
            addAt(corner, marks, triples);
        }
        triples.sort(Comparator.comparingDouble(Triple::strain));
        return triples.subList(0, Math.min(most, triples.size()));
    }

    private void scan() throws PictureRefusal {
        int height = getImage().getHeight();
        for (int y = step - 1; y < height && getPossibleCenters().size() < MOST_FOUND; y += step) {
            deadline.check();
            scanRow(y);
        }
    }

    /** Runs of black and white are counted along a row; five of them may be a cut through a pattern. */
    private void scanRow(int y) {
        BitMatrix image = getImage();
        int width = image.getWidth();
        int[] runs = new int[5];
        int state = 0;
        for (int x = 0; x < width; x++) {
            boolean isBlack = image.get(x, y);
            if (isBlack == ((state & 1) == 0)) {
                runs[state]++;
            } else if (isBlack || state < 4) {
                if (state == 0 && runs[0] == 0) {
                    continue;
                }
                state++;
                runs[state]++;
            } else if (foundPatternCross(runs) && isShort(runs, x, y) && handlePossibleCenter(runs, y, x)) {
                state = 0;
                doClearCounts(runs);
            } else {
                doShiftCounts2(runs);
                state = 3;
            }
        }
        if (foundPatternCross(runs) && isShort(runs, width, y)) {
            var _ = handlePossibleCenter(runs, y, width);
        }
    }

    /** Whether the black in the middle of a cut ends above and below: of stripes it would be followed in each row. */
    private boolean isShort(int[] runs, int end, int y) {
        BitMatrix image = getImage();
        int x = end - runs[4] - runs[3] - runs[2] / 2 - 1;
        int most = 2 * (runs[0] + runs[1] + runs[2] + runs[3] + runs[4]);
        int above = y;
        int below = y;
        while (above >= 0 && y - above <= most && image.get(x, above)) {
            above--;
        }
        while (below < image.getHeight() && below - y <= most && image.get(x, below)) {
            below++;
        }
        return below - above <= most;
    }

    /** Adds what has its right angle at {@code corner}. */
    private static void addAt(FinderPattern corner, List<FinderPattern> marks, List<Triple> triples) {
        for (int i = 0; i < marks.size(); i++) {
            FinderPattern one = marks.get(i);
            if (!isOneSize(corner, one) || !isApart(corner, one)) {
                continue;
            }
            for (int j = i + 1; j < marks.size(); j++) {
                FinderPattern other = marks.get(j);
                if (isOneSize(corner, other) && isOneSize(one, other) && isApart(corner, other)) {
                    add(one, corner, other, triples);
                }
            }
        }
    }

    private static boolean isOneSize(FinderPattern one, FinderPattern other) {
        float ratio = one.getEstimatedModuleSize() / other.getEstimatedModuleSize();
        return ratio < MOST_MODULE_RATIO && ratio > 1 / MOST_MODULE_RATIO;
    }

    private static boolean isApart(FinderPattern one, FinderPattern other) {
        float modules =
                2 * ResultPoint.distance(one, other) / (one.getEstimatedModuleSize() + other.getEstimatedModuleSize());
        return modules > FEWEST_MODULES_BETWEEN && modules < MOST_MODULES_BETWEEN;
    }

    private static void add(FinderPattern one, FinderPattern corner, FinderPattern other, List<Triple> triples) {
        double oneX = one.getX() - corner.getX();
        double oneY = one.getY() - corner.getY();
        double otherX = other.getX() - corner.getX();
        double otherY = other.getY() - corner.getY();
        double oneSide = Math.hypot(oneX, oneY);
        double otherSide = Math.hypot(otherX, otherY);
        double ratio = Math.max(oneSide, otherSide) / Math.min(oneSide, otherSide);
        double cosine = Math.abs(oneX * otherX + oneY * otherY) / (oneSide * otherSide);
        if (ratio > MOST_SIDE_RATIO || cosine > MOST_COSINE) {
            return;
        }
        float largest = Math.max(
                corner.getEstimatedModuleSize(),
                Math.max(one.getEstimatedModuleSize(), other.getEstimatedModuleSize()));
        float least = Math.min(
                corner.getEstimatedModuleSize(),
                Math.min(one.getEstimatedModuleSize(), other.getEstimatedModuleSize()));
        double modules = (oneSide + otherSide) / (largest + least);
        double skew = ratio - 1 + cosine + (largest / least - 1);
        double strain = skew + modules / MODULES_OF_STRAIN;
        boolean isOneTopRight = oneX * otherY - oneY * otherX > 0;
        triples.add(
                isOneTopRight
                        ? new Triple(other, corner, one, skew, strain)
                        : new Triple(one, corner, other, skew, strain));
    }
}

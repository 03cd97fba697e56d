package io.passgate.qr;

import com.google.zxing.qrcode.encoder.ByteMatrix;

/**
 * Places in a QR code that a reader may take for one of its three finder patterns, the squares in its corners.
 *
 * <p>A reader looks along rows for runs of dark, light, dark, light and dark modules in proportion 1:1:3:1:1, give or
 * take half a module for each of its modules; then along the column through their middle, the row through the middle of
 * that, and less strictly the diagonal. ZXing's is led astray by such a place of a true pattern's size anywhere, and of
 * any size in the rows of the first: it ends its search one pattern early. Codes are turned when they are read, so each
 * of the four ways up counts.
 *
 * <p>Places and lengths are in half modules, since the middle of an even run lies between two.
 */
final class FinderLookalikes {
    /** A finder pattern's side. */
    private static final int FINDER = 2 * 7;

    /** Rows through the middles of the three true patterns. */
    private static final int TRUE_ONES = 3 * 3;

    private static final int WAYS_UP = 4;

    private final int modules;

    /** By row and column. */
    private final boolean[][] dark;

    private FinderLookalikes(ByteMatrix matrix, int quarterTurns) {
        modules = matrix.getWidth();
        dark = new boolean[modules][modules];
        for (int y = 0; y < modules; y++) {
            for (int x = 0; x < modules; x++) {
                dark[y][x] = turned(matrix, quarterTurns, x, y) == 1;
            }
        }
    }

    private static byte turned(ByteMatrix matrix, int quarterTurns, int x, int y) {
        int last = matrix.getWidth() - 1;
        return switch (quarterTurns) {
            case 0 -> matrix.get(x, y);
            case 1 -> matrix.get(y, last - x);
            case 2 -> matrix.get(last - x, last - y);
            default -> matrix.get(last - y, x);
        };
    }

    /** How many rows, of all four ways up, lead to such places. */
    static int in(ByteMatrix matrix) {
        int count = 0;
        for (int quarterTurns = 0; quarterTurns < WAYS_UP; quarterTurns++) {
            count += new FinderLookalikes(matrix, quarterTurns).count();
        }
        return count;
    }

    private int count() {
        int count = -TRUE_ONES;
        for (int y = 0; y < modules; y++) {
            Runs runs = new Runs(0, 0, 0, 0, 0, 0);
            int end;
            for (int start = 0; start < modules; start = end) {
                end = start + 1;
                while (end < modules && dark[y][end] == dark[y][start]) {
                    end++;
                }
                runs = runs.followedBy(2 * (end - start));
                if (dark[y][start] && leadsAstray(runs, 2 * end - runs.fromMiddleToEnd(), 2 * y + 1)) {
                    count++;
                }
            }
        }
        return count;
    }

    /**
     * Whether a row's runs, the middle of which is at (x, y), and what else leads through it are like a finder
     * pattern's.
     */
    private boolean leadsAstray(Runs row, int x, int y) {
        boolean besideFirst = y > 2 * 2 && y < 2 * 5;
        if (!row.areProportioned(2) || !(row.length() == FINDER || besideFirst)) {
            return false;
        }
        Runs column = through(x, y, 0, 1);
        if (!column.areProportioned(2) || !column.areAsLongAs(row)) {
            return false;
        }
        int middleY = y + column.toMiddle();
        Runs middleRow = through(x, middleY, 1, 0);
        return middleRow.areProportioned(2)
                && middleRow.areAsLongAs(row)
                && through(x + middleRow.toMiddle(), middleY, 1, 1).areProportioned(1);
    }

    /** The dark run at (x, y) and two runs on each side of it, in a direction. */
    private Runs through(int x, int y, int dx, int dy) {
        int after = run(x, y, dx, dy, true);
        int light = run(x + after * dx, y + after * dy, dx, dy, false);
        int outer = run(x + (after + light) * dx, y + (after + light) * dy, dx, dy, true);
        int before = run(x - dx, y - dy, -dx, -dy, true);
        int start = before + 1;
        int lightBefore = run(x - start * dx, y - start * dy, -dx, -dy, false);
        start += lightBefore;
        int outerBefore = run(x - start * dx, y - start * dy, -dx, -dy, true);
        return new Runs(outerBefore, lightBefore, before + after, light, outer, (after - before) / 2);
    }

    /** How far the modules from (x, y) on are all dark, or all light. */
    private int run(int x, int y, int dx, int dy, boolean colour) {
        int length = 0;
        int atX = x;
        int atY = y;
        while (isInside(atX) && isInside(atY) && dark[atY / 2][atX / 2] == colour) {
            length++;
            atX += dx;
            atY += dy;
        }
        return length;
    }

    private boolean isInside(int at) {
        return at >= 0 && at < 2 * modules;
    }

    /**
     * Five runs.
     *
     * @param toMiddle from where they were looked for to the middle
     */
    private record Runs(int darkBefore, int lightBefore, int middle, int lightAfter, int darkAfter, int toMiddle) {
        /** The last four of them and one more. */
        @SuppressWarnings("ArgumentSelectionDefectChecker")
        Runs followedBy(int run) {
            return new Runs(lightBefore, middle, lightAfter, darkAfter, run, 0);
        }

        int length() {
            return darkBefore + lightBefore + middle + lightAfter + darkAfter;
        }

        int fromMiddleToEnd() {
            return middle / 2 + lightAfter + darkAfter;
        }

        /** Whether each differs from its share by less than that divided by {@code strictness}. */
        boolean areProportioned(int strictness) {
            return isShare(1, darkBefore, strictness)
                    && isShare(1, lightBefore, strictness)
                    && isShare(3, middle, strictness)
                    && isShare(1, lightAfter, strictness)
                    && isShare(1, darkAfter, strictness);
        }

        private boolean isShare(int sevenths, int run, int strictness) {
            return strictness * Math.abs(sevenths * length() - 7 * run) < sevenths * length();
        }

        /** Whether they are shorter or longer than others by less than two fifths. */
        boolean areAsLongAs(Runs others) {
            return 5 * Math.abs(length() - others.length()) < 2 * others.length();
        }
    }
}

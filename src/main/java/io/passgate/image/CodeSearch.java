package io.passgate.image;

import com.google.zxing.ChecksumException;
import com.google.zxing.DecodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.NotFoundException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.DetectorResult;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.decoder.Decoder;
import com.google.zxing.qrcode.detector.Detector;
import com.google.zxing.qrcode.detector.FinderPattern;
import com.google.zxing.qrcode.detector.FinderPatternInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for all QR codes in one picture: dark on light and light on dark, at two sizes. Only where none is found, or
 * something looks like one that is not read, it looks harder: at further sizes, and by one threshold for all of it. Each attempt is short by itself, and the
 * time is looked at within it.
 */
final class CodeSearch {
    /** Above it a picture is looked at in half size first. */
    private static final long USUAL_PIXELS = 5 << 20;

    /** Above it a picture is not looked at in double size. */
    private static final long FEW_PIXELS = 1 << 20;

    /** The local binarizer needs as many pixels a side. */
    private static final int LEAST_SIDE = 24;

    private static final int MOST_CODES = 64;
    private static final int MOST_TRIPLES = 1_000;
    private static final int MOST_FAILURES = 150;
    private static final Map<DecodeHintType, Object> HINTS = Map.of(DecodeHintType.TRY_HARDER, true);

    /** How a picture becomes black and white, and is gone over: a code that one way spoils another one may spare. */
    private enum Way {
        /** By a threshold that follows the light. */
        LOCAL(8, true, 2),
        /** By one threshold for all of the picture. */
        GLOBAL(8, false, 2),
        /** By blocks of other places. */
        LOCAL_SHIFTED(4, true, 2),
        /** As ZXing's own reader does it. */
        LOCAL_AS_IT_IS(0, true, 3),
        /** The same by one threshold. */
        GLOBAL_AS_IT_IS(0, false, 3);

        private final int frame;
        private final boolean isLocal;
        private final int step;

        /**
         * @param frame pixels of white that are put around; a block of the local binarizer has 8
         * @param step rows from one that is looked at to the next
         */
        Way(int frame, boolean isLocal, int step) {
            this.frame = frame;
            this.isLocal = isLocal;
            this.step = step;
        }
    }

    private final Deadline deadline;
    private final Decoder decoder = new Decoder();
    private final Map<String, ReadingOrder.Place> found = new LinkedHashMap<>();

    /** Whether something looks like a code that was not read. */
    private boolean isAnyLeft;

    CodeSearch(Deadline deadline) {
        this.deadline = deadline;
    }

    /**
     * The texts of all codes, in reading order.
     *
     * @throws PictureRefusal if the time was over before the search was
     */
    List<String> search(Grey picture) throws PictureRefusal {
        Grey usual = picture;
        double scale = 1;
        while (usual.size() > USUAL_PIXELS) {
            usual = usual.halved();
            scale *= 2;
        }
        Grey half = usual.halved();
        lookAt(usual, scale, Way.LOCAL);
        lookAt(half, 2 * scale, Way.LOCAL);
        if (found.isEmpty()) {
            lookHarder(picture, usual, scale, half);
        } else if (isAnyLeft) {
            lookForTheRest(picture, usual, scale, half);
        }
        return ReadingOrder.of(found);
    }

    /** What has been read counts, also where there is no time left for what could hardly be read. */
    private void lookForTheRest(Grey picture, Grey usual, double scale, Grey half) {
        try {
            lookHarder(picture, usual, scale, half);
        } catch (PictureRefusal late) {
            isAnyLeft = false;
        }
    }

    /** One look after the other, until one finds what there is. */
    private void lookHarder(Grey picture, Grey usual, double scale, Grey half) throws PictureRefusal {
        look(usual, scale, Way.GLOBAL);
        look(half, 2 * scale, Way.GLOBAL);
        Grey quarter = half.halved();
        look(quarter, 4 * scale, Way.LOCAL);
        look(quarter, 4 * scale, Way.GLOBAL);
        look(usual, scale, Way.LOCAL_SHIFTED);
        look(usual, scale, Way.LOCAL_AS_IT_IS);
        look(usual, scale, Way.GLOBAL_AS_IT_IS);
        look(half, 2 * scale, Way.LOCAL_SHIFTED);
        if (usual.size() <= FEW_PIXELS) {
            Grey twice = usual.doubled();
            look(twice, scale / 2, Way.LOCAL);
            look(twice, scale / 2, Way.GLOBAL);
        }
        if (scale > 1) {
            look(picture, 1, Way.LOCAL);
        }
    }

    /** Looks at a picture if nothing has been found, or not all. */
    private void look(Grey picture, double scale, Way way) throws PictureRefusal {
        if (found.isEmpty() || isAnyLeft) {
            lookAt(picture, scale, way);
        }
    }

    /**
     * One look at a picture, and one at its negative.
     *
     * @param scale pixels of the original a pixel
     */
    private void lookAt(Grey picture, double scale, Way way) throws PictureRefusal {
        if (picture.getWidth() < LEAST_SIDE || picture.getHeight() < LEAST_SIDE) {
            return;
        }
        deadline.check();
        Grey framed = way.frame == 0 ? picture : picture.framed(way.frame);
        BitMatrix bits;
        try {
            bits = (way.isLocal ? new HybridBinarizer(framed) : new GlobalHistogramBinarizer(framed)).getBlackMatrix();
        } catch (NotFoundException plain) {
            return;
        }
        read(bits, scale, way);
        bits.flip();
        whiten(bits, way.frame);
        read(bits, scale, way);
    }

    /** The frame of a negative is white as well. */
    private static void whiten(BitMatrix bits, int frame) {
        int width = bits.getWidth();
        int height = bits.getHeight();
        for (int y = 0; y < height; y++) {
            boolean isFrame = y < frame || y >= height - frame;
            for (int x = 0; x < width; x++) {
                if (isFrame || x < frame || x >= width - frame) {
                    bits.unset(x, y);
                } else {
                    x = width - frame - 1;
                }
            }
        }
    }

    private void read(BitMatrix bits, double scale, Way way) throws PictureRefusal {
        Sampler sampler = new Sampler(bits);
        Set<FinderPattern> used = new HashSet<>();
        List<FinderMarks.Triple> unread = new ArrayList<>();
        int failures = 0;
        for (FinderMarks.Triple triple : new FinderMarks(bits, way.step, deadline).triples(MOST_TRIPLES)) {
            deadline.check();
            if (triple.marks().stream().anyMatch(used::contains)) {
                continue;
            }
            if (failures == MOST_FAILURES || found.size() == MOST_CODES) {
                break;
            }
            try {
                String text =
                        decoder.decode(sampler.sample(triple).getBits(), HINTS).getText();
                var _ = used.addAll(triple.marks());
                if (!text.isEmpty()) {
                    var _ = found.putIfAbsent(text, place(triple, scale, way.frame));
                }
            } catch (NotFoundException | FormatException | ChecksumException | RuntimeException noCode) {
                failures++;
                if (triple.isLikely()) {
                    unread.add(triple);
                }
            }
        }
        isAnyLeft |= unread.stream().anyMatch(triple -> triple.marks().stream().noneMatch(used::contains));
    }

    private static ReadingOrder.Place place(FinderMarks.Triple triple, double scale, int frame) {
        double x = (triple.bottomLeft().getX() + triple.topRight().getX()) / 2;
        double y = (triple.bottomLeft().getY() + triple.topRight().getY()) / 2;
        double side = Math.hypot(
                triple.topLeft().getX() - triple.topRight().getX(),
                triple.topLeft().getY() - triple.topRight().getY());
        return new ReadingOrder.Place((x - frame) * scale, (y - frame) * scale, side * scale);
    }

    /** Straightens what lies between three patterns. */
    private static final class Sampler extends Detector {
        private Sampler(BitMatrix image) {
            super(image);
        }

        private DetectorResult sample(FinderMarks.Triple triple) throws NotFoundException, FormatException {
            FinderPattern[] marks = {triple.bottomLeft(), triple.topLeft(), triple.topRight()};
            return processFinderPatternInfo(new FinderPatternInfo(marks));
        }
    }
}

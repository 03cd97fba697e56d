package io.passgate.web;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads QR codes of one picture by ZXing. Not safe for several threads. */
final class FrameReader {
    private static final Map<DecodeHintType, Object> QUICK = hints(false);
    private static final Map<DecodeHintType, Object> HARD = hints(true);

    private final QRCodeReader reader = new QRCodeReader();
    private final QRCodeMultiReader multiReader = new QRCodeMultiReader();

    private static Map<DecodeHintType, Object> hints(boolean isHard) {
        Map<DecodeHintType, Object> hints = new EnumMap<>(DecodeHintType.class);
        hints.put(DecodeHintType.POSSIBLE_FORMATS, EnumSet.of(BarcodeFormat.QR_CODE));
        if (isHard) {
            hints.put(DecodeHintType.TRY_HARDER, true);
        }
        return hints;
    }

    /**
     * The text of a code in a camera's frame, by the cheapest way that finds one.
     *
     * @param isHard whether dearer ways are tried as well, such as light codes on dark ground
     */
    Optional<String> readOne(LuminanceSource frame, boolean isHard) {
        Optional<String> text = decode(new HybridBinarizer(frame), isHard ? HARD : QUICK);
        if (text.isPresent() || !isHard) {
            return text;
        }
        return decode(new GlobalHistogramBinarizer(frame), HARD)
                .or(() -> decode(new HybridBinarizer(frame.invert()), HARD));
    }

    /** The texts of all codes of a picture, in the order in which ZXing finds them; each once. */
    List<String> readAll(LuminanceSource picture) {
        List<String> texts = new ArrayList<>();
        try {
            for (Result result : multiReader.decodeMultiple(new BinaryBitmap(new HybridBinarizer(picture)), HARD)) {
                if (!texts.contains(result.getText())) {
                    var _ = texts.add(result.getText());
                }
            }
        } catch (ReaderException none) {
            readOne(picture, true).ifPresent(texts::add);
        }
        return texts;
    }

    private Optional<String> decode(Binarizer binarizer, Map<DecodeHintType, Object> hints) {
        try {
            return Optional.of(reader.decode(new BinaryBitmap(binarizer), hints).getText());
        } catch (ReaderException none) {
            return Optional.empty();
        }
    }
}

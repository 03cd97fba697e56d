package io.passgate.issuance;

import io.passgate.model.Slice;
import io.passgate.qr.QrCode;
import io.passgate.qr.QrPicture;
import java.nio.charset.StandardCharsets;

/** Draws the QR code of a pass. */
final class PassPicture {
    private PassPicture() {}

    /** The bytes of a PNG or an SVG, as {@code wanted}. */
    static Slice draw(String payload, IssuanceRequest.Picture wanted) {
        QrCode code = QrCode.of(payload, QrCode.ENTRY_PASS_MAX_VERSION);
        if (!(code.at(wanted.pixels()) instanceof QrPicture picture)) {
            throw new IllegalStateException("a pass that is too large for a picture of " + wanted.pixels());
        }
        return Slice.of(
                switch (wanted.format()) {
                    case PNG -> picture.png();
                    case SVG -> picture.svg().getBytes(StandardCharsets.UTF_8);
                });
    }
}

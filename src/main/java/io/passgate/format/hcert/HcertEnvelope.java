package io.passgate.format.hcert;

import io.passgate.format.CredentialFormat;
import io.passgate.format.Decoded;
import io.passgate.format.Envelope;
import io.passgate.model.FormatId;
import io.passgate.model.Slice;
import java.util.List;

/** Electronic health certificates: {@code "HC1:"}, and what stands in them by the key of its claim. */
public final class HcertEnvelope implements Envelope {
    /** A certificate whose content is not known, or could not be reached. */
    public static final FormatId ID = FormatId.of("hcert");

    /** The one that all formats in it share. */
    static final HcertEnvelope INSTANCE = new HcertEnvelope();

    private HcertEnvelope() {}

    @Override
    public FormatId id() {
        return ID;
    }

    @Override
    public boolean recognises(Slice payload) {
        return HcertDecoder.recognises(payload);
    }

    @Override
    public Decoder newDecoder(List<CredentialFormat> formats) {
        HcertDecoder decoder =
                new HcertDecoder(formats.stream().map(HcertFormat.class::cast).toList());
        return new Decoder() {
            @Override
            public Decoded decode(Slice payload) {
                return decoder.decodeText(payload);
            }

            @Override
            public void wipe() {
                decoder.wipe();
            }
        };
    }
}

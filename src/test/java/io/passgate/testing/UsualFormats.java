package io.passgate.testing;

import io.passgate.app.DefaultFormats;
import io.passgate.format.Envelope;
import io.passgate.format.Formats;
import io.passgate.format.entrypass.EntryPassFormat;
import io.passgate.format.entrypass.PassTimes;
import io.passgate.format.hcert.EuDccFormat;
import java.time.Duration;
import java.util.List;

/** The formats of a gateway, as tests of single parts need them. */
public final class UsualFormats {
    public static final Formats ALL = new Formats(DefaultFormats.usual());

    private UsualFormats() {}

    public static Envelope.Decoder decoder() {
        return ALL.newDecoder();
    }

    public static Formats with(PassTimes times) {
        return new Formats(List.of(new EuDccFormat(EuDccFormat.USUAL_TOLERANCE), new EntryPassFormat(times)));
    }

    public static Formats with(Duration beforeCertificate) {
        return new Formats(List.of(new EuDccFormat(beforeCertificate), new EntryPassFormat(PassTimes.DEFAULT)));
    }
}

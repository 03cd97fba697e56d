package io.passgate.app;

import io.passgate.app.config.Config;
import io.passgate.format.CredentialFormat;
import io.passgate.format.entrypass.EntryPassFormat;
import io.passgate.format.entrypass.PassTimes;
import io.passgate.format.hcert.EuDccFormat;
import java.time.Duration;
import java.util.List;

/** The formats that Passgate verifies, one a line. */
public final class DefaultFormats {
    private DefaultFormats() {}

    /**
     * {@return the formats with the tolerances of a gateway's configuration}
     *
     * @param config whose keys {@code certificates} and {@code passes} are read
     */
    public static List<CredentialFormat> of(Config config) {
        return of(
                config.certificates().earlyTolerance(),
                new PassTimes(config.passes().earlyTolerance(), config.passes().lateTolerance()));
    }

    /** {@return the formats with the usual tolerances} */
    public static List<CredentialFormat> usual() {
        return of(EuDccFormat.USUAL_TOLERANCE, PassTimes.DEFAULT);
    }

    private static List<CredentialFormat> of(Duration beforeCertificate, PassTimes passTimes) {
        return List.of(
                new EuDccFormat(beforeCertificate), //
                new EntryPassFormat(passTimes));
    }
}

package io.passgate.engine;

import io.passgate.format.entrypass.PassTimes;
import java.time.Duration;

/**
 * How far credentials are accepted outside their own times, for the sake of clocks that differ.
 *
 * @param passes of entry passes
 * @param beforeCertificate how long before it was issued a health certificate is
 */
public record Tolerances(PassTimes passes, Duration beforeCertificate) {
    /** What two healthy clocks are apart at most. */
    public static final Duration USUAL_BEFORE_CERTIFICATE = Duration.ofSeconds(5);

    public static final Tolerances DEFAULT = of(PassTimes.DEFAULT);

    public Tolerances {
        if (beforeCertificate.isNegative()) {
            throw new IllegalArgumentException("a tolerance is not negative");
        }
    }

    /** With the usual tolerance for certificates. */
    public static Tolerances of(PassTimes passes) {
        return new Tolerances(passes, USUAL_BEFORE_CERTIFICATE);
    }
}

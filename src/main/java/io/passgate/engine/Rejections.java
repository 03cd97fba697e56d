package io.passgate.engine;

import io.passgate.model.Format;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import java.util.Optional;

/** The results that say no more than a reason and a format: there are few, so each is made once. */
final class Rejections {
    private static final Format[] FORMATS = Format.values();
    private static final VerificationResult[][] RESULTS =
            new VerificationResult[FORMATS.length + 1][Reason.values().length];

    static {
        for (Reason reason : Reason.values()) {
            RESULTS[FORMATS.length][reason.ordinal()] = make(reason, Optional.empty());
            for (Format format : FORMATS) {
                RESULTS[format.ordinal()][reason.ordinal()] = make(reason, Optional.of(format));
            }
        }
    }

    private Rejections() {}

    private static VerificationResult make(Reason reason, Optional<Format> format) {
        Verdict verdict = switch (reason.culprit()) {
            case PAYLOAD -> new Verdict.Refused(reason);
            case GATEWAY -> new Verdict.Indeterminate(reason);
        };
        return new VerificationResult(Optional.empty(), format, new PolicyResult.NotAsked(), verdict);
    }

    /** Refused or indeterminate, by whose fault the reason is. */
    static VerificationResult because(Reason reason, Optional<Format> format) {
        int row = format.isPresent() ? format.get().ordinal() : FORMATS.length;
        return RESULTS[row][reason.ordinal()];
    }

    static VerificationResult because(Reason reason, Format format) {
        return RESULTS[format.ordinal()][reason.ordinal()];
    }

    static VerificationResult because(Reason reason) {
        return RESULTS[FORMATS.length][reason.ordinal()];
    }
}

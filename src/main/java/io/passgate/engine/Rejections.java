package io.passgate.engine;

import io.passgate.model.FormatId;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import java.util.List;
import java.util.Optional;

/** The results that say no more than a reason and a format: there are few, so each is made once. */
final class Rejections {
    private static final VerificationResult[] WITHOUT_FORMAT = ofAllReasons(Optional.empty());

    private final FormatId[] formats;

    /** By format, and by the reason's number. */
    private final VerificationResult[][] results;

    /** Those of payloads that may be recognised as one of {@code formats}. */
    Rejections(List<FormatId> formats) {
        this.formats = formats.toArray(FormatId[]::new);
        this.results = formats.stream()
                .map(format -> ofAllReasons(Optional.of(format)))
                .toArray(VerificationResult[][]::new);
    }

    private static VerificationResult[] ofAllReasons(Optional<FormatId> format) {
        Reason[] reasons = Reason.values();
        VerificationResult[] made = new VerificationResult[reasons.length];
        for (Reason reason : reasons) {
            made[reason.ordinal()] = make(reason, format);
        }
        return made;
    }

    private static VerificationResult make(Reason reason, Optional<FormatId> format) {
        Verdict verdict = switch (reason.culprit()) {
            case PAYLOAD -> new Verdict.Refused(reason);
            case GATEWAY -> new Verdict.Indeterminate(reason);
        };
        return new VerificationResult(Optional.empty(), format, new PolicyResult.NotAsked(), verdict);
    }

    /** Refused or indeterminate, by whose fault the reason is. */
    VerificationResult because(Reason reason, Optional<FormatId> format) {
        return format.isPresent() ? because(reason, format.get()) : because(reason);
    }

    VerificationResult because(Reason reason, FormatId format) {
        for (int i = 0; i < formats.length; i++) {
            if (formats[i].equals(format)) {
                return results[i][reason.ordinal()];
            }
        }
        return make(reason, Optional.of(format));
    }

    static VerificationResult because(Reason reason) {
        return WITHOUT_FORMAT[reason.ordinal()];
    }
}

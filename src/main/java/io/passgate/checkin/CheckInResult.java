package io.passgate.checkin;

import io.passgate.checkin.OneTimeUse.Memory;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import java.util.Optional;
import java.util.Set;

/**
 * One payload after a check-in.
 *
 * @param verificationResult with the verdict for the door
 * @param memory who knows that the pass is used; empty if it was not used, or is no pass
 * @param duplicates in what its holder had just been seen elsewhere; empty if in nothing
 */
public record CheckInResult(VerificationResult verificationResult, Optional<Memory> memory, Set<Duplicate> duplicates) {
    /** Copies the set. */
    public CheckInResult {
        duplicates = Set.copyOf(duplicates);
    }

    /** What was not accepted stays so. */
    static CheckInResult unchanged(VerificationResult verificationResult) {
        return new CheckInResult(verificationResult, Optional.empty(), Set.of());
    }

    /** What was accepted, and is not let in for a reason of the door's. */
    static CheckInResult because(Reason reason, VerificationResult accepted, Set<Duplicate> duplicates) {
        Verdict verdict = switch (reason.culprit()) {
            case PAYLOAD -> new Verdict.Refused(reason);
            case GATEWAY -> new Verdict.Indeterminate(reason);
        };
        VerificationResult verificationResult =
                new VerificationResult(Optional.empty(), accepted.format(), new PolicyResult.NotAsked(), verdict);
        return new CheckInResult(verificationResult, Optional.empty(), duplicates);
    }
}

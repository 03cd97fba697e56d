package io.passgate.engine;

import io.passgate.model.VerificationResult;
import java.util.List;

/** How a queued request ended. */
public sealed interface Outcome {

    /**
     * Every payload was judged; results in the order of the request.
     *
     * @param results one for each payload
     * @param cost what that took, in units of a good payload each
     */
    record Judged(List<VerificationResult> results, int cost) implements Outcome {}

    /** The deadline passed before work began; nothing was judged. */
    record Expired() implements Outcome {}
}

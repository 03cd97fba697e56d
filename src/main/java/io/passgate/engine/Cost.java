package io.passgate.engine;

import io.passgate.model.Algorithm;
import io.passgate.model.Reason;

/**
 * What judging a payload takes, in units of a good one whose signer's key has a table; told by what was done, without a
 * clock ({@code bench/run.sh hostile} and {@code bench/run.sh signatures} measure it).
 */
final class Cost {
    /** A good payload, or one that is refused by its first characters. */
    static final int LEAST = 1;

    /** The costliest that the decoder's bounds let through cost 9 times what decoding a good one does. */
    private static final int REFUSED_WHILE_DECODING = 9;

    private static final int ES256_BY_THE_PROVIDER = 16;
    private static final int PS256 = 16;
    private static final int ES384 = 44;

    private Cost() {}

    /** Of a payload that could not be decoded. */
    static int refused(Reason reason) {
        return switch (reason) {
            case INPUT_TOO_LONG, NOT_A_CREDENTIAL, PREFIX_UNKNOWN -> LEAST;
            default -> REFUSED_WHILE_DECODING;
        };
    }

    /**
     * Of one signature.
     *
     * @param quick whether it is decided at the pace of a batch
     */
    static int signature(Algorithm algorithm, boolean quick) {
        return switch (algorithm) {
            case ES256 -> quick ? LEAST : ES256_BY_THE_PROVIDER;
            case PS256 -> PS256;
            case ES384 -> ES384;
        };
    }

    /**
     * Of a payload that somebody has really signed. That the signer's key has no table yet, as right after a start, is
     * no client's fault: it gets one by this.
     *
     * @param gathered what its signatures cost
     */
    static int valid(Algorithm algorithm, int gathered) {
        return algorithm == Algorithm.ES256 ? LEAST : gathered;
    }
}

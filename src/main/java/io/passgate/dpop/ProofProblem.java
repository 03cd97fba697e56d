package io.passgate.dpop;

/**
 * Why a device proof was refused. The codes are part of the API and never renamed. Of several that hold the first in
 * this order is named, but for {@link #PROOF_INVALID}, whose last case, a signature that is not the named key's, is
 * looked at when nothing else is left to refuse for.
 */
public enum ProofProblem {
    /** There is nothing to check. */
    PROOF_MISSING("proof_missing", "The request has no DPoP header."),
    /** It is no proof, is made for another request, or is not signed by the key it names. */
    PROOF_INVALID("proof_invalid", "The DPoP header is not one signed proof for this request and this consent."),
    /** It is too old, or from a clock that is too far ahead. */
    PROOF_LATE("proof_late", "The proof was not made within the minute before the request."),
    /** There is no key that it could be signed by. */
    DEVICE_UNKNOWN("device_unknown", "The consent has no registered device."),
    /** It may be a proof, but not the registered device's. */
    DEVICE_KEY_MISMATCH("device_key_mismatch", "The proof is signed by another key than the registered device's."),
    /** Told by a memory of {@link ProofId}s, after everything else. */
    PROOF_REPLAYED("proof_replayed", "The proof has been used before.");

    private final String code;
    private final String sentence;

    ProofProblem(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** {@return the stable code in answers and metrics} */
    public String code() {
        return code;
    }

    /** {@return one English sentence for people who build an app} */
    public String sentence() {
        return sentence;
    }
}

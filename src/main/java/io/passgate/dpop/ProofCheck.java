package io.passgate.dpop;

/** What the check of a request's device proof came to. */
public sealed interface ProofCheck {

    /**
     * The proof holds, if this is its first use.
     *
     * @param id by which its first use is told from a second one
     * @param key the one it is signed by: the registered device's, or the one to register
     */
    record Valid(ProofId id, DeviceKey key) implements ProofCheck {}

    /**
     * The proof does not hold.
     *
     * @param problem why
     */
    record Refused(ProofProblem problem) implements ProofCheck {}
}

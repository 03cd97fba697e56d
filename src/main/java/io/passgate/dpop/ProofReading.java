package io.passgate.dpop;

/** What became of the text of a DPoP header. */
public sealed interface ProofReading {

    /**
     * The text is a proof; nothing is said about its signature or what it claims.
     *
     * @param proof what the text says
     */
    record Parsed(DeviceProof proof) implements ProofReading {}

    /** The text is none. */
    record Malformed() implements ProofReading {}
}

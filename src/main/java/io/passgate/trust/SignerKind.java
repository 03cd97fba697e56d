package io.passgate.trust;

/** What a signer signs; a payload of another kind is never checked against its key. */
public sealed interface SignerKind {

    /** Health certificates (document signer certificates of the EU DCC trust framework and its likes). */
    record Dcc() implements SignerKind {}

    /** Entry passes of one provider. */
    record Pass(String provider) implements SignerKind {}
}

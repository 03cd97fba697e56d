package io.passgate.crypto;

/** What became of an encoded public key. */
public sealed interface KeyImport {

    /** The key may be trusted to verify with. */
    record Usable(VerificationKey key) implements KeyImport {}

    /** The key is refused; {@code why} is for the person who imports it. */
    record Rejected(String why) implements KeyImport {}
}

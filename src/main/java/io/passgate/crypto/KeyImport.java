package io.passgate.crypto;

/** What became of an encoded public key. */
public sealed interface KeyImport {

    /**
     * The key may be trusted to verify with.
     *
     * @param key checked, for the provider that it was imported for
     */
    record Usable(VerificationKey key) implements KeyImport {}

    /**
     * The key is refused.
     *
     * @param why a sentence for the person who imports it, without a full stop
     */
    record Rejected(String why) implements KeyImport {}
}

package io.passgate.model;

/** What a credential can attest; a signer may be limited to some of them. */
public enum EventKind {
    VACCINATION,
    TEST,
    RECOVERY,
    EXEMPTION
}

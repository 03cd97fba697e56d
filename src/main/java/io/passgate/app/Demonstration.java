package io.passgate.app;

import io.passgate.crypto.signing.SigningKey;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;

/** What was invented by the demonstration: no gateway outside it trusts that. */
public final class Demonstration {
    /** The O of its certificates. */
    public static final String ORGANIZATION = "Passgate Demo";

    private Demonstration() {}

    /**
     * {@return whether a signer is one of the demonstration's} Its certificate says so by its organization.
     *
     * @param signer with or without a certificate
     */
    public static boolean made(Signer signer) {
        return signer.certificate()
                .flatMap(SignerCertificate::organization)
                .filter(ORGANIZATION::equals)
                .isPresent();
    }

    static boolean made(SigningKey key) {
        return key.organization().filter(ORGANIZATION::equals).isPresent();
    }
}

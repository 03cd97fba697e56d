package io.passgate.app;

import io.passgate.crypto.signing.SigningKey;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;

/**
 * What was invented, by the demonstration or for those who test under load: no gateway outside the demonstration trusts
 * that.
 */
public final class Demonstration {
    /** The O of its certificates. */
    public static final String ORGANIZATION = "Passgate Demo";

    /** The O of the signers of {@code passgate sample}. */
    public static final String SAMPLE_ORGANIZATION = "Passgate Sample";

    private Demonstration() {}

    /**
     * {@return whether a signer is an invented one} Its certificate says so by its organization.
     *
     * @param signer with or without a certificate
     */
    public static boolean made(Signer signer) {
        return signer.certificate()
                .flatMap(SignerCertificate::organization)
                .filter(Demonstration::isInvented)
                .isPresent();
    }

    /**
     * {@return whether an organization is invented}
     *
     * @param organization the O of a certificate
     */
    public static boolean isInvented(String organization) {
        return organization.equals(ORGANIZATION) || organization.equals(SAMPLE_ORGANIZATION);
    }

    static boolean made(SigningKey key) {
        return key.organization().filter(Demonstration::isInvented).isPresent();
    }
}

package io.passgate.issuance;

import java.util.regex.Pattern;

/**
 * What holds for one provider.
 *
 * @param name as in its tokens and passes
 * @param requiresProof whether a pass is made only for a registered device that proves itself
 * @param htu what the device's proofs name as their target (RFC 9449 section 4.2): a constant, since the device does
 *     not know the gateway that its provider asks
 */
public record ProviderTerms(String name, boolean requiresProof, String htu) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,15}");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name does not fit into a pass
     */
    public ProviderTerms {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a provider's name is " + NAME);
        }
    }
}
